import { decisionKey, type WaitingItem } from "../../core/health/countedOnce";
import type { NextAction } from "../../core/health/productHealth";
import type { KnownProduct } from "./overviewBoard";

/** What the view of sign-offs may know as well. */
const DECISIONS: ReadonlySet<NextAction["kind"]> = new Set(["request_sign_off", "sign"]);

/** What waits for whoever works here. */
export function waitingOf(products: readonly KnownProduct[]): readonly WaitingItem[] {
  return products.flatMap(({ root, product, row }) =>
    row.waits.flatMap(({ what, isMine }, index) => {
      const action = product.waits[index]?.action;
      if (!isMine || action === undefined) {
        return [];
      }
      const isDecision = DECISIONS.has(action.kind) && action.config !== null && action.detail !== null;
      // The view of deployments knows of the same.
      const key =
        action.kind === "review" && action.detail !== null
          ? action.detail
          : isDecision
            ? decisionKey(root, action.config, action.detail)
            : `${row.id}\n${index}`;
      return [{ key, what: `${row.name}: ${what}` }];
    }),
  );
}
