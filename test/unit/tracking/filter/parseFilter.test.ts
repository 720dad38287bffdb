import { describe, expect, it } from "vitest";
import { AppError } from "../../../../src/core/base/appError";
import { parseFilter, parseOrderBy } from "../../../../src/core/tracking/filter/parseFilter";

function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    expect(error).toBeInstanceOf(AppError);
    expect((error as AppError).code).toBe("filter/invalid");
    return (error as AppError).message;
  }
  return expect.unreachable("It was accepted.");
}

describe("parseFilter", () => {
  it("reads each kind of field under its canonical name", () => {
    const fields = parseFilter(
      "metric.a > 1 AND parameters.b = 'x' AND tag.c = 'x' AND run.Created > 1 AND datasets.name = 'x' AND `run name` = 'x'",
    );
    expect(fields.map((comparison) => comparison.field)).toEqual([
      { entity: "metric", key: "a" },
      { entity: "param", key: "b" },
      { entity: "tag", key: "c" },
      { entity: "attribute", key: "start_time" },
      { entity: "dataset", key: "name" },
      { entity: "attribute", key: "run_name" },
    ]);
  });

  it("keeps what stands between quotes as it is, as MLflow unescapes nothing", () => {
    expect(parseFilter("params.a = 'it''s \\' \"x\"'")[0]?.value).toBe("it''s \\' \"x\"");
  });

  it("reads a list as Python would", () => {
    expect(parseFilter("run_id IN ('a', \"b\", 'c''d' 'e', '\\x41\\n\\'', )")[0]?.value).toEqual(["a", "b", "cde", "A\n'"]);
  });

  it("keeps a key named __proto__ a key", () => {
    expect(parseFilter("tags.__proto__ = 'x'")[0]?.field).toEqual({ entity: "tag", key: "__proto__" });
  });

  it.each([
    ["metrics.acc ~ 1", 'Position 13: "~" is not a comparator for a metric; use =, !=, <, <=, > or >=.'],
    ["metrics.acc > 'a'", 'Position 15: a metric is compared with a number such as 0.9, without quotes, not with "\'".'],
    ["metrics.acc >", "Position 14: a metric is compared with a number such as 0.9, without quotes, not with the end."],
    ["params.lr = 0.1", "Position 13: a param is compared with a text in quotes such as 'value', not with \"0.1\"."],
    ["accuracy > 1", 'Position 1: "accuracy" is no attribute of a run;'],
    ["metric > 1", 'Position 1: "metric" is no attribute of a run;'],
    ["score.acc > 1", 'Position 1: "score" is no kind of field; use metrics, params, tags, attributes or dataset.'],
    ["metrics.val/acc > 1", "A key with other characters goes in backticks."],
    ["metrics.a > 1 OR metrics.b > 2", "Position 15: OR is not part of MLflow's filter language; join conditions with AND."],
    ["(metrics.a > 1)", 'Position 1: "(" cannot begin a condition;'],
    ["metrics. > 1", "Position 10: a key is expected after the dot"],
    ["metrics.in > 1", "Position 9: the key in is a reserved word; put it in backticks."],
    ["status IN ('a')", 'Position 8: "IN" is not a comparator for the attribute status; use =, !=, LIKE or ILIKE.'],
    ["run_id IN ()", "Position 11: the list is empty"],
    ["run_id IN ('a' ; 'b')", 'Position 16: a comma or ")" is expected in the list, not ";".'],
    ["dataset.source = 'a'", '"source" is no field of a dataset; use name, digest or context.'],
    ["params.a = 'x' params.b IS NULL", "Position 16: AND is missing before this condition."],
    ["  ", "the filter is blank"],
  ])("refuses %s with a sentence", (filter, sentence) => {
    expect(refusal(() => parseFilter(filter))).toContain(sentence);
  });

  it("shows only the beginning of a name of 10,000 characters", () => {
    expect(refusal(() => parseFilter(`${"x".repeat(10_000)} = 1`)).length).toBeLessThan(300);
  });

  it("stops at once on long input that is nearly right", () => {
    expect(refusal(() => parseFilter(`params.a = '${"\\x".repeat(50_000)}`))).toContain("Position 12");
    expect(refusal(() => parseFilter(`params.a = '${"\\'".repeat(50_000)}x`))).toContain("Position 100013");
    expect(parseFilter(Array.from({ length: 5000 }, (_, i) => `metrics.m${i} > ${i}`).join(" AND "))).toHaveLength(5000);
  });

  it("reads back any key and value that it quoted", () => {
    // A small linear congruential generator, so that a failure can be repeated.
    let seed = 1;
    const random = (below: number): number => (seed = (seed * 48271) % 2147483647) % below;
    const alphabet = ["a", "Z", "0", ".", "/", " ", "'", "\n", "é", "🚀", "%", "_", "-", "(", ")", "AND", ";", "--", "="];
    for (let i = 0; i < 2000; i++) {
      const text = Array.from({ length: 1 + random(12) }, () => alphabet[random(alphabet.length)]).join("");
      expect(parseFilter(`params.\`${text}\` = "${text}"`)).toEqual([
        { field: { entity: "param", key: text }, comparator: "=", value: text },
      ]);
    }
  });
});

describe("parseOrderBy", () => {
  it("reads fields and directions", () => {
    expect(parseOrderBy(["metrics.`val/acc` desc", "Created"])).toEqual([
      { field: { entity: "metric", key: "val/acc" }, ascending: false },
      { field: { entity: "attribute", key: "start_time" }, ascending: true },
    ]);
  });

  it.each([
    [["metrics.acc DOWN"], 'The order "metrics.acc DOWN" cannot be read.'],
    [["dataset.name"], "Runs cannot be ordered by a dataset"],
    [["start_time", "created DESC"], "The order names start_time twice"],
    [[""], "Write a field"],
  ])("refuses %j with a sentence", (terms, sentence) => {
    expect(refusal(() => parseOrderBy(terms))).toContain(sentence);
  });
});
