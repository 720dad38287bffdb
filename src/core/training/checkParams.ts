import { closestWord } from "../base/closestWord";
import { oneLine } from "../base/oneLine";
import { ownValue } from "../base/ownValue";
import { findSecrets } from "../lint/secrets";
import { listText } from "./listText";
import type { ParamField } from "./paramField";
import type { ParamValue } from "./trainSpec";

export interface CheckedParams {
  /** Of each field that has a value; its own where what was typed is none. */
  readonly values: ReadonlyMap<string, ParamValue>;
  /** Names whose value somebody typed, and that differ from the field's own. */
  readonly typed: ReadonlySet<string>;
  /** One sentence each, with the name in quotes. */
  readonly faults: readonly string[];
}

/** Longer values are files. */
const LONGEST = 10_000;

/**
 * Values for fields from texts as people type them, or from values of a plan. An empty text stands for the field's own value. Values of the fields themselves are held
 * to their kind as well, since another file may have given them.
 */
export function checkParams(fields: readonly ParamField[], typed: Readonly<Record<string, ParamValue>>): CheckedParams {
  const values = new Map<string, ParamValue>();
  const changed = new Set<string>();
  const faults: string[] = [];
  const names = fields.map(({ name }) => name);
  for (const name of Object.keys(typed).filter((one) => !names.includes(one))) {
    const near = closestWord(name, names);
    const known = names.length === 0 ? " The training takes none." : near === undefined ? "" : ` Did you mean "${near}"?`;
    faults.push(`There is no parameter "${oneLine(name, 80)}".${known}`);
  }
  for (const field of fields) {
    const { name, required } = field;
    const wished = ownValue(typed, name) ?? "";
    const text = String(wished);
    const own = field.value === null ? null : readValue(field, String(field.value), field.value);
    const given = text === "" ? own : readValue(field, text, typeof wished === "string" ? null : wished);
    if (given !== null && "fault" in given) {
      faults.push(given.fault);
    }
    const usable = given !== null && "value" in given ? given : own !== null && "value" in own ? own : null;
    if (usable !== null) {
      values.set(name, usable.value);
      if (text !== "" && usable === given && usable.value !== field.value) {
        changed.add(name);
      }
    } else if (required && given === null) {
      faults.push(`The parameter "${name}" needs a value.`);
    }
  }
  return { values, typed: changed, faults };
}

type Read = { readonly value: ParamValue } | { readonly fault: string };

/** @param as value that the text stands for, where it is known already. */
function readValue(field: ParamField, text: string, as: ParamValue | null): Read {
  const { name, kind, options, min, max } = field;
  const fault = (what: string): Read => ({ fault: `The parameter "${name}" ${what}` });
  const shown = `"${oneLine(text, 60)}"`;
  const [secret] = findSecrets({ [name]: text });
  if (secret !== undefined) {
    return fault(`looks like ${secret.what}: plans, logs and runs would show it. Let the program read it from the environment.`);
  }
  if (text.length > LONGEST) {
    return fault(`has ${text.length} characters, and at most ${LONGEST} are sent. Put it into a file.`);
  }
  if (text.includes("\0")) {
    return fault("holds a NUL character, which no program can be handed.");
  }
  const plain = text.trim();
  switch (kind) {
    case "text":
      return { value: as ?? text };
    case "list": {
      const list = listText(plain);
      return list === null ? fault(`is a list written as JSON, such as [1, "two"], not ${shown}.`) : { value: list };
    }
    case "boolean":
      return /^(?:true|yes)$/i.test(plain)
        ? { value: true }
        : /^(?:false|no)$/i.test(plain)
          ? { value: false }
          : fault(`is yes or no: true or false, not ${shown}.`);
    case "choice": {
      const option = options.find((one) => String(one) === text) ?? options.find((one) => String(one) === plain);
      const words = options.map(String);
      const near = closestWord(plain, words);
      return option !== undefined || options.length === 0
        ? { value: option ?? as ?? text }
        : fault(`is one of ${words.slice(0, 20).join(", ")}, not ${shown}.${near === undefined ? "" : ` Did you mean "${near}"?`}`);
    }
    case "number":
    case "integer": {
      const value = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
      if (!Number.isFinite(value)) {
        return fault(`is a ${kind === "integer" ? "whole number" : "number"}, not ${shown}.`);
      }
      if (kind === "integer" && !Number.isInteger(value)) {
        return fault(`is a whole number, not ${shown}.`);
      }
      if (Number.isInteger(value) && !Number.isSafeInteger(value) && /^[-+]?\d+$/.test(plain)) {
        return fault(`has more digits than can be sent exactly: ${shown}.`);
      }
      if ((min !== null && value < min) || (max !== null && value > max)) {
        const range = min === null ? `at most ${String(max)}` : max === null ? `at least ${min}` : `from ${min} to ${max}`;
        return fault(`is ${range}, not ${shown}.`);
      }
      return { value: Object.is(value, -0) ? 0 : value };
    }
  }
}
