import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { figuresOfRun, findFigures, readEvaluationFigures } from "../../../../src/core/deployment/gate/evaluationFigures";

const wish = (
  name: string,
  by: string | null = null,
  data: string | null = null,
  needsData = false,
): Parameters<typeof findFigures>[1] => ({
  ...{ name, by, data, needsData },
});
const find = (content: unknown, ...of: Parameters<typeof wish>): ReturnType<typeof findFigures> =>
  findFigures(readEvaluationFigures(JSON.stringify(content), "json"), wish(...of));
const all = (value: number | null): ReturnType<typeof findFigures> => [{ group: null, value }];

describe("a figure over all", () => {
  it.each<readonly [string, unknown, string]>([
    ["flat", { f1: 0.8 }, "f1"],
    ["in a block of metrics", { model: "x", metrics: { f1: 0.8 } }, "f1"],
    ["as a block with a value", { results: { f1: { value: 0.8, low: 0.7 } } }, "f1"],
    ["of the test data", { train: { f1: 0.99 }, test: { f1: 0.8 } }, "f1"],
    ["in a list", [{ metric: "f1", value: 0.8 }], "f1"],
    [
      "in a list of a block",
      {
        kpis: [
          { name: "f1", value: 0.8 },
          { name: "auc", value: 0.9 },
        ],
      },
      "f1",
    ],
    ["with a blank and capitals", { " F1 ": 0.8 }, "f1"],
    ["under another name of the measure", { f1_score: 0.8 }, "f1"],
    ["with a slash in its name", { "test/f1": 0.8 }, "test/f1"],
    ["with a slash, as blocks", { test: { f1: 0.8 } }, "test/f1"],
    ["with a dot in its name", { "test.f1": 0.8 }, "test/f1"],
    ["beside those of groups", { f1: 0.8, by: { sex: { f: { f1: 0.7 }, m: { f1: 0.9 } } } }, "f1"],
    ["twice, with the same number", { f1: 0.8, metrics: { f1: 0.8 } }, "f1"],
  ])("is found %s", (_, content, name) => {
    expect(find(content, name)).toEqual(all(0.8));
  });

  it.each<readonly [string, unknown]>([
    ["of the training data", { train: { f1: 0.99 } }],
    ["of a group", { by: { sex: { f: { f1: 0.7 }, m: { f1: 0.9 } } } }],
    ["of a group in a list", [{ metric: "f1", group: "f", value: 0.7 }]],
    ["of another name", { f12: 0.8, macro_f1: 0.7 }],
    ["in a list of numbers", { f1: [0.8, 0.7] }],
    ["as a text", { f1: "0.8" }],
  ])("is not that %s", (_, content) => {
    expect(find(content, "f1")).toEqual([]);
  });

  it("is no number where Python wrote none", () => {
    expect(findFigures(readEvaluationFigures('{"f1": NaN, "auc": -Infinity, "note": "NaN is no number"}', "json"), wish("f1"))).toEqual(
      all(null),
    );
    expect(find({ f1: null }, "f1")).toEqual(all(null));
  });

  it("is not chosen between two that differ", () => {
    expect(find({ f1: 0.8, metrics: { f1: 0.7 } }, "f1")).toBe("several figures could be meant by f1, and they differ");
  });

  it("is that of its data where two are asked for", () => {
    const content = { "data/test.parquet": { f1: 0.8 }, hard: { f1: 0.6 } };
    expect(find(content, "f1", null, "data/test.parquet", true)).toEqual(all(0.8));
    expect(find(content, "f1", null, "data/hard.csv", true)).toEqual(all(0.6));
    expect(find({ f1: 0.8 }, "f1", null, "data/hard.csv", true)).toEqual([]);
    expect(find({ f1: 0.8 }, "f1", null, "data/hard.csv", false)).toEqual(all(0.8));
    expect(
      find(
        [
          { metric: "f1", dataset: "hard", value: 0.6 },
          { metric: "f1", dataset: "test", value: 0.8 },
        ],
        "f1",
        null,
        "data/hard.csv",
        true,
      ),
    ).toEqual(all(0.6));
  });
});

