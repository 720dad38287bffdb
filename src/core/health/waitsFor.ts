import type { Portfolio, ProductHealth, WaitItem } from "./productHealth";

/** Something that waits, with the product that it belongs to. */
export interface ProductWait {
  readonly product: ProductHealth;
  readonly item: WaitItem;
}

/** What waits for a person in any product, the earliest day first, without a day last. @param addresses of that person, in any spelling of case. */
export function waitsFor({ products }: Pick<Portfolio, "products">, addresses: readonly string[]): readonly ProductWait[] {
  const mine = new Set(addresses.map((address) => address.trim().toLowerCase()));
  return products
    .flatMap((product) => product.waits.map((item): ProductWait => ({ product, item })))
    .filter(({ item }) => item.who.some((one) => mine.has(one.trim().toLowerCase())))
    .sort((a, b) => compareDays(a.item.due, b.item.due));
}

function compareDays(a: string | null, b: string | null): number {
  return a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;
}
