import { describe, expect, it } from "vitest";

import { createMlflowAliasTarget } from "../../../src/adapters/mlflowAlias/mlflowAliasTarget";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { DeployDraft } from "../../../src/core/deployment/deployTarget";
import { aVersion } from "../../builders/deployWorld";
import { targetSpec } from "../../builders/targetSpec";
import { MemoryStore } from "../../fakes/memoryStore";

/** A registry in which somebody may change something between plan and step, which real ones cannot be made to do at that moment. */
class Registry {
  readonly aliases = new Map<string, string>();
  readonly stages = new Map<string, string>();
  readonly sent: string[] = [];

  /** @returns the error with which the first step of the plan ends; null where it is carried out. */
  async step(place: { readonly alias: string | null; readonly stage: string | null }, more: Partial<DeployDraft>): Promise<string | null> {
    const spec = targetSpec({ store: { kind: "sqlite", path: "/nowhere/mlflow.db" }, ...place });
    const draft: DeployDraft = {
      ...{ deploymentId: "churn-20261130-120000-a1b2c3", spec, version: "2", previous: "1", isRollback: false, source: null, digest: null },
      ...more,
    };
    const target = createMlflowAliasTarget({
      open: () => Promise.resolve(this.store()),
      writer: {
        setAlias: (_place, alias, version) => this.send(`${alias} to ${version}`, () => this.aliases.set(alias, version)),
        deleteAlias: (_place, alias) => this.send(`${alias} away`, () => this.aliases.delete(alias)),
        moveStage: (_place, version, stage) => this.send(`${version} to ${stage}`, () => this.stages.set(version, stage)),
      },
    });
    const [step] = target.steps(draft, await target.inspect(spec, NEVER_CANCELLED));
    try {
      await target.apply(draft, step ?? expect.fail("there is no step"), () => undefined, NEVER_CANCELLED);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  private send(what: string, change: () => void): Promise<void> {
    this.sent.push(what);
    change();
    return Promise.resolve();
  }

  private store(): MemoryStore {
    const store = new MemoryStore();
    const nothing = { description: "", creationTime: null, lastUpdatedTime: null, tags: new Map<string, string>(), versionCount: null };
    store.models = [{ ...nothing, name: "churn", aliases: new Map(this.aliases) }];
    store.versions = ["3", "2", "1"].map((version) => aVersion(version, { stage: this.stages.get(version) ?? "None" }));
    return store;
  }
}

const ALIAS = { alias: "champion", stage: null };
const STAGE = { alias: null, stage: "Production" };

describe("an alias or a stage that changed between plan and step", () => {
  it("is moved where it is as planned, also where it holds the version already", async () => {
    const registry = new Registry();
    expect(await registry.step(ALIAS, { previous: null })).toBeNull();
    expect(await registry.step(ALIAS, { version: "3", previous: "2" })).toBeNull();
    expect(await registry.step(ALIAS, { version: "3", previous: "2" })).toBeNull();
    expect(registry.sent).toEqual(["champion to 2", "champion to 3"]);
  });

  it("is left where somebody else moved it to another version", async () => {
    const registry = new Registry();
    registry.aliases.set("champion", "3");
    expect(await registry.step(ALIAS, {})).toBe("Somebody else has moved the alias champion to version 3 meanwhile.");
    registry.stages.set("3", "Production");
    expect(await registry.step(STAGE, {})).toBe("Somebody else has moved the stage Production to version 3 meanwhile.");
    expect(registry.sent).toEqual([]);
  });

  it("is left where somebody else took it away, and not set again without a word", async () => {
    const registry = new Registry();
    expect(await registry.step(ALIAS, {})).toBe("Somebody else has moved the alias champion meanwhile: it holds no version any more.");
    expect(await registry.step(STAGE, {})).toBe("Somebody else has moved the stage Production meanwhile: it holds no version any more.");
    expect(registry.sent).toEqual([]);
  });

  it("is left on the way back, too", async () => {
    const registry = new Registry();
    expect(await registry.step(ALIAS, { version: "1", previous: "2", isRollback: true })).toMatch(/holds no version any more/);
    expect(registry.sent).toEqual([]);
  });
});
