import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readConfig } from "../../../src/core/config/readConfig";
import { toPolicy } from "../../../src/core/config/policy";
import { costOf, instancePrice } from "../../../src/core/cost/price";
import { checkParams } from "../../../src/core/training/checkParams";
import { estimateTraining } from "../../../src/core/training/estimateTraining";
import { jobId } from "../../../src/core/training/jobId";
import type { ParamField } from "../../../src/core/training/paramField";
import { airflowParamFields } from "../../../src/core/training/paramSources/airflowParamFields";
import { commandFields } from "../../../src/core/training/paramSources/commandFields";
import { guessField } from "../../../src/core/training/paramSources/guessField";
import { mergeFields } from "../../../src/core/training/paramSources/mergeFields";
import { mlprojectEntry } from "../../../src/core/training/paramSources/mlprojectFields";
import { paramsFileFields } from "../../../src/core/training/paramSources/paramsFileFields";
import { planHash } from "../../../src/core/training/planHash";
import { planMarkdown, planText } from "../../../src/core/training/planText";
import { readTrainSpec } from "../../../src/core/training/readTrainSpec";
import type { EngineId } from "../../../src/core/training/trainSpec";
import { retrainPlan, trainSpec } from "../../builders/retrainPlan";
import { blocks, pastTraining, PlannerWorld, sha256 } from "../../builders/plannerWorld";

function field(changes: Partial<ParamField>): ParamField {
  return { ...guessField("x", null, "test"), ...changes };
}

