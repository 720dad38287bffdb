import type { Fact } from "../lint/lintFacts";
import type { RegisteredModel } from "../tracking/registeredModel";
import { CHALLENGES, EMPTY_ROW } from "./emptyRow";
import { actionFor } from "./nextAction";
import type { Challenge, ChallengeState, ProductHealth } from "./productHealth";
import type { PlacedProduct } from "./placedProduct";
import type { StoreFacts } from "./storeFacts";
import { aliasAtWork } from "./versionAtWork";

const MISSING: Readonly<Record<Exclude<Challenge, "responsibility">, string>> = {
  effort: "how it is trained",
  cost: "what it may cost",
  knowledge: "what it has to reach",
  compliance: "its purpose and its risk class",
};

/**
 * Registered models that no product of the folder names.
 * @param facts of all stores, by id. @returns rows by name, and what could not be read, a sentence each.
 */
export function unownedModels(
  placed: readonly PlacedProduct[],
  facts: ReadonlyMap<string, Fact<StoreFacts>>,
): { readonly rows: readonly ProductHealth[]; readonly problems: readonly string[] } {
  const owned = new Set(placed.flatMap(({ product: { model, name } }) => [model?.name, name]));
  const rows = [...facts].flatMap(([id, read]) =>
    read.known ? read.value.models.filter(({ name }) => !owned.has(name)).map((model) => unownedModel(model, id)) : [],
  );
  return {
    rows: rows.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    problems: [...facts.values()].flatMap((read) => (read.known ? [] : [read.why])),
  };
}

/** The row of a registered model that no mlops.yaml owns: nobody answers for it, and nothing says more. */
function unownedModel({ name, aliases }: RegisteredModel, storeId: string): ProductHealth {
  const alias = aliasAtWork(aliases);
  const action = actionFor(null, "describe_model", "Describe it in an mlops.yaml", { detail: name });
  const challenges = CHALLENGES.map((challenge): ChallengeState =>
    challenge === "responsibility"
      ? {
          challenge,
          light: alias === undefined ? "attention" : "trouble",
          reason: `No mlops.yaml names who answers for it${alias === undefined ? "." : `, and its alias ${alias[0]} is at work.`}`,
          action,
        }
      : { challenge, light: "unknown", reason: `No mlops.yaml says ${MISSING[challenge]}.`, action },
  );
  return {
    ...EMPTY_ROW,
    ...{ name, storeId, challenges, model: name, config: null },
    stage: alias === undefined ? "build" : "run",
    version: alias === undefined ? null : { version: alias[1], since: null, place: `alias ${alias[0]}`, made: null },
    waits: [{ what: "Somebody describes it and is named to answer for it", who: [], due: null, action }],
  };
}
