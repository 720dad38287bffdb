import { oneLine } from "../base/oneLine";
import { parseTimeText } from "../tabular/parseTime";
import { toData } from "../config/yaml/configNode";
import { readYaml } from "../config/yaml/readYaml";
import { type Expectation, type Expectations, type ExpectedType, NO_ROWS, withPresence } from "./expectations";
import { asList, asRecord, asRecords, asText, type Plain, scalarsOf } from "./plainFields";
import { type QualityPlace, qualityExpectations } from "./odcsQuality";
import { slaExpectations } from "./odcsSla";
import { patternTest } from "./valueTests";

/** What a contract says of one set of data; or why it says nothing. */
export type ContractReading = ({ readonly problem: null } & Expectations) | { readonly problem: string };

const TYPES: Readonly<Record<string, ExpectedType>> = {
  string: "text",
  date: "date",
  timestamp: "date",
  time: "time",
  number: "number",
  integer: "integer",
  boolean: "boolean",
};
const NESTED: ReadonlySet<string> = new Set(["object", "array", "map"]);
/** Options that describe how a value is meant, and ask nothing of it. */
const DESCRIBING: ReadonlySet<string> = new Set(["timezone", "defaultTimezone"]);

/**
 * Reads a data contract of the Open Data Contract Standard, version 3. What it says and what data cannot tell (SQL, tests of other tools, service
 * levels) becomes a note. Source: https://bitol-io.github.io/open-data-contract-standard/
 * @param path of the contract, as findings name it.
 * @param dataPath of the data, by which one of several objects is chosen.
 */
export function readContract(text: string, path: string, dataPath: string): ContractReading {
  const { root, problems } = readYaml(text);
  const [first] = problems;
  if (first !== undefined || root === null) {
    return { problem: `The contract ${oneLine(path)} cannot be read: ${first?.message ?? "It is empty."}` };
  }
  const contract = asRecord(toData(root));
  const version = asText(contract?.["apiVersion"]);
  if (contract?.["kind"] !== "DataContract" || version === null || !/^v3\.\d/.test(version)) {
    const what = version === null ? "no data contract" : `one of version ${oneLine(version, 20)}`;
    return { problem: `The contract ${oneLine(path)} is ${what}; the Open Data Contract Standard, version 3, is read.` };
  }
  const objects = asRecords(contract["schema"]);
  const object = objects.length === 1 ? objects[0] : objects.find((one) => isNamedAs(one, dataPath));
  if (object === undefined) {
    const names = objects.slice(0, 5).map((one) => oneLine(asText(one["name"]) ?? "", 40));
    return {
      problem:
        objects.length === 0
          ? `The contract ${oneLine(path)} describes no data: it has no schema.`
          : `The contract ${oneLine(path)} describes ${names.join(", ")}, and none of them is called as the file is.`,
    };
  }
  return { problem: null, ...objectExpectations(object, contract, path) };
}

/** By the file's name with or without its ending, or by the path. */
function isNamedAs(object: Plain, dataPath: string): boolean {
  const file = dataPath.slice(dataPath.lastIndexOf("/") + 1);
  const names = [dataPath, file, file.replace(/\.[^.]+$/, "")].map((name) => name.toLowerCase());
  return [object["name"], object["physicalName"]].some((name) => names.includes(asText(name)?.toLowerCase() ?? "\0"));
}