describe("figures of other data", () => {
  const TEST = "data/test.parquet";
  it.each<readonly [string, unknown]>([
    ["in a list", [{ metric: "f1", dataset: "train", value: 0.99 }]],
    ["in a list by split", [{ split: "train", f1: 0.99 }]],
    ["in a list of a block", { results: [{ name: "f1", data: "data/train.parquet", value: 0.99 }] }],
    ["of a folder beside", [{ metric: "f1", data: "old/test.parquet", value: 0.99 }]],
    ["as a whole report", { dataset: "train", f1: 0.99 }],
    ["in blocks", { metrics: { split: "validation", f1: 0.99 } }],
    ["in blocks named by a block", { dataset: { name: "train" }, metrics: { f1: 0.99 } }],
    ["of the training part of the data", { dataset: "data/test.parquet", metrics: [{ split: "train", f1: 0.99 }] }],
    ["below the test data's own key", { "data/test.parquet": [{ split: "train", f1: 0.99 }] }],
  ])("never stand for those of the KPI's data: %s", (_, content) => {
    expect(find(content, "f1", null, TEST)).toEqual([]);
    expect(find(content, "f1", null, TEST, true)).toEqual([]);
  });

  it.each<readonly [string, unknown]>([
    ["the path", { dataset: "data/test.parquet", f1: 0.8 }],
    ["the path from here", { dataset: "./data/test.parquet", f1: 0.8 }],
    ["the path where it ran", { dataset: "/builds/churn/data/test.parquet", f1: 0.8 }],
    ["its name", { metrics: { split: "Test", f1: 0.8 } }],
    ["a part of the data", { dataset: "applicants", results: [{ split: "test", f1: 0.8 }] }],
    ["a block", { dataset: { path: "data/test.parquet", rows: 10 }, metrics: { f1: 0.8 } }],
    [
      "a list beside others",
      [
        { metric: "f1", dataset: "train", value: 0.99 },
        { metric: "f1", dataset: "test", value: 0.8 },
      ],
    ],
    ["nothing", { f1: 0.8 }],
    [
      "nothing, beside others",
      [
        { metric: "f1", value: 0.8 },
        { metric: "f1", split: "train", value: 0.99 },
      ],
    ],
  ])("leave those of the KPI's data, which are told by %s", (_, content) => {
    expect(find(content, "f1", null, TEST)).toEqual(all(0.8));
  });

  it("are not those of a group either", () => {
    const rows = (split: string): unknown => [
      { split, sex: "f", f1: 0.7 },
      { split, sex: "m", f1: 0.9 },
    ];
    expect(find(rows("train"), "f1", "sex", TEST)).toEqual([]);
    expect(find(rows("test"), "f1", "sex", TEST)).toHaveLength(2);
  });

  it("are not taken for a KPI that names no data where they are those of the training", () => {
    expect(find([{ metric: "f1", split: "train", value: 0.99 }], "f1")).toEqual([]);
    expect(find({ split: "training", f1: 0.99 }, "f1")).toEqual([]);
    expect(find([{ metric: "f1", split: "test", value: 0.8 }], "f1")).toEqual(all(0.8));
  });

  it("may be those of the training where a KPI asks for these", () => {
    expect(find([{ metric: "f1", split: "train", value: 0.99 }], "f1", null, "data/train.parquet")).toEqual(all(0.99));
  });

  it("are told from a file of a longer name by the kind of data that the name says", () => {
    expect(find({ split: "test", f1: 0.8 }, "f1", null, "data/test_2026.parquet")).toEqual(all(0.8));
    expect(find({ split: "test", f1: 0.8 }, "f1", null, "data/test_2026.parquet", true)).toEqual([]);
    expect(find({ split: "test", f1: 0.8 }, "f1", null, "data/contest.parquet")).toEqual([]);
  });
});

