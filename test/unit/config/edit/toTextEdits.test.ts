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
    expect(change("roles:\n  owner: a\nname: b\n", remove)).toBe("roles: {}\nname: b\n");
    expect(change("roles: {owner: a, operator: b}\n", remove)).toBe("roles: {operator: b}\n");
    expect(change("roles: {operator: b, owner: a}\n", remove)).toBe("roles: {operator: b}\n");
    expect(change("name: b\nroles: {x: 1}", { kind: "remove", path: ["roles"] })).toBe("name: b");
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
