import { type Random, whole } from "./random";

/** What may stand where something else is expected. */
const ODD: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => 0,
  () => -1,
  () => 1.5,
  () => 1e308,
  () => 2 ** 53 + 2,
  () => "",
  () => "x",
  () => "NaN",
  () => "9".repeat(40),
  () => "2026-13-45T99:00:00Z",
  () => "\u202e\u0000\x1b[2J<b>",
  () => "../../x",
  () => "x".repeat(20_000),
  () => [],
  () => {
    return {};
  },
  () => [[]],
  () => [null],
  () => {
    return { toString: 1, valueOf: null, length: -1, then: {} };
  },
  () => JSON.parse('{"__proto__": {"a": 1}, "constructor": null}') as unknown,
];

/** Changes the value that a text holds in one to three places; a text that holds none stays as it is. */
export function twistJson(input: Buffer, random: Random): Buffer {
  let root: unknown;
  try {
    root = JSON.parse(input.toString("utf8"));
  } catch {
    return input;
  }
  for (let round = 0; round < 1 + whole(random, 3); round += 1) {
    root = twisted(root, random);
  }
  return Buffer.from(JSON.stringify(root), "utf8");
}

interface Place {
  readonly holder: Record<string, unknown> | unknown[];
  readonly key: string;
}

function twisted(root: unknown, random: Random): unknown {
  const places: Place[] = [];
  collect(root, places);
  const place = places[whole(random, places.length + 1)];
  const odd = (ODD[whole(random, ODD.length)] ?? (() => null))();
  if (place === undefined) {
    return odd;
  }
  const holder = place.holder as Record<string, unknown>;
  const { key } = place;
  switch (whole(random, 6)) {
    case 0:
      Reflect.deleteProperty(holder, key);
      return root;
    case 1: // Under another name, or twice in a list.
      define(holder, Array.isArray(place.holder) ? String(place.holder.length) : `${key}${whole(random, 3)}`, holder[key]);
      return root;
    case 2: // What stands elsewhere.
      define(holder, key, structuredClone(valueAt(places[whole(random, places.length)])));
      return root;
    case 3:
      define(holder, key, whole(random, 2) === 0 ? [holder[key]] : { value: holder[key] });
      return root;
    default:
      define(holder, key, odd);
      return root;
  }
}

function define(holder: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function valueAt(place: Place | undefined): unknown {
  return place === undefined ? null : (place.holder as Record<string, unknown>)[place.key];
}

function collect(value: unknown, places: Place[]): void {
  if (typeof value !== "object" || value === null || places.length > 3000) {
    return;
  }
  for (const key of Object.keys(value)) {
    places.push({ holder: value as Place["holder"], key });
    collect((value as Record<string, unknown>)[key], places);
  }
}
