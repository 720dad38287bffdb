/**
 * A list as JSON without spaces, from text as people type it; null for what is no list, and for numbers that JSON or this program cannot
 * hold exactly.
 */
export function listText(text: string): string | null {
  try {
    return listAsText(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The same of a value that was read already. */
export function listAsText(value: unknown): string | null {
  return Array.isArray(value) && isExact(value) ? JSON.stringify(value) : null;
}

/** The same of what Python wrote of a list: `['a', 1.0, True, None]`; null for what nobody can read back for certain. */
export function pythonListText(text: string): string | null {
  const isPlain = !/["\\]|'[^',\]]*'[^,\]\s]/.test(text);
  const words = text.replace(/'([^']*)'|\b(True|False|None)\b/g, (all, inner: string | undefined, word: string | undefined) =>
    inner !== undefined ? JSON.stringify(inner) : word === "True" ? "true" : word === "False" ? "false" : word === "None" ? "null" : all,
  );
  return listText(text) ?? (isPlain ? listText(words) : null);
}

function isExact(value: unknown): boolean {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
    case "object":
      return value === null || Object.values(value).every(isExact);
    default:
      return true;
  }
}
