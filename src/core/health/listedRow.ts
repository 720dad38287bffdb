import { CHALLENGES, EMPTY_ROW } from "./emptyRow";
import { ownerOf, teamOf } from "./ownerOf";
import { type PlacedProduct, storeIdOfProduct } from "./placedProduct";
import type { ChallengeState, ProductHealth } from "./productHealth";

/** The row of a product of which only its file was read so far. */
export function listedRow(placed: PlacedProduct): ProductHealth {
  const { name, config, product } = placed;
  return {
    ...EMPTY_ROW,
    ...{ name, config, storeId: storeIdOfProduct(placed), model: product.model?.name ?? null },
    ...{ team: teamOf(product), owner: ownerOf(product), stage: product.stage === "retired" ? "retired" : "unknown" },
    challenges: CHALLENGES.map((challenge): ChallengeState => ({
      ...{ challenge, light: "unknown", action: null },
      reason: "It is still being looked at.",
    })),
  };
}
