import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { applyEdits } from "../../../src/core/base/textEdit";
import { completionsAt } from "../../../src/core/config/completionsAt";
import { hoverAt } from "../../../src/core/config/hoverAt";
import { POLICY_FIELDS } from "../../../src/core/config/policy";
import { ALIASES, PRODUCT_FIELDS } from "../../../src/core/config/product";
import { readConfig } from "../../../src/core/config/readConfig";
import { readCalendar } from "../../../src/core/config/regulationCalendar";
import { ALL_RULES } from "../../../src/core/lint/allRules";
import { type KnownValues, toExplain, toSuggest } from "../../../src/core/lint/configSuggestions";
import type { OwnerCandidate } from "../../../src/core/lint/lintFacts";

const calendar = readCalendar(JSON.parse(readFileSync(join(import.meta.dirname, "../../../schemas/regulation-calendar.json"), "utf8")));
const rules = ALL_RULES.map(({ meta }) => meta);

const person = (email: string | null, more: Partial<OwnerCandidate> = {}): OwnerCandidate => ({
  email,
  handle: null,
  name: null,
  source: "git",
  commits: 3,
  lastCommit: "2026-11-01",
  ...more,
});
const known: KnownValues = {
  people: [
    person(null, { handle: "@org/ml-ops", source: "codeowners" }),
    person("ana@example.org", { name: "Ana Ruiz", commits: 12 }),
    person("leo@example.org"),
  ],
  named: new Map([["compliance", ["ines@example.org"]]]),
  files: ["dvc.yaml", "data/train.parquet", "docs/a b, c.md", "../shared/roles.yaml"],
};

function at(marked: string, kind: "product" | "policy" = "product", values: KnownValues = known) {
  const offset = marked.indexOf("|");
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const schema =
    kind === "product" ? { fields: PRODUCT_FIELDS, aliases: ALIASES, calendar } : { fields: POLICY_FIELDS, aliases: [], calendar };
  const all = completionsAt(text, offset, { ...schema, suggest: toSuggest(kind, values, rules) });
  return {
    labels: all.map(({ label }) => label),
    details: all.map(({ detail }) => detail),
    taken: (label: string): string => {
      const one = all.find((item) => item.label === label);
      return one === undefined ? "not offered" : applyEdits(text, [{ range: one.range, text: one.insertText }]);
    },
    hover: hoverAt(text, offset, { ...schema, explain: toExplain(rules) })?.markdown,
  };
}

describe("people", () => {
  it.each(["owner: |", "roles:\n  dpo: |", "alert: |", "cost:\n  owner: |", "lint:\n  ignore:\n    - by: |"])(
    "are offered in %j, most active first, in place of an example",
    (marked) => {
      expect(at(marked).labels).toEqual(["ana@example.org", "leo@example.org"]);
    },
  );

  it("are told by name and by where they are known from", () => {
    expect(at("owner: |").details).toEqual(["Ana Ruiz · git", "git"]);
  });

  it("come first where the policy names them for the role", () => {
    expect(at("roles: {compliance: |}").labels).toEqual(["ines@example.org", "ana@example.org", "leo@example.org"]);
  });

  it("may be a team, in the quotes that it needs", () => {
    expect(at("roles: {owner: {team: |}}").taken("@org/ml-ops")).toBe('roles: {owner: {team: "@org/ml-ops"}}');
  });

  it("are an example where nobody is known, as in a folder that is not trusted", () => {
    expect(at("owner: |", "product", { people: [], named: new Map(), files: [] }).labels).toEqual(["ana@example.org"]);
  });
});

describe("files", () => {
  it("are offered where a path is due", () => {
    expect(at("pipeline: |").labels).toEqual(known.files);
    expect(at("data:\n  - path: da|").labels).toEqual(["data/train.parquet"]);
    expect(at("kpis: [{data: |}]").labels).toContain("data/train.parquet");
  });

  it("replace all of what is typed, slashes too", () => {
    expect(at("pipeline: ../sh|").taken("../shared/roles.yaml")).toBe("pipeline: ../shared/roles.yaml");
  });

  it("are quoted where YAML needs it", () => {
    const text = at("data: [{path: |}]").taken("docs/a b, c.md");
    expect(readConfig(text).value.data?.[0]?.path).toBe("docs/a b, c.md");
  });

  it("are at most some hundreds", () => {
    const files = Array.from({ length: 5000 }, (_, index) => `data/${index}.csv`);
    const many = { ...known, files };
    expect(at("pipeline: |", "product", many).labels.length).toBe(500);
    expect(at("pipeline: 4999|", "product", many).labels).toEqual(["data/4999.csv"]);
  });
});

describe("rules", () => {
  it("are offered where a finding is left as it is, but for those that nobody may silence", () => {
    const { labels } = at("lint:\n  ignore:\n    - rule: |");
    expect(labels).toEqual(rules.filter(({ suppressible }) => suppressible).map(({ name }) => name));
    expect(labels).not.toContain("prohibited-use");
    expect(labels).toContain("budget-missing");
  });

  it("are keys of a policy, each with its weights", () => {
    expect(at("rules:\n  |", "policy").taken("owner-missing")).toBe("rules:\n  owner-missing: ");
    expect(at("rules: {owner-missing: off, |}", "policy").labels).not.toContain("owner-missing");
    expect(at("rules:\n  owner-missing: |", "policy").labels).toEqual(["off", "error", "warning", "info"]);
  });

  it("are explained under the cursor, by name and by code", () => {
    const expected = rules.find(({ code }) => code === "RESP01");
    expect(at("rules:\n  own|er-missing: error", "policy").hover).toContain(expected?.why);
    expect(at("rules:\n  RES|P01: error", "policy").hover).toContain("**owner-missing** (RESP01)");
    expect(at("lint:\n  ignore:\n    - rule: RES|P01").hover).toContain(expected?.summary);
    expect(at("rules:\n  no-such-|rule: error", "policy").hover).not.toContain("**");
  });
});

it("offers roles as keys of the people in a policy", () => {
  expect(at("people: {|}", "policy").labels).toContain("data_steward");
  expect(at("people: {dpo: [|]}", "policy").labels).toEqual(["ana@example.org", "leo@example.org"]);
  expect(at("pipelines:\n  - require: [|]", "policy").labels).toEqual(["owner", "purpose", "personal_data"]);
});
