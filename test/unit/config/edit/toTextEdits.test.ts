import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../../src/core/base/textEdit";
import { FREE_SHAPE } from "../../../../src/core/config/edit/shape";
import { toTextEdits } from "../../../../src/core/config/edit/toTextEdits";
import type { ConfigChange } from "../../../../src/core/lint/fix";

function change(text: string, ...changes: readonly ConfigChange[]): string {
  const changed = toTextEdits(text, changes);
  return changed.ok ? applyEdits(text, changed.edits) : `refused: ${changed.why}`;
}

const set = (path: ConfigChange["path"], value: Extract<ConfigChange, { kind: "set" }>["value"], comment?: string): ConfigChange => ({
  kind: "set",
  path,
  value,
  ...(comment === undefined ? {} : { comment }),
});

describe("set", () => {
  it("replaces a scalar and keeps quotes and the comment behind it", () => {
    expect(change(`name: 'old'   # why\nstage: "development"\n`, set(["name"], "it's"), set(["stage"], "staging"))).toBe(
      `name: 'it''s'   # why\nstage: "staging"\n`,
    );
  });

  it("puts a missing key behind the one that the schema names before it", () => {
    expect(change("version: 1\nname: a\nstage: staging\n", set(["purpose"], "Predict who may leave."))).toBe(
      "version: 1\nname: a\npurpose: Predict who may leave.\nstage: staging\n",
    );
  });

  it("fills a key that stands alone, before its comment", () => {
    expect(change("name: # the model\nstage:\n", set(["name"], "a"), set(["stage"], "staging", "ask"))).toBe(
      "name: a # the model\nstage: staging # ask\n",
    );
  });

  it("keeps CRLF, BOM and a missing last line break", () => {
    expect(change("\ufeffname: a\r\nstage: staging", set(["purpose"], "Predict."))).toBe(
      "\ufeffname: a\r\npurpose: Predict.\r\nstage: staging",
    );
    expect(change("name: a", set(["stage"], "staging"))).toBe("name: a\nstage: staging");
  });

  it("writes a comment at the end of the line, where there is room for one", () => {
    expect(change("review: {every: 6 months}\n", set(["review", "last"], "TODO", "when?"))).toBe(
      "review: {every: 6 months, last: TODO} # when?\n",
    );
    expect(change("review: {last: a} # law\n", set(["review", "last"], "TODO", "when?"))).toBe("review: {last: TODO} # law\n");
    expect(change("review: {\n  every: 6 months\n}\n", set(["review", "last"], "TODO", "when?"))).toBe(
      "review: {\n  every: 6 months,\n  last: TODO # when?\n}\n",
    );
    expect(change("name: a\n", set(["stage"], "staging", "is\nthis right?"))).toBe("name: a\nstage: staging # is this right?\n");
  });

  it("follows the indentation that is there", () => {
    const text = "roles:\n    operator:\n        team: ops\n";
    expect(change(text, set(["roles", "requirements"], { name: "Mia", email: "mia@x.org" }))).toBe(
      "roles:\n    operator:\n        team: ops\n    requirements: {name: Mia, email: mia@x.org}\n",
    );
  });

  it("writes blocks with lists below a new key", () => {
    expect(change("name: a\n", set(["monitoring"], { reference: "a.csv", alert: [{ to: "x@y.org", when: "fail" }] }))).toBe(
      "name: a\nmonitoring:\n  reference: a.csv\n  alert:\n    - {to: x@y.org, when: fail}\n",
    );
  });

  it("adds to brackets on one line and over several", () => {
    expect(change("review: {every: 6 months}\n", set(["review", "last"], "2026-11-10"))).toBe(
      "review: {every: 6 months, last: 2026-11-10}\n",
    );
    expect(change("cost: {\n  budget: 9 EUR, # much\n  owner: a@x.org # me\n}\n", set(["cost", "max_replicas"], 3))).toBe(
      "cost: {\n  budget: 9 EUR, # much\n  owner: a@x.org, # me\n  max_replicas: 3\n}\n",
    );
    expect(change("lint: { }\n", set(["lint", "ignore"], []))).toBe("lint: {ignore: []}\n");
  });

  it("grows a short form into a block", () => {
    expect(change("owner: ana@x.org # boss\n", set(["roles", "owner", "deputy"], "leo@x.org"))).toBe(
      "owner: {email: ana@x.org, deputy: leo@x.org} # boss\n",
    );
    expect(change("roles:\n  owner: ana@x.org\n", set(["roles", "owner", "deputy"], "leo@x.org"))).toBe(
      "roles:\n  owner: {email: ana@x.org, deputy: leo@x.org}\n",
    );
    expect(change("owner: ana@x.org\n", set(["roles", "operator"], "ops@x.org"))).toBe("owner: ana@x.org\nroles: {operator: ops@x.org}\n");
    expect(change("data: [a.csv]\n", set(["data", 0, "version"], { dvc: true }))).toBe("data: [{path: a.csv, version: {dvc: true}}]\n");
    expect(change("data:\n- a.csv\n", set(["data", 0, "license"], "MIT"))).toBe("data:\n- {path: a.csv, license: MIT}\n");
  });

  it("writes a short form where only its key is asked for", () => {
    expect(change("name: a\n", set(["roles", "owner", "email"], "ana@x.org"))).toBe("name: a\nowner: ana@x.org\n");
    expect(change("roles: {operator: o@x.org}\n", set(["roles", "owner", "email"], "ana@x.org"))).toBe(
      "roles: {owner: ana@x.org, operator: o@x.org}\n",
    );
  });

  it("quotes what one of the YAML versions would read as something else", () => {
    const values = [
      "no",
      "NO",
      "yes",
      "on",
      "1.10",
      "12:30",
      "1_000",
      "~",
      "null",
      "",
      " a",
      "a: b",
      "a #b",
      "- a",
      "*a",
      "0x1f",
      "1e5",
      "=",
      "a\nb",
      "3f2c1ab",
    ];
    for (const value of values) {
      expect(change("name: a\n", set(["name"], value))).toMatch(/^name: "/);
    }
    for (const value of ["2026-11-24", "6 months", "30m", "dvc.yaml", "sqlite:///mlflow.db"]) {
      expect(change("name: a\n", set(["name"], value))).toBe(`name: ${value}\n`);
    }
  });

  it("writes block over block key by key, so that comments stay", () => {
    expect(
      change(
        "review:\n  # how often\n  every: 6 months # law\n  last: 2026-01-01\n",
        set(["review"], { every: "3 months", next: "2027-01-01" }),
      ),
    ).toBe("review:\n  # how often\n  every: 3 months # law\n  next: 2027-01-01\n");
  });

  it("starts a file", () => {
    expect(change("", set(["name"], "a"))).toBe("name: a\n");
    expect(change("# about\n", set(["roles", "operator", "team"], "ops"))).toBe("# about\nroles:\n  operator: {team: ops}\n");
  });

  it("refuses to change what others share, what is broken, and what is no block", () => {
    expect(change("a: &x {b: 1}\nc: *x\n", set(["a", "b"], 2))).toMatch(/^refused: .*anchor "&x"/);
    expect(change("a: &x {b: 1}\nc: *x\n", set(["c", "b"], 2))).toMatch(/^refused: .*anchor "&x"/);
    expect(change("a: [\n", set(["name"], "b"))).toMatch(/^refused: The file has an error/);
    expect(change("name: a\n", set(["name", "b"], "c"))).toMatch(/^refused: name holds a single value/);
    expect(change("- a\n", set(["name"], "b"))).toMatch(/^refused/);
    expect(change("name: a\nname: b\n", set(["name"], "c"))).toMatch(/^refused: The key "name" is written twice/);
    expect(change("name: a\n---\nname: b\n", set(["name"], "c"))).toMatch(/^refused: The file holds several documents/);
  });

  it.each([
    ["brackets in brackets", `a: ${"[".repeat(5000)}`],
    ["a block that holds itself", "a: &x [*x]\n"],
    ["an alias of nothing", "a: *x\n"],
    ["aliases of aliases", `a: &a [x, x, x]\nb: &b [${"*a, ".repeat(60)}]\nc: [${"*b, ".repeat(60)}]\n`],
    ["a text of five megabytes", "a: b\n".repeat(1_000_000)],
  ])("refuses to change a file with %s", (_, text) => {
    expect(change(text, set(["name"], "b"))).toMatch(/^refused/);
  });

  it("replaces an alias by a value of its own", () => {
    expect(change("a: &x 1\nname: *x\n", set(["name"], "b"))).toBe("a: &x 1\nname: b\n");
  });
});

describe("append", () => {
  it("adds an item in the list's own style, once", () => {
    const append: ConfigChange = { kind: "append", path: ["kpis"], value: { name: "f1", target: ">= 0.8" } };
    expect(change("kpis:\n- name: auc # main\n", append)).toBe(`kpis:\n- name: auc # main\n- {name: f1, target: ">= 0.8"}\n`);
    expect(change("kpis: [{name: auc}]\n", append, append)).toBe(`kpis: [{name: auc}, {name: f1, target: ">= 0.8"}]\n`);
    expect(change("name: a\n", append)).toBe(`name: a\nkpis:\n  - {name: f1, target: ">= 0.8"}\n`);
    expect(change("kpis: []\n", append)).toBe(`kpis: [{name: f1, target: ">= 0.8"}]\n`);
  });
});

describe("rename and remove", () => {
  it("renames a key where it stands", () => {
    const rename: ConfigChange = { kind: "rename", path: ["onwer"], key: "owner" };
    expect(change("onwer : a # x\nname: b\n", rename, rename)).toBe("owner : a # x\nname: b\n");
    expect(change("onwer: a\nowner: b\n", rename)).toMatch(/^refused: There already is a owner/);
  });

  it("removes a key with its value and leaves the rest as it was", () => {
    const remove: ConfigChange = { kind: "remove", path: ["roles", "owner"] };
    expect(change("# top\nroles:\n  # boss\n  owner:\n    email: a\n  operator: b\n", remove, remove)).toBe(
      "# top\nroles:\n  # boss\n  operator: b\n",
    );
    expect(change("roles: {owner: {name: a}, operator: b}\n", { kind: "remove", path: ["roles", "owner", "name"] })).toBe(
      "roles: {operator: b}\n",
    );
    expect(change("roles:\n  owner: a\nname: b\n", remove)).toBe("name: b\n");
    expect(change("roles:\n  owner: a\n", remove)).toBe("{}\n");
    expect(change("roles: {owner: a, operator: b}\n", remove)).toBe("roles: {operator: b}\n");
    expect(change("roles: {operator: b, owner: a}\n", remove)).toBe("roles: {operator: b}\n");
    expect(change("name: b\nroles: {x: 1}", { kind: "remove", path: ["roles"] })).toBe("name: b");
  });

  it("keeps the comments that stood beside what is removed", () => {
    const remove: ConfigChange = { kind: "remove", path: ["roles", "owner"] };
    expect(change("roles:\n  owner: # who\n    name: a # boss\n    # later\n    email: b\n  operator: c\n", remove)).toBe(
      "roles:\n  # who\n  # boss\n  # later\n  operator: c\n",
    );
    expect(change("roles: {\n  owner: a, # boss\n  operator: c # ops\n}\n", remove)).toBe("roles: {\n  # boss\n  operator: c # ops\n}\n");
    expect(change("name: 'a # b'\r\nrisk: low # sure", { kind: "remove", path: ["risk"] })).toBe("name: 'a # b'\r\n# sure");
    expect(change("data:\n  - path: a # one\n    use: train\n", { kind: "remove", path: ["data", 0, "path"] })).toBe(
      "data:\n  - # one\n    use: train\n",
    );
  });

  it("removes items and the first key behind a dash", () => {
    expect(change("data:\n  - path: a\n    use: train\n  - path: b\n", { kind: "remove", path: ["data", 0, "path"] })).toBe(
      "data:\n  - use: train\n  - path: b\n",
    );
    expect(change("data:\n  - path: a\n    use: train\n  - path: b\n", { kind: "remove", path: ["data", 0] })).toBe("data:\n  - path: b\n");
  });
});

it("adds keys at the end where there is no schema", () => {
  const changed = toTextEdits(
    "stages:\n  train:\n    cmd: python x.py\n",
    [set(["stages", "train", "meta", "owner"], "a@x.org")],
    FREE_SHAPE,
  );
  expect(changed).toMatchObject({ ok: true, edits: [{ text: "\n    meta: {owner: a@x.org}" }] });
});
