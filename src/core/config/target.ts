/** A bound that a metric must hold, e.g. ">= 0.80". */
export interface Target {
  readonly operator: ">=" | ">" | "<=" | "<" | "==";
  readonly value: number;
}

const WRITTEN: Readonly<Record<string, Target["operator"]>> = {
  ">=": ">=",
  "≥": ">=",
  ">": ">",
  "<=": "<=",
  "≤": "<=",
  "<": "<",
  "==": "==",
  "=": "==",
};

/** Reads ">= 0.80", "<5%", "≥ 1e-3"; undefined for anything else, such as a number without a comparison: nobody knows which way is good. */
export function parseTarget(text: string): Target | undefined {
  const found = /^(>=|≥|>|<=|≤|<|==|=) {0,8}([+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30})(?:e[+-]?\d{1,3})?) ?(%?)$/i.exec(text.trim());
  const operator = WRITTEN[found?.[1] ?? ""];
  const value = Number(found?.[2]) / (found?.[3] === "%" ? 100 : 1);
  return operator === undefined || !Number.isFinite(value) ? undefined : { operator, value };
}

/** Whether a measured value holds the bound; a value that is no number never does. */
export function meetsTarget({ operator, value }: Target, measured: number): boolean {
  switch (operator) {
    case ">=":
      return measured >= value;
    case ">":
      return measured > value;
    case "<=":
      return measured <= value;
    case "<":
      return measured < value;
    case "==":
      return measured === value;
  }
}
