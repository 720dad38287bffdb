import { describe, expect, it } from "vitest";
import { completeFilter, type FilterVocabulary, quoteKey } from "../../../../src/core/tracking/filter/completeFilter";
import { parseFilter } from "../../../../src/core/tracking/filter/parseFilter";

const vocabulary: FilterVocabulary = {
  metrics: ["acc", "val/acc", "loss"],
  params: ["lr", "optimizer", "in"],
  tags: ["owner", "mlflow.user"],
  values: (field) => (field.key === "optimizer" ? ["adam", "sgd", "it's"] : undefined),
};

/** Completes at the bar. */
function complete(text: string): ReturnType<typeof completeFilter> & { readonly inserts: string[] } {
  const completion = completeFilter(text.replace("|", ""), text.indexOf("|"), vocabulary);
  return { ...completion, inserts: completion.items.map((item) => item.insertText) };
}

describe("completeFilter", () => {
  it("offers every field at the beginning and after AND", () => {
    for (const text of ["|", "metrics.acc > 1 AND |", "params.lr = 'x' and |"]) {
      expect(complete(text).inserts).toEqual(expect.arrayContaining(["metrics.acc", "params.lr", "status", "tags.owner", "dataset.name"]));
    }
  });

  it.each([
    ["metrics.|", 0, ["metrics.acc", "metrics.`val/acc`", "metrics.loss"]],
    ["acc|", 0, ["metrics.acc", "metrics.`val/acc`"]],
    ["metrics.acc > 1 AND par|", 20, ["params.lr", "params.optimizer", "params.`in`"]],
    ["metrics.acc |", 12, ["= ", "!= ", "< ", "<= ", "> ", ">= "]],
    ["metrics.acc >|", 12, ["> ", ">= "]],
    ["params.lr I|", 10, ["ILIKE ", "IS NULL", "IS NOT NULL", "LIKE "]],
    ["run_id |", 7, ["= ", "!= ", "LIKE ", "ILIKE ", "IN ", "NOT IN "]],
    ["metrics.acc > |", 14, []],
    ["params.optimizer = |", 19, ["'adam'", "'sgd'", '"it\'s"']],
    ["params.optimizer = 'a|", 19, ["'adam'"]],
    ['params.optimizer = "a|', 19, ['"adam"']],
    ["status = 'F|", 9, ["'FINISHED'", "'FAILED'"]],
    ["status = 'FAILED' |", 18, ["AND "]],
    ["status = 'FAILED' a|", 18, ["AND "]],
    ["params.lr IS NULL |", 18, ["AND "]],
    ["nonsense > 1 AND |", 0, []],
  ])("completes %s", (text, from, inserts) => {
    const completion = complete(text);
    expect(completion.from).toBe(from);
    expect(completion.inserts).toEqual(inserts);
  });

  it("replaces the rest of the word behind the cursor and a closing quote", () => {
    expect(complete("metr|ics.acc > 1")).toMatchObject({ from: 0, to: 11 });
    expect(complete("status = 'F|'")).toMatchObject({ from: 9, to: 12 });
  });

  it("quotes keys so that the parser reads them back", () => {
    for (const key of [
      "a",
      "a.b",
      "a b",
      "val/acc",
      "in",
      "a.from",
      "1st",
      "ключ",
      "it's",
      'say "x"',
      "back`tick",
      "case_x",
      "__proto__",
    ]) {
      expect(parseFilter(`params.${quoteKey(key)} = 'x'`)[0]?.field.key).toBe(key);
    }
  });

  it("offers a bounded number of items", () => {
    const many = { ...vocabulary, metrics: Array.from({ length: 5000 }, (_, i) => `m${i}`) };
    expect(completeFilter("m", 1, many).items.length).toBeLessThanOrEqual(200);
  });
});