describe("parameters as typed", () => {
  it.each<[Partial<ParamField>, string, unknown]>([
    [{ kind: "number" }, " 1e-3 ", 0.001],
    [{ kind: "number" }, "-0", 0],
    [{ kind: "integer", min: 1, max: 400 }, "400", 400],
    [{ kind: "boolean" }, "True", true],
    [{ kind: "boolean" }, "no", false],
    [{ kind: "choice", options: [1, "two"] }, "1", 1],
    [{ kind: "choice", options: [1, "two"] }, "two", "two"],
    [{ kind: "text" }, " kept ", " kept "],
    [{ kind: "list" }, ' [1.0, "two" , [null]] ', '[1,"two",[null]]'],
    [{ kind: "list", value: "[1,2]" }, "", "[1,2]"],
    [{ kind: "number", value: 7 }, "", 7],
  ])("%o takes %s", (what, text, value) => {
    const { values, faults } = checkParams([field(what)], { x: text });
    expect(faults).toEqual([]);
    expect(values.get("x")).toBe(value);
  });

  it.each<[Partial<ParamField>, string, RegExp]>([
    [{ kind: "number" }, "0x10", /"x" is a number, not "0x10"/],
    [{ kind: "number" }, "Infinity", /is a number/],
    [{ kind: "number" }, "1e999", /is a number/],
    [{ kind: "integer" }, "1.5", /is a whole number/],
    [{ kind: "integer" }, "12345678901234567890", /more digits/],
    [{ kind: "integer", min: 1, max: 9 }, "10", /is from 1 to 9/],
    [{ kind: "number", min: 1 }, "0", /at least 1/],
    [{ kind: "boolean" }, "maybe", /true or false/],
    [{ kind: "list" }, "[1, two]", /"x" is a list written as JSON, such as \[1, "two"\], not "\[1, two\]"/],
    [{ kind: "list" }, '{"a": 1}', /is a list/],
    [{ kind: "list" }, "[12345678901234567890]", /is a list/],
    [{ kind: "choice", options: ["adam", "sgd"] }, "adan", /Did you mean "adam"\?/],
    [{ kind: "text" }, "a\0b", /NUL/],
    [{ kind: "text" }, "x".repeat(10_001), /10001 characters/],
    [{ kind: "text" }, `AKIA${"A".repeat(16)}`, /looks like an AWS access key/],
    [{ required: true }, "", /"x" needs a value/],
  ])("%o refuses %s", (what, text, message) => {
    const { values, faults } = checkParams([field(what)], { x: text });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(message);
    expect(values.has("x")).toBe(false);
  });

  it("names what nobody takes, and what was meant", () => {
    expect(checkParams([field({ name: "depth" })], { dept: "1" }).faults).toEqual(['There is no parameter "dept". Did you mean "depth"?']);
    expect(checkParams([], { x: "1" }).faults).toEqual(['There is no parameter "x". The training takes none.']);
    expect(checkParams([field({})], { __proto__: "1", constructor: "2" }).faults).toHaveLength(1);
  });

  it("holds values of files to what the engine declares", () => {
    expect(checkParams([field({ kind: "integer", value: "many" })], {}).faults[0]).toMatch(/whole number, not "many"/);
  });

  it("reach the command unchanged, each as one argument", async () => {
    const strange = fc.oneof(
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
      fc.constantFrom("'", '"', "a\nb", "; rm -rf /", "$(id)", "`id`", "{lr}", "}}{{", "-–ü", "\u202e", "%PATH%", "&&", "\\"),
    );
    await fc.assert(
      fc.asyncProperty(strange, async (text) => {
        fc.pre(!text.includes("\0"));
        const world = new PlannerWorld();
        const plan = await world.plan({ params: { note: text } });
        if (blocks(plan).length > 0) {
          return; // Something that looks like a secret.
        }
        const last = plan.action.kind === "command" ? plan.action.argv.at(-1) : undefined;
        expect(last).toBe(text);
        expect(plan.action.kind === "command" ? plan.action.argv : []).toHaveLength(6);
        expect(await world.outdated(plan)).toEqual([]);
        expect(
          planText(plan)
            .split("\n")
            .some((line) => /[\u0000-\u001f\u202e]/.test(line)),
        ).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});

describe("where parameters come from", () => {
  it("reads nested YAML and JSON, keys joined with dots", () => {
    const yaml = paramsFileFields("train:\n  lr: 0.1\n  on: true\n  name: null\n  layers: [64, {a: 1}]\nseed: 7\n", "params.yaml");
    expect(yaml.fields.map(({ name, kind, value }) => [name, kind, value])).toEqual([
      ["train.lr", "number", 0.1],
      ["train.on", "boolean", true],
      ["train.name", "text", null],
      ["train.layers", "list", '[64,{"a":1}]'],
      ["seed", "number", 7],
    ]);
    expect(yaml.lists).toEqual({});
    const long = paramsFileFields(`a: [${"1, ".repeat(2000)}1]\nb: [.inf]\n`, "p.yaml");
    expect([long.fields, Object.keys(long.lists)]).toEqual([[], ["a", "b"]]);
    expect(paramsFileFields('{\n\t"a": {\n\t\t"b": 1\n\t}\n}', "p.json").fields.map(({ name }) => name)).toEqual(["a.b"]);
    expect(paramsFileFields("a: .inf", "p.yaml").fields[0]?.value).toBe(".inf");
    expect(paramsFileFields("# none\n", "p.yaml")).toEqual({ fields: [], lists: {}, problem: null });
  });

  it.each([
    ["a: [", "p.yaml", /p.yaml cannot be read/],
    ["x = 1", "p.toml", /YAML and JSON/],
    [Array.from({ length: 2001 }, (_, index) => `k${index}: 1`).join("\n"), "p.yaml", /more than 2000/],
  ])("says why a file cannot be read (%#)", (text, path, problem) => {
    expect(paramsFileFields(text, path).problem).toMatch(problem);
  });

  it("reads the parameters of a DAG", () => {
    const fields = airflowParamFields({
      epochs: { value: 10, schema: { type: "integer", minimum: 1, maximum: 400 }, description: "How often." },
      optimizer: { value: "adam", schema: { type: "string", enum: ["adam", "sgd"], title: "Optimizer" } },
      note: { value: null, schema: { type: ["null", "string"] } },
      must: { value: null, schema: { type: "string" } },
      layers: { value: [1], schema: { type: "array" } },
      plain: 3,
    });
    expect(
      fields.map(({ name, kind, required, min, max, options, description }) => [name, kind, required, min, max, options, description]),
    ).toEqual([
      ["epochs", "integer", false, 1, 400, [], "How often."],
      ["optimizer", "choice", false, null, null, ["adam", "sgd"], "Optimizer"],
      ["note", "text", false, null, null, [], null],
      ["must", "text", true, null, null, [], null],
      ["layers", "list", false, null, null, [], null],
      ["plain", "number", false, null, null, [], null],
    ]);
    fc.assert(fc.property(fc.jsonValue(), (params) => Array.isArray(airflowParamFields(params))));
  });

  it("reads the entry point of an MLproject", () => {
    const text =
      "entry_points:\n  other: {command: x}\n  main:\n    parameters:\n      lr: {type: float, default: 0.1}\n      data: path\n      depth: float\n";
    const entry = mlprojectEntry(text, "MLproject");
    expect(entry).toMatchObject({ name: "main" });
    expect(typeof entry === "string" ? [] : entry.fields.map(({ name, kind, value, required }) => [name, kind, value, required])).toEqual([
      ["lr", "number", 0.1, false],
      ["data", "text", null, true],
      ["depth", "number", null, true],
    ]);
    expect(mlprojectEntry("name: x", "MLproject")).toMatch(/no entry point/);
    expect(mlprojectEntry("a: [", "MLproject")).toMatch(/cannot be read/);
  });

  it("holds whole numbers of an MLproject to be whole", () => {
    const entry = mlprojectEntry("entry_points: {main: {parameters: {depth: {type: int, default: 3}}}}", "MLproject");
    const fields = typeof entry === "string" ? [] : entry.fields;
    expect(fields).toMatchObject([{ kind: "integer", value: 3 }]);
    expect(checkParams(fields, { depth: "many" }).faults[0]).toMatch(/whole number/);
  });

  it("lets the engine say what a parameter is, and mlops.yaml what it is worth", () => {
    const declared = field({ name: "lr", kind: "integer", min: 1, value: 3, source: "train.yml" });
    expect(mergeFields([[declared], [guessField("lr", 5, "params.yaml")]], { lr: 9, extra: true }, "mlops.yaml")).toEqual([
      { ...declared, value: 9, source: "mlops.yaml" },
      guessField("extra", true, "mlops.yaml"),
    ]);
    expect(mergeFields([[declared], [guessField("lr", 5, "params.yaml")]], {}, "mlops.yaml")[0]?.value).toBe(5);
  });

  it("finds placeholders and no braces", () => {
    expect(commandFields(["--x={a.b}", "{{no}}", "{params_file}", "{ no }", "{a.b}{c-d}"]).map(({ name }) => name)).toEqual(["a.b", "c-d"]);
  });
});

describe("what an mlops.yaml says of training", () => {
  const read = (
    text: string,
    engine: EngineId | null = null,
    project: Parameters<typeof readTrainSpec>[3] = null,
  ): ReturnType<typeof readTrainSpec> =>
    readTrainSpec(readConfig(text).value, { config: "churn/mlops.yaml", root: "/w", folder: "/w/churn" }, engine, project);

  it.each<[string, EngineId | null, EngineId]>([
    ["train: {engine: ray, command: [x]}", null, "ray"],
    ["train: {engine: ray, command: [x]}", "local", "local"],
    ["pipeline: sub/dvc.yaml", null, "dvc"],
    ["train: {command: [x]}", null, "local"],
  ])("%s (%s) trains on %s", (text, wished, engine) => {
    expect(read(text, wished).spec.engine).toBe(engine);
  });

  it.each<[string, EngineId | null, RegExp, RegExp]>([
    ["name: x", null, /does not say how the model is trained/, /pipeline: dvc.yaml/],
    ["train: {engine: local}", null, /names no command/, /command: \[python, train.py\]/],
    ["train: {engine: ray, command: [x]}", null, /where the Ray cluster is/, /ray: \{address:/],
    ["name: x", "airflow", /which DAG/, /airflow: \{url:/],
    ["name: x", "github_actions", /names? the workflow|name the workflow/, /github_actions: \{workflow: train.yml\}/],
    ["train: {command: [a, b], shell: true}", null, /one line/, /one text/],
    ["train: {command: [x, --password, hunter22]}", null, /a secret in an argument/, /environment/],
    ["train: {command: [x], params_file: ../../x.yaml}", null, /leads out/, /opened folder/],
  ])("%s (%s) lacks something, and says how to add it", (text, wished, message, remedy) => {
    const { faults } = read(text, wished);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.message).toMatch(message);
    expect(faults[0]?.remedy).toMatch(remedy);
  });

  it("takes paths of Python as they are or from the file's folder", () => {
    const python = (path: string): string | null | undefined => read(`train: {command: [x], python: ${path}}`).spec.python;
    expect(python("python3.12")).toBe("python3.12");
    expect(python("/opt/py/bin/python")).toBe("/opt/py/bin/python");
    expect(python(".venv/bin/python")).toBe("/w/churn/.venv/bin/python");
  });

  it("runs an MLproject by MLflow where no command is written", () => {
    const fields = [guessField("lr", 0.1, "MLproject")];
    const { spec, faults } = read("pipeline: project/MLproject", null, { name: "main", fields });
    expect(faults).toEqual([]);
    expect(spec.command).toEqual(["mlflow", "run", "project", "--env-manager", "local", "--entry-point", "main", "-P", "lr={lr}"]);
    expect(read("pipeline: MLproject", null, { name: "main", fields: [] }).spec.command[2]).toBe(".");
    expect(read("pipeline: MLproject", null, "MLproject cannot be read.").faults).toHaveLength(1);
  });

  it.each([
    [
      "working_dir",
      'train: {engine: ray, command: [x], ray: {address: "http://h:8265", working_dir: "https://ana:hunter22@ex.org/c.zip"}}',
    ],
    [
      "a signed address",
      'train: {engine: ray, command: [x], ray: {address: "http://h:8265", working_dir: "https://ex.org/c.zip?v=1&sig=hunter22"}}',
    ],
    ["a database", 'train: {command: [x]}\ntracking: {uri: "postgresql://h/db?user=a&password=hunter22"}'],
  ])("leaves logins out of %s", (_, text) => {
    const { spec, notes } = read(text);
    expect(JSON.stringify(spec)).not.toContain("hunter22");
    expect(notes).toHaveLength(1);
  });

  it.each([
    "python t.py --password hunter22",
    "python t.py --token=hunter22",
    "PASSWORD=hunter22 python t.py",
    "python t.py --password 'hunter22'",
    'PASSWORD="hunter22" python t.py',
  ])("finds the secret of the line %s", (line) => {
    const { spec, faults } = read(`train: {shell: true, command: ${JSON.stringify(line)}}`);
    expect(spec.command).toEqual(["***"]);
    expect(faults).toHaveLength(1);
  });

  it.each([
    'python t.py --password "$PASSWORD" --token={token}',
    "python t.py --password $(cat secret.txt)",
    "python t.py --password `secret-tool lookup`",
    "python train.py --lr 0.1 && echo 'well done'",
  ])("takes the line %s as it is", (line) => {
    const { spec, faults } = read(`train: {shell: true, command: ${JSON.stringify(line)}}`);
    expect([spec.command, faults]).toEqual([[line], []]);
  });

  it("leaves logins of addresses out, and says so", () => {
    const { spec, notes } = read('train: {engine: airflow, airflow: {url: "http://a:pw12345@host:8080", dag: d}}');
    expect(spec.airflow).toEqual({ url: "http://host:8080", dag: "d" });
    expect(notes).toHaveLength(1);
  });
});

describe("time and price", () => {
  it("is the median of the last five", () => {
    const past = [1, 9, 2, 8, 3, 1000].map((minutes) => pastTraining({ durationMs: minutes * 60_000 }));
    const spec = trainSpec({ resources: { ...trainSpec().resources, instance: "a10" } });
    const price = { perHour: 5, currency: "EUR" };
    expect(estimateTraining(past, price, spec)).toEqual({
      price,
      ...{ durationMs: 180_000, basedOn: 5, cost: { amount: 0.25, currency: "EUR", perHour: 5 }, note: null },
    });
    expect(estimateTraining([], null, spec)).toMatchObject({
      durationMs: null,
      cost: null,
      note: expect.stringMatching(/No earlier.*policy has none for a10/) as string,
    });
  });

  it("knows no price without a currency or for another machine", () => {
    const prices = { currency: "EUR", instances: { a10: 1.3 } };
    expect(instancePrice(toPolicy({ prices }), "a10")).toEqual({ perHour: 1.3, currency: "EUR" });
    expect(instancePrice(toPolicy({ prices }), "constructor")).toBeNull();
    expect(instancePrice(toPolicy({ prices }), null)).toBeNull();
    expect(instancePrice(toPolicy({ prices: { instances: { a10: 1.3 } } }), "a10")).toBeNull();
    expect(costOf(-5, { perHour: 1, currency: "EUR" }).amount).toBe(0);
  });
});

describe("a job's id", () => {
  it("is a name for every engine, whatever the product is called", () => {
    expect(jobId("Über Modell_2", Date.UTC(2026, 0, 2, 3, 4, 5), "ABCDEF99")).toBe("uber-modell-2-20260102-030405-abcdef");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.uuid(), (name, id) => {
        expect(jobId(name, Date.UTC(2026, 0, 2), id)).toMatch(/^[a-z0-9][a-z0-9-]{0,39}-20260102-000000-[0-9a-f]{6}$/);
      }),
    );
  });
});

describe("a plan's hash", () => {
  it("depends on every part, and on no order of keys", async () => {
    const plan = await new PlannerWorld().plan();
    const turned = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turned)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, part]) => [key, turned(part)]),
            )
          : value;
    expect(planHash(turned(JSON.parse(JSON.stringify(plan))) as typeof plan, sha256)).toBe(plan.hash);
    for (const key of Object.keys(plan).filter((one) => one !== "hash")) {
      expect(planHash({ ...plan, [key]: "another" }, sha256), key).not.toBe(plan.hash);
    }
  });
});

