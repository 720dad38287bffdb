import type { NextAction } from "../../core/health/productHealth";
import type { KnownProduct } from "./overviewBoard";

/** The view of sign-offs counts these, as new as somebody types; counted here again they would be counted twice. */
const COUNTED_ELSEWHERE: ReadonlySet<NextAction["kind"]> = new Set(["request_sign_off", "sign"]);

/** What waits for whoever works here, a sentence each, apart from sign-offs. */
export function waitingOf(products: readonly KnownProduct[]): readonly string[] {
  return products.flatMap(({ product, row }) =>
    row.waits.flatMap(({ what, isMine }, index) => {
      const kind = product.waits[index]?.action.kind;
      return isMine && kind !== undefined && !COUNTED_ELSEWHERE.has(kind) ? [`${row.name}: ${what}`] : [];
    }),
  );
}
