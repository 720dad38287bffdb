import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { openFileStore } from "../../../src/adapters/mlflowFile/openFileStore";
import { createMlflowAliasTarget } from "../../../src/adapters/mlflowAlias/mlflowAliasTarget";
import { createRegistryByPython } from "../../../src/adapters/mlflowPython/registryByPython";
import { createRegistryByRest } from "../../../src/adapters/mlflowRest/registryByRest";
import type { RestConnection } from "../../../src/adapters/mlflowRest/restConnection";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { type RegistryWriter, registryWriter } from "../../../src/core/deployment/registryWriter";
import type { TargetSpec } from "../../../src/core/deployment/targetSpec";
import type { Store } from "../../../src/core/tracking/store";
import type { StoreLocation } from "../../../src/core/tracking/storeLocation";
import { targetSpec } from "../../builders/targetSpec";
import { deployDraft, deployTargetSuite, type TrialPlace, type TrialVersion } from "../../contract/deployTargetSuite";
import { openLive } from "../liveStore";
import { type MlflowMajor, MlflowServer, pythonEnv, venvOf } from "../mlflowServer";

/** A quote, a space and a sign of another script must arrive as they are. */
const NAME = "churn's “model” ü";
const SECRET = "hunter2-very-secret";
const scratch = mkdtempSync(join(tmpdir(), "mlops-alias-"));
const servers: MlflowServer[] = [];

afterAll(async () => {
  await Promise.all(servers.map((server) => server.kill()));
  rmSync(scratch, { recursive: true, force: true });
});

interface Registry {
  readonly uri: string;
  readonly location: StoreLocation;
  readonly server: MlflowServer | null;
}

const REGISTRIES: Readonly<Record<string, (major: MlflowMajor) => Promise<Registry>>> = {
  server: async (major) => {
    const folder = mkdtempSync(join(scratch, "server-"));
    const server = await MlflowServer.start({ major, folder, backend: "sqlite:///mlflow.db" });
    servers.push(server);
    return { uri: server.url, location: { kind: "rest", url: server.url }, server };
  },
  database: () => {
    const path = join(mkdtempSync(join(scratch, "database-")), "mlflow.db");
    return Promise.resolve({ uri: `sqlite:///${path}`, location: { kind: "sqlite", path }, server: null });
  },
  folder: () => {
    const path = join(mkdtempSync(join(scratch, "folder-")), "mlruns");
    return Promise.resolve({ uri: path, location: { kind: "file", path }, server: null });
  },
};

function open(location: StoreLocation): Promise<Store> {
  switch (location.kind) {
    case "rest":
      return openLive(location.url);
    case "sqlite":
      return openSqliteStore(location.path, NEVER_CANCELLED);
    case "file":
      return openFileStore(location.path, NEVER_CANCELLED);
  }
}

function writerOf(major: MlflowMajor): RegistryWriter {
  const connection = (url: string): RestConnection => ({
    url,
    credentials: () => Promise.resolve({ kind: "bearer", token: SECRET } as const),
    timeoutMs: 30_000,
  });
  return registryWriter(
    () => Promise.resolve(createRegistryByRest((url) => Promise.resolve(connection(url)))),
    () => Promise.resolve(createRegistryByPython(pythonEnv(major, { MLFLOW_TRACKING_TOKEN: SECRET }))),
  );
}

/** Models that the tests of one registry use up; made at once, because each start of Python takes seconds. */
const MODELS = 24;

function register({ uri }: Registry, major: MlflowMajor): void {
  const python = join(venvOf(major), "bin", "python");
  execFileSync(python, [join(import.meta.dirname, "registeredVersions.py"), uri, NAME, String(MODELS)], {
    cwd: scratch,
    env: pythonEnv(major),
    stdio: "ignore",
  });
}

interface Place extends TrialPlace {
  readonly location: StoreLocation;
}

const [V1, V2, V3] = ["1", "2", "3"].map((version): TrialVersion => ({ version, source: null })) as [
  TrialVersion,
  TrialVersion,
  TrialVersion,
];

async function aliasOf(location: StoreLocation, model: string, alias: string): Promise<string | null> {
  const store = await open(location);
  try {
    return (await store.getRegisteredModel(model, NEVER_CANCELLED)).aliases.get(alias) ?? null;
  } finally {
    store.dispose();
  }
}