describe("a plan as text", () => {
  it("has all on one page", async () => {
    const world = new PlannerWorld();
    world.redundancy = {
      kind: "changed",
      past: pastTraining(),
      changes: [{ kind: "param", name: "lr", change: "changed", text: "lr: 0.1 → 0.2" }],
    };
    const plan = await world.plan({ params: { lr: "0.2", note: "two words" } });
    const text = planText(plan);
    for (const part of ["python train.py --lr 0.2 --note 'two words'", "In /nowhere/churn", "lr = 0.2 (else 0.1), set for this training"]) {
      expect(text).toContain(part);
    }
    expect(text).toMatch(/data: data\/train.csv \(1{12}, 12.3 kB\)/);
    expect(text).toMatch(/lr: 0.1 → 0.2\n.*swift-cat has f1 0.82/);
    expect(text).toMatch(/Asked for by a person: Asked for\.|Warning: Nothing is expected/);
    expect(text).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("shows a request, and no markup of others in Markdown", () => {
    const plan = retrainPlan({
      product: "<b>*x*</b>",
      action: { kind: "request", method: "POST", url: "http://host/jobs", body: { a: 1 } },
    });
    expect(planText(plan)).toContain('POST http://host/jobs\n  {"a":1}');
    expect(planMarkdown(plan)).toContain("# Plan to train &lt;b\\>\\*x\\*&lt;/b\\>");
  });
});
