import type { CancelSignal } from "../base/cancel";
import type { OverviewWorld } from "./overviewWorld";
import type { Portfolio } from "./productHealth";

/** Addresses of a portfolio that are those of whoever works here, and the one under which git would write a commit. None where git knows nobody. */
export async function myAddresses(
  { products }: Pick<Portfolio, "products">,
  { userEmail, repositories }: Pick<OverviewWorld, "userEmail" | "repositories">,
  signal: CancelSignal,
): Promise<readonly string[]> {
  const email = (await userEmail(signal))?.toLowerCase() ?? null;
  if (email === null) {
    return [];
  }
  const named = new Set(products.flatMap(({ waits }) => waits.flatMap(({ who }) => who.map((one) => one.toLowerCase()))));
  const mine = new Set([email]);
  const history = named.size === 0 ? null : await repositories.decisions("", signal);
  if (history?.known === true) {
    const me = await history.value.canonical(email, null, signal);
    mine.add(me);
    for (const address of named) {
      if ((await history.value.canonical(address, null, signal)) === me) {
        mine.add(address);
      }
    }
  }
  return [...mine];
}