describe("figures by a group", () => {
  const groups = [
    { group: "f", value: 0.7 },
    { group: "m", value: 0.9 },
  ];
  it.each<readonly [string, unknown]>([
    ["below by", { f1: 0.8, by: { sex: { f: { f1: 0.7 }, m: { f1: 0.9 } } } }],
    ["below the name", { f1: { value: 0.8, by: { sex: { f: 0.7, m: 0.9 } } } }],
    ["below the column", { sex: { f: { f1: 0.7 }, m: { f1: 0.9 } } }],
    ["below name and column", { by_group: { f1: { sex: { f: 0.7, m: 0.9 } } } }],
    ["in keys as runs have them", { "f1/sex/f": 0.7, "f1/sex/m": 0.9, f1: 0.8 }],
    ["in keys with an equals sign", { metrics: { "f1/sex=f": 0.7, "f1/sex=m": 0.9 } }],
    ["in keys with by", { f1_by_sex: { f: 0.7, m: 0.9 } }],
    [
      "in a list by label",
      [
        { sex: "f", f1: 0.7 },
        { sex: "m", f1: 0.9 },
      ],
    ],
    [
      "in a list by column and group",
      {
        slices: [
          { column: "sex", group: "f", metric: "f1", value: 0.7 },
          { column: "sex", group: "m", metric: "f1", value: 0.9 },
        ],
      },
    ],
  ])("are found %s", (_, content) => {
    expect(find(content, "f1", "sex")).toEqual(groups);
  });

  it("are not those of another column or another measure", () => {
    expect(find({ by: { age: { f: { f1: 0.7 } }, sex: { f: { auc: 0.7 } } } }, "f1", "sex")).toEqual([]);
    expect(find({ f1: 0.8 }, "f1", "sex")).toEqual([]);
  });

  it("may be one figure where the measure itself compares groups", () => {
    expect(find({ selection_rate_ratio: 0.84 }, "selection_rate_ratio", "sex")).toEqual(all(0.84));
    expect(find({ selection_rate_ratio: { sex: 0.84 } }, "selection_rate_ratio", "sex")).toEqual(all(0.84));
  });

  it("are those of a run", () => {
    const metrics = new Map([
      ["f1/sex/f", { value: 0.7 }],
      ["f1/sex/m", { value: Number.NaN }],
    ]);
    expect(findFigures(figuresOfRun(metrics), wish("f1", "sex"))).toEqual([
      { group: "f", value: 0.7 },
      { group: "m", value: null },
    ]);
  });
});

describe("reading", () => {
  it("takes YAML, and says what is neither", () => {
    expect(findFigures(readEvaluationFigures("metrics:\n  f1: 0.8\n", "yaml"), wish("f1"))).toEqual(all(0.8));
    expect(() => readEvaluationFigures("{", "json")).toThrow("it is no JSON");
    expect(() => readEvaluationFigures("a: [", "yaml")).toThrow("it is no YAML");
  });

  it("leaves nothing out unsaid", () => {
    const many = Array.from({ length: 20_001 }, (_, index) => ({ metric: `m${index}`, value: index }));
    expect(() => readEvaluationFigures(JSON.stringify(many), "json")).toThrow("it holds more than 20,000 figures");
    expect(readEvaluationFigures(JSON.stringify(many.slice(1)), "json")).toHaveLength(20_000);
    const deep = (levels: number): string => JSON.stringify(Array.from({ length: levels }).reduce((inner: unknown) => ({ a: inner }), 1));
    expect(readEvaluationFigures(deep(12), "json")).toHaveLength(1);
    expect(() => readEvaluationFigures(deep(13), "json")).toThrow("its blocks are more than 12 levels deep");
  });

  it("finds no figure that the report does not hold, whatever it is made of", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (content) => {
        const figures = readEvaluationFigures(JSON.stringify(content), "json");
        const found = findFigures(figures, wish("f1", "sex"));
        if (typeof found !== "string") {
          for (const { value } of found) {
            expect(figures.some((figure) => figure.value === value)).toBe(true);
          }
        }
      }),
    );
  });
});
