import { describe, expect, it } from "vitest";

import type { ArtifactOwner } from "../../../src/core/tracking/artifact";
import { parseArtifactUriParts, toArtifactUriParts } from "../../../src/core/tracking/artifactAddress";

const run: ArtifactOwner = { kind: "run", runId: "0a1b" };
const storeId = "sqlite:/home/ana/my project/mlflow.db";

describe("artifact address", () => {
  it.each<[string, ArtifactOwner, string]>([
    ["a run's file", run, "plots/roc.png"],
    ["the root", run, ""],
    ["a logged model", { kind: "loggedModel", modelId: "m-1" }, "MLmodel"],
    ["a model version", { kind: "modelVersion", modelName: "credit/größe ~- 100% & more?#", version: "3" }, "model.pkl"],
    ["a strange file name", run, "a b/100%?#~-.csv"],
    ["an emoji", { kind: "run", runId: "🚀" }, "🚀.json"],
  ])("comes back the same: %s", (_, owner, path) => {
    const parts = toArtifactUriParts({ storeId, owner, path });
    expect(parseArtifactUriParts(parts)).toEqual({ storeId, owner, path });
  });

  it("keeps the path readable and the query free of characters that URI encoders touch", () => {
    const parts = toArtifactUriParts({
      storeId: "https://h:5000/a%20b?x=1&y='(*)'!",
      owner: { kind: "modelVersion", modelName: "ä+ü~", version: "1" },
      path: "data/train.csv",
    });
    expect(parts.path).toBe("/data/train.csv");
    expect(parts.query).toMatch(/^[A-Za-z0-9\-._~]+$/);
    expect(encodeURIComponent(parts.query)).toBe(parts.query);
    expect(decodeURIComponent(parts.query)).toBe(parts.query);
  });

  it.each(["../secret", "a/../../b", "a\\..\\..\\b", "..", "C:\\Windows\\system.ini", "a\0b"])("refuses the path %j", (path) => {
    expect(() => toArtifactUriParts({ storeId, owner: run, path })).toThrow(expect.objectContaining({ code: "artifact/outside-root" }));
    expect(() => parseArtifactUriParts({ path: `/${path}`, query: toArtifactUriParts({ storeId, owner: run, path: "" }).query })).toThrow(
      expect.objectContaining({ code: "artifact/outside-root" }),
    );
  });

  it("drops doubled and trailing slashes, which editors add when they join paths", () => {
    const { query } = toArtifactUriParts({ storeId, owner: run, path: "" });
    expect(parseArtifactUriParts({ path: "//plots//roc.png/", query }).path).toBe("plots/roc.png");
  });

  it("allows names that only look like a way up", () => {
    const { query, path } = toArtifactUriParts({ storeId, owner: run, path: "..data/a..b" });
    expect(parseArtifactUriParts({ path, query }).path).toBe("..data/a..b");
  });

  it.each(["", "x", "s~-run", "s~-run~-", "~-run~-a", "s~-run~-a~-b", "s~-modelVersion~-a", "s~-other~-a", "s~-run~-~ZZ", "a~-b~-c~-d~-e"])(
    "refuses the query %j",
    (query) => {
      expect(() => parseArtifactUriParts({ path: "/a", query })).toThrow(expect.objectContaining({ code: "usage" }));
    },
  );

  it("refuses half a surrogate pair instead of crashing", () => {
    expect(() => toArtifactUriParts({ storeId, owner: { kind: "run", runId: "\ud800" }, path: "a" })).toThrow(
      expect.objectContaining({ code: "usage" }),
    );
  });
});
