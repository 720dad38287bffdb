const LONGEST_SLUG = 40;

/**
 * `churn-20261130-120000-a1b2c3`: the product, the time in UTC and digits by chance. Letters, digits, `-` and `_` only, so that it is a name
 * for a folder, a submission and a run.
 * @param now milliseconds since 1970.
 * @param random at least six hexadecimal digits.
 */
export function jobId(product: string, now: number, random: string): string {
  const slug = product
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, "");
  const [day = "", time = ""] = new Date(now).toISOString().replace(/[-:]/g, "").slice(0, 15).split("T");
  const digits = random
    .toLowerCase()
    .replace(/[^0-9a-f]/g, "")
    .slice(0, 6)
    .padEnd(6, "0");
  return `${slug === "" ? "product" : slug}-${day}-${time}-${digits}`;
}
