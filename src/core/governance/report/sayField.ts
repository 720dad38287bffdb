/** An answer of a file in words: lists with semicolons, blocks as "key: value", yes and no. Null where there is none. */
export function sayField(value: unknown): string | null {
  if (value === undefined || value === null) {
    return null;
  }
  if (Array.isArray(value)) {
    const items = (value as readonly unknown[]).flatMap((item) => sayField(item) ?? []);
    return value.length === 0 ? "none" : items.length === 0 ? null : items.join("; ");
  }
  if (typeof value === "object") {
    const parts = Object.entries(value).flatMap(([key, part]) => {
      const text = sayField(part);
      return text === null ? [] : [`${key.replaceAll("_", " ")}: ${text}`];
    });
    return parts.length === 0 ? null : parts.join(", ");
  }
  return typeof value === "boolean"
    ? value
      ? "yes"
      : "no"
    : typeof value === "string" || typeof value === "number"
      ? String(value)
      : null;
}
