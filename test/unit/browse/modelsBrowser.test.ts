import { beforeEach, describe, expect, it } from "vitest";

import { BrowseOptionsHolder, DEFAULT_BROWSE_OPTIONS } from "../../../src/core/browse/browseOptions";
import { ModelsBrowser } from "../../../src/core/browse/modelsBrowser";
import type { BrowseNode } from "../../../src/core/browse/node";
import { MLFLOW_TAG } from "../../../src/core/tracking/run";
import type { ModelVersion } from "../../../src/core/tracking/registeredModel";
import { StoreCatalog } from "../../../src/core/tracking/storeCatalog";
import { aRun, MemoryStore } from "../../fakes/memoryStore";

const signal = new AbortController().signal;
const aVersion = (version: string, changes: Partial<ModelVersion> = {}): ModelVersion => ({
  modelName: "churn",
  version,
  stage: "None",
  status: "READY",
  statusMessage: "",
  runId: null,
  source: "",
  storageLocation: null,
  userId: "",
  description: "",
  creationTime: 1,
  lastUpdatedTime: 1,
  aliases: [],
  tags: new Map(),
  ...changes,
});

let store: MemoryStore;
let catalog: StoreCatalog;
let browser: ModelsBrowser;
let changed: (BrowseNode | null)[];
beforeEach(() => {
  store = new MemoryStore();
  store.models = [
    {
      name: "churn",
      description: "",
      creationTime: 1,
      lastUpdatedTime: 1,
      tags: new Map(),
      aliases: new Map([["champion", "2"]]),
      versionCount: 2,
    },
  ];
  store.versions = [aVersion("2", { runId: "r2", aliases: ["champion"] }), aVersion("1", { runId: "gone" })];
  store.runs = [
    aRun("r2", {
      tags: new Map([[MLFLOW_TAG.gitCommit, "abc123"]]),
      inputs: [{ name: "train", digest: "d1", sourceType: "local", source: "{}", schema: null, profile: null, context: "training" }],
    }),
  ];
  catalog = new StoreCatalog({ open: () => Promise.resolve(store) }, () => 0);
  browser = new ModelsBrowser(catalog, new BrowseOptionsHolder(DEFAULT_BROWSE_OPTIONS));
  changed = [];
  browser.onDidChange((node) => changed.push(node));
  catalog.setFound([{ location: { kind: "file", path: "/a" }, label: "a", origin: "folder" }]);
});

describe("the Models view", () => {
  it("leads from a model to its version's run, commit, data and artifacts", async () => {
    const [model] = await browser.roots(signal);
    const versions = await browser.children(model!, signal);
    expect(versions.map((node) => node.kind === "version" && [node.version.version, node.run?.runId ?? null])).toEqual([
      ["2", "r2"],
      ["1", null],
    ]);
    const facts = await browser.children(versions[0]!, signal);
    expect(facts.map((node) => (node.kind === "fact" ? [node.fact, node.value] : node.kind))).toEqual([
      "run",
      ["commit", "abc123"],
      ["dataset", "training · d1"],
      "artifacts",
    ]);
    // A version whose run is gone still has its files.
    expect((await browser.children(versions[1]!, signal)).map((node) => node.kind)).toEqual(["artifacts"]);
  });

  it("draws only the version whose alias moved", async () => {
    const [model] = await browser.roots(signal);
    const versions = await browser.children(model!, signal);
    store.versions = [aVersion("2", { runId: "r2" }), aVersion("1", { runId: "gone", aliases: ["champion"] })];
    store.nextChange = { experiments: [], runs: [], models: ["churn"] };
    changed = [];
    await catalog.poll(signal);
    await new Promise((resolve) => setTimeout(resolve));
    expect(new Set(changed)).toEqual(new Set(versions));
    expect(versions[1]?.kind === "version" && versions[1].version.aliases).toEqual(["champion"]);
  });

  it("says that there are no models", async () => {
    store.models = [];
    expect(await browser.roots(signal)).toMatchObject([{ kind: "empty", reason: "noModels" }]);
  });
});
