import { describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { type InputExample, readInputExample } from "../../../src/core/deployment/inputExample";

const DESCRIBED = `artifact_path: model
saved_input_example_info:
  artifact_path: input_example.json
  pandas_orient: split
  serving_input_path: serving_input_example.json
  type: dataframe
`;

function read(files: Readonly<Record<string, unknown>>): Promise<InputExample> {
  const readArtifact = (_owner: unknown, path: string): Promise<Uint8Array> => {
    const content = files[path];
    if (content === undefined) {
      return Promise.reject(new AppError("artifact/not-found", `There is no ${path}.`));
    }
    return content instanceof Error
      ? Promise.reject(content)
      : Promise.resolve(Buffer.from(typeof content === "string" ? content : JSON.stringify(content)));
  };
  return readInputExample({ readArtifact }, "churn", "7", NEVER_CANCELLED);
}

describe("the input example of a version", () => {
  it.each([
    [{ dataframe_split: { columns: ["a", "b"], data: [[1, "x"]] } }],
    [{ dataframe_records: [{ a: 1 }] }],
    [{ inputs: [[1, 2]] }],
    [{ inputs: { a: [1], b: ["é"] } }],
    [{ instances: [[1, 2]] }],
  ])("is sent as MLflow keeps it for serving: %o", async (serving) => {
    expect(await read({ MLmodel: DESCRIBED, "serving_input_example.json": serving })).toEqual({ input: serving, why: null });
  });

  it("is made of the example itself where none is kept for serving", async () => {
    const old = DESCRIBED.replace(/ {2}serving_input_path.*\n/, "");
    const found = await read({ MLmodel: old, "input_example.json": { columns: ["a"], data: [[1]] } });
    expect(found.input).toEqual({ dataframe_split: { columns: ["a"], data: [[1]] } });
  });

  it("is cut to a few rows, and no row is cut", async () => {
    const rows = Array.from({ length: 100 }, (_, index) => [index]);
    const split = await read({ MLmodel: DESCRIBED, "serving_input_example.json": { dataframe_split: { columns: ["a"], data: rows } } });
    expect(split.input).toEqual({ dataframe_split: { columns: ["a"], data: rows.slice(0, 5) } });
    const one = { inputs: Array.from({ length: 30 }, (_, index) => index) };
    expect((await read({ MLmodel: DESCRIBED, "serving_input_example.json": one })).input).toEqual(one);
    const columns = { inputs: { a: [1, 2, 3, 4, 5, 6], b: ["1", "2", "3", "4", "5", "6"] } };
    expect((await read({ MLmodel: DESCRIBED, "serving_input_example.json": columns })).input).toEqual({
      inputs: { a: [1, 2, 3, 4, 5], b: ["1", "2", "3", "4", "5"] },
    });
  });

  it.each([
    ["no MLmodel", {}, "hold no MLmodel"],
    ["a model that was logged without one", { MLmodel: "flavors: {}\n" }, "without an input example"],
    ["a file that is gone", { MLmodel: DESCRIBED }, "is not there"],
    ["what is no JSON", { MLmodel: DESCRIBED, "serving_input_example.json": '{"inputs": NaN}' }, "not in a form that can be sent"],
    ["what no server takes", { MLmodel: DESCRIBED, "serving_input_example.json": [1, 2] }, "not in a form that can be sent"],
    ["a description that is damaged", { MLmodel: "a: [" }, "without an input example"],
    ["what is too large", { MLmodel: DESCRIBED, "serving_input_example.json": { inputs: ["x".repeat(70_000)] } }, "too large"],
    ["a store that is away", { MLmodel: new AppError("store/unreachable", "It is away.") }, "It is away."],
  ])("is none, with the reason, for %s", async (_what, files, why) => {
    const found = await read(files);
    expect(found.input).toBeNull();
    expect(found.why).toContain(why);
    expect(found.why).toMatch(/\.$/);
  });
});
