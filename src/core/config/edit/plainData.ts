import type { ConfigPath } from "../configPath";
import type { ConfigValue } from "../../lint/fix";

/** What a YAML text holds, with maps as `Map`, so that keys such as `__proto__` and `1` are as good as any. */
export type PlainData = string | number | boolean | null | undefined | bigint | readonly PlainData[] | ReadonlyMap<unknown, PlainData>;

export function isMap(data: PlainData): data is ReadonlyMap<unknown, PlainData> {
  return data instanceof Map;
}

export function isList(data: PlainData): data is readonly PlainData[] {
  return Array.isArray(data);
}

export function toPlain(value: ConfigValue): PlainData {
  if (Array.isArray(value)) {
    return (value as readonly ConfigValue[]).map(toPlain);
  }
  return typeof value === "object" && value !== null ? new Map(Object.entries(value).map(([key, item]) => [key, toPlain(item)])) : value;
}

/** Whether data has at most so many values and blocks within blocks; data that holds itself has not. */
export function measure(data: PlainData, most: number, deepest: number): boolean {
  const open: (readonly [PlainData, number])[] = [[data, 0]];
  // The list grows while it is gone through.
  for (const [value, depth] of open) {
    if (depth > deepest || open.length > most) {
      return false;
    }
    for (const part of isList(value) ? value : isMap(value) ? value.values() : []) {
      open.push([part, depth + 1]);
    }
  }
  return true;
}

/** The key of a map that is written as the given text, e.g. the number 1 for "1". */
export function keyFor(map: ReadonlyMap<unknown, PlainData>, text: string): unknown {
  return map.has(text) ? text : [...map.keys()].find((key) => String(key) === text);
}

export function childOf(data: PlainData, part: string | number): PlainData {
  if (isList(data)) {
    return typeof part === "number" ? data[part] : undefined;
  }
  return isMap(data) ? data.get(keyFor(data, String(part))) : undefined;
}

/** The order of keys does not matter. */
export function isSame(left: PlainData, right: PlainData): boolean {
  if (isList(left)) {
    return isList(right) && left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  }
  if (isMap(left)) {
    return isMap(right) && left.size === right.size && [...left].every(([key, item]) => right.has(key) && isSame(item, right.get(key)));
  }
  return left === right || (typeof left === "number" && Number.isNaN(left) && Number.isNaN(right));
}

/** The data with what `change` makes of the value at the path; undefined takes the value away. The part above the value must exist. */
export function withChange(data: PlainData, path: ConfigPath, change: (old: PlainData) => PlainData): PlainData {
  const [part, ...rest] = path;
  if (part === undefined) {
    return change(data);
  }
  if (isList(data) && typeof part === "number") {
    const item = withChange(data[part], rest, change);
    return item === undefined ? data.filter((_, index) => index !== part) : [...data.slice(0, part), item, ...data.slice(part + 1)];
  }
  const map = isMap(data) ? new Map(data) : new Map<unknown, PlainData>();
  const key = keyFor(map, String(part)) ?? part;
  const value = withChange(map.get(key), rest, change);
  if (value === undefined) {
    map.delete(key);
  } else {
    map.set(key, value);
  }
  return map;
}
