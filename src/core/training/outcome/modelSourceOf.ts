import type { CancelSignal } from "../../base/cancel";
import type { Run } from "../../tracking/run";
import type { Store } from "../../tracking/store";
import type { ModelSource } from "./modelRegistrar";

/** MLflow 2 notes each model that a run logged in this tag, as a JSON list. */
const HISTORY_TAG = "mlflow.log-model.history";

/** The model that a run logged, the last of several; null where it logged none. */
export async function modelSourceOf(store: Store, run: Run, signal: CancelSignal): Promise<ModelSource | null> {
  const logged = [...run.outputs].sort((a, b) => a.step - b.step).at(-1);
  if (logged !== undefined) {
    return { kind: "logged", modelId: logged.modelId };
  }
  const noted = lastNoted(run.tags.get(HISTORY_TAG));
  if (noted !== null) {
    return { kind: "artifact", path: noted };
  }
  const owner = { kind: "run", runId: run.runId } as const;
  for (const entry of await store.listArtifacts(owner, "", signal)) {
    const files = entry.isDirectory ? await store.listArtifacts(owner, entry.path, signal) : [];
    if (files.some(({ path }) => path === `${entry.path}/MLmodel`)) {
      return { kind: "artifact", path: entry.path };
    }
  }
  return null;
}

function lastNoted(text: string | undefined): string | null {
  try {
    const list: unknown = text === undefined ? null : JSON.parse(text);
    const last: unknown = Array.isArray(list) ? list.at(-1) : null;
    const path = typeof last === "object" && last !== null && "artifact_path" in last ? last.artifact_path : null;
    return typeof path === "string" && path !== "" && !path.split("/").includes("..") ? path : null;
  } catch {
    return null; // Cut off by a limit of the store; the folders tell as well.
  }
}