function objectExpectations(object: Plain, contract: Plain, from: string): Expectations {
  const list: Expectation[] = [];
  const notes: string[] = [];
  const columns = new Map<string, string>();
  const keys: { readonly column: string; readonly position: number }[] = [];
  for (const property of asRecords(object["properties"])) {
    const name = asText(property["name"]) ?? asText(property["physicalName"]);
    const column = asText(property["physicalName"]) ?? name;
    if (name === null || column === null) {
      notes.push("A property without a name is not judged.");
      continue;
    }
    columns.set(name, column);
    if (["measure", "dimension"].includes(asText(property["semanticType"]) ?? "")) {
      notes.push(`${said(column)} is a ${asText(property["semanticType"]) ?? ""} and no column, so it is not judged.`);
      continue;
    }
    if (property["primaryKey"] === true) {
      const position = property["primaryKeyPosition"];
      keys.push({ column, position: typeof position === "number" ? position : Infinity });
    }
    const own = propertyExpectations(property, column, from);
    list.push(...own.list);
    notes.push(...own.notes);
  }
  if (keys.length > 0) {
    const key = keys.sort((a, b) => (a.position === b.position ? 0 : a.position - b.position)).map(({ column }) => column);
    list.push(
      ...key.map((column): Expectation => ({ kind: "missing", rule: "max_missing", from, column, markers: [], allowed: NO_ROWS })),
      { kind: "unique", rule: "unique", from, columns: key, allowed: NO_ROWS },
    );
  }
  const place: QualityPlace = { column: null, from, columns };
  for (const part of [qualityExpectations(object["quality"], place), slaExpectations(contract, object, columns, from)]) {
    list.push(...part.list);
    notes.push(...part.notes);
  }
  return { list: withPresence(list), notes };
}

function propertyExpectations(property: Plain, column: string, from: string): Expectations {
  const list: Expectation[] = [{ kind: "present", rule: "present", from, column }];
  const notes: string[] = [];
  const logical = asText(property["logicalType"]);
  const type = logical === null ? undefined : TYPES[logical];
  if (type !== undefined) {
    list.push({ kind: "type", rule: "type", from, column, type });
  } else if (logical !== null) {
    notes.push(
      `${said(column)} is ${NESTED.has(logical) ? "nested" : `of the unknown type ${oneLine(logical, 40)}`}; what it holds is not judged.`,
    );
  }
  if (property["required"] === true) {
    list.push({ kind: "missing", rule: "max_missing", from, column, markers: [], allowed: NO_ROWS });
  }
  if (property["unique"] === true) {
    list.push({ kind: "unique", rule: "unique", from, columns: [column], allowed: NO_ROWS });
  }
  const options = asRecord(property["logicalTypeOptions"]) ?? {};
  for (const [name, value] of Object.entries(options)) {
    const expectation = NESTED.has(logical ?? "") ? null : optionExpectation(name, value, type, column, from);
    if (expectation !== null) {
      list.push(expectation);
    } else if (!DESCRIBING.has(name)) {
      notes.push(`The option ${oneLine(name, 40)} of ${said(column)} is not judged.`);
    }
  }
  const listed = asList(property["enum"]).map((item) => asRecord(item)?.["value"] ?? item);
  if (listed.length > 0) {
    list.push({ kind: "in", rule: "in", from, column, values: scalarsOf(listed), allowed: NO_ROWS });
  }
  const quality = qualityExpectations(property["quality"], { column, from, columns: new Map() });
  return { list: [...list, ...quality.list], notes: [...notes, ...quality.notes] };
}

/** Null for an option that is not understood, or whose value is none. */
function optionExpectation(name: string, value: unknown, type: ExpectedType | undefined, column: string, from: string): Expectation | null {
  switch (name) {
    case "minimum":
    case "exclusiveMinimum":
    case "maximum":
    case "exclusiveMaximum": {
      const isTime = type === "date";
      const isNumeric = type === "number" || type === "integer";
      const limit = isTime && typeof value === "string" ? parseTimeText(value) : isNumeric && typeof value === "number" ? value : NaN;
      const side = name.toLowerCase().endsWith("minimum") ? "min" : "max";
      return Number.isFinite(limit)
        ? { kind: "range", rule: side, from, column, side, limit, isExclusive: name.startsWith("exclusive"), isTime }
        : null;
    }
    case "minLength":
    case "maxLength": {
      const side = name === "minLength" ? "min" : "max";
      return type === "text" && typeof value === "number" && value >= 0
        ? { kind: "length", rule: `${side}_length`, from, column, side, limit: value }
        : null;
    }
    case "pattern":
      return type === "text" && typeof value === "string" && patternTest(value) !== null
        ? { kind: "pattern", rule: "pattern", from, column, pattern: value, allowed: NO_ROWS }
        : null;
    case "enum":
      return Array.isArray(value) ? { kind: "in", rule: "in", from, column, values: scalarsOf(value), allowed: NO_ROWS } : null;
    default:
      return null;
  }
}

function said(column: string): string {
  return oneLine(column, 80);
}
