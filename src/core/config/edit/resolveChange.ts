import type { ConfigChange, ConfigValue } from "../../lint/fix";
import { type ConfigPath, pathText } from "../configPath";
import type { Field } from "../schema/field";
import { fieldAt, formsOf, type Shape } from "./shape";
import { childOf, isList, isMap, isSame, type PlainData, toPlain } from "./plainData";

/** What is left of a change once short forms and missing parts are settled: the part above the path is there. */
export type Step =
  | { readonly kind: "put"; readonly path: ConfigPath; readonly value: ConfigValue; readonly comment?: string }
  | { readonly kind: "delete"; readonly path: ConfigPath }
  | { readonly kind: "rename"; readonly path: ConfigPath; readonly key: string };

export type Resolved = { readonly ok: true; readonly steps: readonly Step[] } | { readonly ok: false; readonly why: string };

/** Settles what a change means for the data that is there. No steps where the data is as the change wants it. */
export function resolveChange(data: PlainData, change: ConfigChange, shape: Shape): Resolved {
  const path = writtenPath(data, change.path, shape);
  switch (change.kind) {
    case "set":
      return put(data, path, change.value, shape, change.comment);
    case "append":
      return append(data, path, change.value, shape);
    case "rename":
      return valueAt(data, path) === undefined ? { ok: true, steps: [] } : rename(data, path, change.key);
    case "remove": {
      const found = shortenedPath(data, path, shape);
      return { ok: true, steps: found === null ? [] : [{ kind: "delete", path: withEmptied(data, found) }] };
    }
  }
}

/** The path as the file writes it: `roles.owner` is `owner` where that key stands at the top, or could as nothing of `roles` is there. */
function writtenPath(data: PlainData, path: ConfigPath, { aliases }: Shape): ConfigPath {
  const alias = aliases.find(({ to }) => to.every((part, index) => path[index] === part));
  if (alias === undefined) {
    return path;
  }
  const isWritten = childOf(data, alias.from) !== undefined;
  const isBlockMissing = childOf(data, alias.to[0] ?? "") === undefined;
  return isWritten || isBlockMissing ? [alias.from, ...path.slice(alias.to.length)] : path;
}

function put(data: PlainData, path: ConfigPath, value: ConfigValue, shape: Shape, comment?: string): Resolved {
  const step = (at: ConfigPath, written: ConfigValue): Resolved => ({
    ok: true,
    steps: [{ kind: "put", path: at, value: written, ...(comment === undefined ? {} : { comment }) }],
  });
  let here = data;
  for (const [index, part] of path.entries()) {
    const at = path.slice(0, index);
    const rest = path.slice(index);
    if (here === null || here === undefined) {
      const nested = nest(rest, value, fieldAt(shape, at));
      return nested === null
        ? refuse(`There is no ${pathText(path.slice(0, index + 1))} to change.`)
        : index === 0
          ? putTop(nested)
          : step(at, nested);
    }
    if (!isList(here) && !isMap(here)) {
      const grown = grow(here, rest, value, fieldAt(shape, at));
      return grown === null
        ? refuse(`${pathText(at)} holds a single value, so that ${pathText(path)} cannot be written.`)
        : step(at, grown);
    }
    if (isList(here) !== (typeof part === "number") || (isList(here) && Number(part) > here.length)) {
      return refuse(`${pathText(at)} has no place for ${pathText(path.slice(0, index + 1))}.`);
    }
    const next = childOf(here, part);
    if (next === undefined) {
      const nested = nest(rest.slice(1), value, fieldAt(shape, [...at, part]));
      return nested === null ? refuse(`There is no ${pathText(path)} to change.`) : step([...at, part], nested);
    }
    here = next;
  }
  return isSame(here, toPlain(value)) ? { ok: true, steps: [] } : step(path, value);
}

/** The parts of a block that is to be the whole file. */
function putTop(nested: ConfigValue): Resolved {
  return typeof nested === "object" && nested !== null && !Array.isArray(nested)
    ? { ok: true, steps: Object.entries(nested).map(([key, value]) => ({ kind: "put", path: [key], value })) }
    : refuse("A file holds keys, not a list or a single value.");
}

