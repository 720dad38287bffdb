import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseDocument } from "yaml";

import { applyEdits } from "../../../../src/core/base/textEdit";
import type { ConfigPath } from "../../../../src/core/config/configPath";
import { FREE_SHAPE } from "../../../../src/core/config/edit/shape";
import { toTextEdits } from "../../../../src/core/config/edit/toTextEdits";
import type { ConfigChange, ConfigValue } from "../../../../src/core/lint/fix";
import { anyData, type Data, key, type LaidOut, laidOut } from "./randomLayout";

const RUNS = 250;

function read(text: string): Data {
  const document = parseDocument(text, { prettyErrors: false, logLevel: "silent" });
  expect(document.errors).toEqual([]);
  return document.toJS({ mapAsMap: true }) as Data;
}

const isMap = (data: Data | undefined): data is ReadonlyMap<string, Data> => data instanceof Map;
const isList = (data: Data | undefined): data is readonly Data[] => Array.isArray(data);

function at(data: Data | undefined, path: ConfigPath): Data | undefined {
  return path.reduce<Data | undefined>(
    (here, part) => (isMap(here) ? here.get(String(part)) : isList(here) ? here[Number(part)] : undefined),
    data,
  );
}

/** All places in the data, the root excepted. */
function pathsIn(data: Data, path: ConfigPath = []): readonly ConfigPath[] {
  const parts: readonly (readonly [string | number, Data])[] = isMap(data) ? [...data] : isList(data) ? [...data.entries()] : [];
  return parts.flatMap(([part, value]) => [[...path, part], ...pathsIn(value, [...path, part])]);
}

/** The data with another value at a place; undefined takes it away. The blocks above are made where they lack. */
function changed(data: Data | undefined, [part, ...rest]: ConfigPath, value: Data | undefined): Data {
  if (part === undefined) {
    return value ?? null;
  }
  if (typeof part === "number") {
    const items = isList(data) ? [...data] : [];
    if (rest.length > 0 || value !== undefined) {
      items[part] = changed(items[part], rest, value);
    } else {
      items.splice(part, 1);
    }
    return items;
  }
  const map = new Map(isMap(data) ? data : []);
  if (rest.length > 0 || value !== undefined) {
    map.set(part, changed(map.get(part), rest, value));
  } else {
    map.delete(part);
  }
  return map;
}

function toValue(data: Data): ConfigValue {
  return isMap(data)
    ? Object.fromEntries([...data].map(([name, value]) => [name, toValue(value)]))
    : isList(data)
      ? data.map(toValue)
      : data;
}

/** What a change does to a file, and what must hold after it whatever it was. */
function make(file: LaidOut, change: ConfigChange, expected: Data): "made" | "refused" {
  const result = toTextEdits(file.text, [change], FREE_SHAPE);
  if (!result.ok) {
    expect(result.why).toMatch(/^\S.*\.$/s);
    return "refused";
  }
  const after = applyEdits(file.text, result.edits);
  expect(read(after)).toEqual(expected);
  for (const comment of file.comments) {
    expect(after.split(comment)).toHaveLength(2);
  }
  expect(after.startsWith("\ufeff")).toBe(file.text.startsWith("\ufeff"));
  const isCrlf = file.text.includes("\r\n");
  expect(after.replaceAll("\r\n", "").includes(isCrlf ? "\n" : "\r")).toBe(false);
  expect(toTextEdits(after, [change], FREE_SHAPE)).toEqual({ ok: true, edits: [] });
  expectSmall(file, change.path, after);
  return "made";
}

/** Lines beside the block that holds the value stay as they are, byte by byte. */
function expectSmall({ text, data }: LaidOut, path: ConfigPath, after: string): void {
  const written = path.filter((_, index) => at(data, path.slice(0, index + 1)) !== undefined);
  // The last key of a block takes the block with it.
  const block =
    written.length < path.length
      ? written
      : written.slice(
          0,
          Math.max(
            0,
            written.findLastIndex((_, index) => sizeOf(at(data, path.slice(0, index))) > 1),
          ),
        );
  const node = parseDocument(text, { keepSourceTokens: true }).getIn(block, true) as
    { range?: readonly [number, number, number] } | undefined;
  const [start, , end] = block.length === 0 || node?.range === undefined ? [0, 0, text.length] : node.range;
  const before = text.slice(0, text.lastIndexOf("\n", start - 1) + 1);
  const lineEnd = text.indexOf("\n", end - 1);
  const behind = lineEnd === -1 ? "" : text.slice(lineEnd + 1);
  // A key alone and its value below are on two lines.
  expect(after.startsWith(before.replace(/[^\n]*\n$/, ""))).toBe(true);
  expect(after.endsWith(behind)).toBe(true);
}

