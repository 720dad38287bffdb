import { createMlflowServeTarget } from "../../../src/adapters/mlflowServe/mlflowServeTarget";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import { createRayServeTarget } from "../../../src/adapters/ray/rayServeTarget";
import type { DeployTarget } from "../../../src/core/deployment/deployTarget";
import type { DeployWorld } from "../../../src/core/deployment/deployWorld";
import { aVersion, deployWorld } from "../../builders/deployWorld";
import { MemoryStore } from "../../fakes/memoryStore";

/** What serves, as it can be handed to another process. */
export type Serving =
  | { readonly kind: "mlflow_serve"; readonly runner: string; readonly database: string; readonly python: string }
  | { readonly kind: "ray_serve" };

/** A registry whose versions have an input example: for an application of Ray, which loads what it likes. */
class Registry extends MemoryStore {
  override versions = ["1", "2", "15"].map((version) => aVersion(version));
  override readonly readArtifact: MemoryStore["readArtifact"] = (_, path) =>
    Promise.resolve(
      new TextEncoder().encode(
        path === "MLmodel" ? "saved_input_example_info:\n  serving_input_path: serving_input_example.json\n" : '{"inputs": [[1], [2]]}',
      ),
    );
}

/** The world of a folder whose target really serves. @param at told before and after each call of the target that changes something. */
export function servingWorld(root: string, serving: Serving, at: (what: string) => void = () => undefined): DeployWorld {
  const target = targetOf(serving);
  const apply: DeployTarget["apply"] = async (draft, step, log, signal) => {
    at(`before ${step.id}`);
    await target.apply(draft, step, log, signal);
    at(`after ${step.id}`);
  };
  const watched: DeployTarget = Object.assign(Object.create(target) as DeployTarget, { apply });
  return deployWorld(
    root,
    watched,
    serving.kind === "ray_serve"
      ? { openStore: () => Promise.resolve(new Registry()) }
      : {
          openStore: (_, signal) => openSqliteStore(serving.database, signal),
          storeOf: () => ({ kind: "sqlite", path: serving.database }),
          python: () => Promise.resolve(serving.python),
        },
  );
}

function targetOf(serving: Serving): DeployTarget {
  return serving.kind === "ray_serve"
    ? createRayServeTarget({ secrets: () => Promise.resolve({ token: null, login: null }) })
    : createMlflowServeTarget({
        ...{ runner: serving.runner, execPath: process.execPath, env: process.env },
        secrets: () => Promise.resolve({}),
      });
}
