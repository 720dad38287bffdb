/** A number as our JSON writes it: JSON has no NaN and no infinities, so they are written as these words. */
export function jsonNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}

/** A map as a JSON object, keys in order; a key such as `__proto__` is a key like any other. */
export function jsonObject<V, J>(map: ReadonlyMap<string, V>, toJson: (value: V) => J): Record<string, J> {
  const keys = [...map.keys()].sort();
  return Object.fromEntries(keys.map((key) => [key, toJson(map.get(key) as V)]));
}