function append(data: PlainData, path: ConfigPath, value: ConfigValue, shape: Shape): Resolved {
  const here = valueAt(data, path);
  if (here === undefined || here === null) {
    return put(data, path, [value], shape);
  }
  if (isList(here)) {
    const isThere = here.some((item) => isSame(item, toPlain(value)));
    return isThere ? { ok: true, steps: [] } : { ok: true, steps: [{ kind: "put", path: [...path, here.length], value }] };
  }
  const { list } = formsOf(fieldAt(shape, path));
  if (isMap(here) || list?.single !== true) {
    return refuse(`${pathText(path)} is no list.`);
  }
  return isSame(here, toPlain(value))
    ? { ok: true, steps: [] }
    : { ok: true, steps: [{ kind: "put", path, value: [here as ConfigValue, value] }] };
}

function rename(data: PlainData, path: ConfigPath, key: string): Resolved {
  const last = path.at(-1);
  if (typeof last !== "string") {
    return refuse("Only a key has a name that can be changed.");
  }
  if (last === key) {
    return { ok: true, steps: [] };
  }
  const block = valueAt(data, path.slice(0, -1));
  return childOf(block, key) === undefined
    ? { ok: true, steps: [{ kind: "rename", path, key }] }
    : refuse(`There already is a ${pathText([...path.slice(0, -1), key])}.`);
}

/** Where the value is written: `roles.owner.email` is `roles.owner` in its short form. Null where nothing is written. */
function shortenedPath(data: PlainData, path: ConfigPath, shape: Shape): ConfigPath | null {
  if (valueAt(data, path) !== undefined) {
    return path;
  }
  const above = path.slice(0, -1);
  const value = path.length === 0 ? undefined : valueAt(data, above);
  const isScalar = value !== undefined && value !== null && !isMap(value) && !isList(value);
  return isScalar && formsOf(fieldAt(shape, above)).object?.short === path.at(-1) ? above : null;
}

/** With the last key of a block the block goes too, because an empty one says nothing. Items of lists stay, so that the others keep their places. */
function withEmptied(data: PlainData, path: ConfigPath): ConfigPath {
  const above = path.slice(0, -1);
  const block = valueAt(data, above);
  return isMap(block) && block.size === 1 && typeof above.at(-1) === "string" ? withEmptied(data, above) : path;
}

function valueAt(data: PlainData, path: ConfigPath): PlainData {
  return path.reduce<PlainData>((here, part) => childOf(here, part), data);
}

/** The value below keys that are yet missing. A block that would hold its short form's key only is written in short. */
function nest(rest: ConfigPath, value: ConfigValue, field: Field | undefined): ConfigValue | null {
  const [part, ...deeper] = rest;
  if (part === undefined) {
    return value;
  }
  const { object, list, map } = formsOf(field);
  const below = typeof part === "number" ? list?.of : (object?.fields[part] ?? map?.of);
  const nested = nest(deeper, value, below);
  if (nested === null || (typeof part === "number" && part > 0)) {
    return null;
  }
  if (typeof part === "number") {
    return [nested];
  }
  return object?.short === part && typeof nested !== "object" ? nested : { [part]: nested };
}

/** A short form with the value added: `ana@x.org` with a deputy is `{email: ana@x.org, deputy: …}`. Null where it is no short form. */
function grow(scalar: PlainData, rest: ConfigPath, value: ConfigValue, field: Field | undefined): ConfigValue | null {
  const [part, ...deeper] = rest;
  if (part === undefined) {
    return value;
  }
  const { object, list } = formsOf(field);
  if (typeof part === "number") {
    if (list?.single !== true || part > 1) {
      return null;
    }
    const item = part === 0 ? grow(scalar, deeper, value, list.of) : nest(deeper, value, list.of);
    return item === null ? null : part === 0 ? [item] : [scalar as ConfigValue, item];
  }
  const short = object?.short ?? null;
  if (object === undefined || short === null) {
    return null;
  }
  if (part === short) {
    return deeper.length === 0 ? value : null;
  }
  const nested = nest(deeper, value, object.fields[part]);
  return nested === null ? null : { [short]: scalar as ConfigValue, [part]: nested };
}

function refuse(why: string): Resolved {
  return { ok: false, why };
}
