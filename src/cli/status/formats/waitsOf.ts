import { sayDate } from "../../../core/config/dates";
import type { ProductHealth } from "../../../core/health/productHealth";

/** What waits for whom, by the day on which it is due. @param name how a product is shown. @param text how text is escaped. */
export function waitsOf(
  products: readonly ProductHealth[],
  name: (text: string) => string,
  text: (text: string) => string,
): readonly string[] {
  return products
    .flatMap((product) => product.waits.map((item) => ({ product, item })))
    .sort((a, b) => (a.item.due ?? "9999").localeCompare(b.item.due ?? "9999"))
    .map(({ product, item: { what, who, due } }) => {
      const day = due === null ? "" : `, due on ${sayDate(due)}`;
      return `${name(product.name)}: ${text(what)}${day} – ${who.length === 0 ? "nobody is named" : text(who.join(", "))}`;
    });
}