async function stagesOf(location: StoreLocation, model: string): Promise<readonly string[]> {
  const store = await open(location);
  try {
    const { items } = await store.searchModelVersions(model, { pageSize: 10 }, NEVER_CANCELLED);
    return items.map(({ version, stage }) => `${version} ${stage}`).sort();
  } finally {
    store.dispose();
  }
}

describe.each([2, 3] as const)("MLflow %i", (major) => {
  const target = (): ReturnType<typeof createMlflowAliasTarget> => createMlflowAliasTarget({ open, writer: writerOf(major) });
  const python = (): string => join(venvOf(major), "bin", "python");

  describe.each(Object.keys(REGISTRIES))("%s", (kind) => {
    let shared: Registry | undefined;
    let isGone = false;
    let used = 0;
    const place = async (more: Partial<TargetSpec>): Promise<Place> => {
      if (shared === undefined) {
        shared = await (REGISTRIES[kind] as (major: MlflowMajor) => Promise<Registry>)(major);
        register(shared, major);
      }
      const { location, server } = shared;
      if (isGone) {
        await server?.restart();
        isGone = false;
      }
      used += 1;
      const model = `${NAME} ${used}`;
      const spec = targetSpec({ folder: scratch, model, store: location, alias: "champion", python: python(), timeoutMs: 60_000, ...more });
      const writing = { location, model, python: python(), folder: scratch };
      return {
        ...{ location, spec, versions: [V1, V2], broken: { version: "99", source: null }, input: null },
        holds: () => aliasOf(location, model, "champion"),
        moveElsewhere: ({ version }) => writerOf(major).setAlias(writing, "champion", version, NEVER_CANCELLED),
        takeAway:
          server === null
            ? null
            : async () => {
                isGone = true;
                await server.kill();
              },
      };
    };

    deployTargetSuite("mlflow_alias", { target, place: () => place({}), secret: SECRET, canTell: true });

    it("says that somebody else has moved the alias, and leaves it there", async () => {
      const { spec, versions, moveElsewhere, holds } = await place({});
      await moveElsewhere?.(versions[0]);
      const facts = await target().inspect(spec, NEVER_CANCELLED);
      const draft = deployDraft(spec, versions[1], { previous: facts.version });
      const steps = target().steps(draft, facts);
      await moveElsewhere?.(V3);
      for (const step of steps) {
        await expect(target().apply(draft, step, () => undefined, NEVER_CANCELLED)).rejects.toMatchObject({
          message: "Somebody else has moved the alias champion to version 3 meanwhile.",
        });
      }
      expect(await holds()).toBe("3");
    });

    it("moves a stage beside the alias, archives what was there, and takes a first release away again", async () => {
      const { spec, versions, location, holds } = await place({ stage: "Production" });
      const release = async (version: TrialVersion, previous: string | null, isRollback: boolean): Promise<void> => {
        const draft = deployDraft(spec, version, { previous, isRollback });
        const facts = await target().inspect(spec, NEVER_CANCELLED);
        for (const step of target().steps(draft, facts)) {
          await target().apply(draft, step, () => undefined, NEVER_CANCELLED);
        }
      };
      await release(versions[0], null, false);
      await release(versions[1], "1", false);
      expect(await holds()).toBe("2");
      expect(await stagesOf(location, spec.model)).toEqual(["1 Archived", "2 Production", "3 None", "4 None"]);
      expect(await target().health(spec, NEVER_CANCELLED)).toMatchObject({ state: "healthy", version: "2" });
      await release(versions[0], "2", true);
      expect(await stagesOf(location, spec.model)).toEqual(["1 Production", "2 Archived", "3 None", "4 None"]);
      const draft = deployDraft(spec, versions[0]);
      for (const step of target().removal?.(draft, await target().inspect(spec, NEVER_CANCELLED)) ?? []) {
        await target().apply(draft, step, () => undefined, NEVER_CANCELLED);
      }
      expect(await holds()).toBeNull();
      expect(await stagesOf(location, spec.model)).toEqual(["1 Archived", "2 Archived", "3 None", "4 None"]);
    });
  });
});