function sizeOf(data: Data | undefined): number {
  return isMap(data) ? data.size : isList(data) ? data.length : 0;
}

/** Runs a property and tells how often the change could be made. */
function share(arbitrary: fc.Arbitrary<readonly [LaidOut, ConfigChange, Data] | null>): number {
  let made = 0;
  let all = 0;
  fc.assert(
    fc.property(arbitrary, (one) => {
      fc.pre(one !== null);
      const [file, change, expected] = one;
      all += 1;
      made += make(file, change, expected) === "made" ? 1 : 0;
    }),
    { numRuns: RUNS },
  );
  return made / all;
}

const isEmpty = (data: Data | undefined): boolean => data === undefined || data === null;

describe("a change in any layout", () => {
  it("starts from texts that hold their data", () => {
    fc.assert(
      fc.property(laidOut, ({ text, data, comments }) => {
        expect(read(text)).toEqual(data);
        for (const comment of comments) {
          expect(text.split(comment)).toHaveLength(2);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("replaces a value", () => {
    const places = fc.tuple(laidOut, fc.nat(), anyData).map(([file, place, value]) => {
      const paths = pathsIn(file.data);
      const path = paths[place % paths.length] ?? [];
      return [file, { kind: "set", path, value: toValue(value) }, changed(file.data, path, value)] as const;
    });
    expect(share(places)).toBeGreaterThan(0.8);
  });

  it("adds a key, with the blocks above it", () => {
    const places = fc.tuple(laidOut, fc.nat(), fc.array(key, { minLength: 1, maxLength: 3 }), anyData).map(([file, place, keys, value]) => {
      const blocks = [[], ...pathsIn(file.data)].filter((path) => isMap(at(file.data, path)) || at(file.data, path) === null);
      const block = blocks[place % blocks.length] ?? [];
      const [first = ""] = keys;
      return isEmpty(at(file.data, [...block, first])) && !(at(file.data, block) === null && typeof block.at(-1) === "number")
        ? ([
            file,
            { kind: "set", path: [...block, ...keys], value: toValue(value) },
            changed(file.data, [...block, ...keys], value),
          ] as const)
        : null;
    });
    expect(share(places)).toBeGreaterThan(0.8);
  });

  it("adds an item", () => {
    const places = fc.tuple(laidOut, fc.nat(), anyData).map(([file, place, value]) => {
      const lists = pathsIn(file.data).filter((path) => isList(at(file.data, path)));
      const list = lists[place % lists.length];
      const items = at(file.data, list ?? []);
      const isThere = isList(items) && items.some((item) => JSON.stringify(toValue(item)) === JSON.stringify(toValue(value)));
      return list === undefined || !isList(items) || isThere
        ? null
        : ([file, { kind: "append", path: list, value: toValue(value) }, changed(file.data, list, [...items, value])] as const);
    });
    expect(share(places)).toBeGreaterThan(0.8);
  });

  it("renames a key", () => {
    const places = fc.tuple(laidOut, fc.nat(), key).map(([file, place, name]) => {
      const paths = pathsIn(file.data).filter((path) => typeof path.at(-1) === "string");
      const path = paths[place % paths.length] ?? [];
      const block = at(file.data, path.slice(0, -1));
      return !isMap(block) || block.has(name)
        ? null
        : ([
            file,
            { kind: "rename", path, key: name },
            changed(file.data, path.slice(0, -1), new Map([...block].map(([one, value]) => [one === path.at(-1) ? name : one, value]))),
          ] as const);
    });
    expect(share(places)).toBeGreaterThan(0.8);
  });

  it("removes a key or an item", () => {
    const places = fc.tuple(laidOut, fc.nat()).map(([file, place]) => {
      const paths = pathsIn(file.data);
      const path = paths[place % paths.length] ?? [];
      return typeof path.at(-1) === "number" ? null : ([file, { kind: "remove", path }, withoutKey(file.data, path)] as const);
    });
    expect(share(places)).toBeGreaterThan(0.8);
  });
});

/** A block that would be left empty goes too, unless it is an item of a list. */
function withoutKey(data: Data, path: ConfigPath): Data {
  const block = path.slice(0, -1);
  return sizeOf(at(data, block)) === 1 && typeof block.at(-1) === "string" ? withoutKey(data, block) : changed(data, path, undefined);
}
