import type { Column, ColumnKind } from "./column";

/** Parts of a column, one below the other; all of them are of the column's kind. */
export function joinColumns(name: string, kind: ColumnKind, parts: readonly Column[]): Column {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    return only;
  }
  const rows = parts.reduce((sum, part) => sum + ("values" in part ? part.values.length : part.codes.length), 0);
  let at = 0;
  if (kind !== "text" && kind !== "boolean") {
    const values = new Float64Array(rows).fill(NaN);
    for (const part of parts) {
      if ("values" in part) {
        values.set(part.values, at);
        at += part.values.length;
      }
    }
    return { name, kind, values };
  }
  const codes = new Int32Array(rows).fill(-1);
  const codeOf = new Map<string, number>();
  for (const part of parts) {
    if ("codes" in part) {
      const renamed = part.labels.map((label) => {
        const code = codeOf.get(label) ?? codeOf.size;
        codeOf.set(label, code);
        return code;
      });
      for (const code of part.codes) {
        codes[at++] = renamed[code] ?? -1;
      }
    }
  }
  return { name, kind, codes, labels: [...codeOf.keys()] };
}
