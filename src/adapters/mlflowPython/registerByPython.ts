import type { CancelSignal } from "../../core/base/cancel";
import type { RegisterWish } from "../../core/training/outcome/modelRegistrar";
import { storeUri } from "../node/storeUri";
import { REGISTER_SCRIPT } from "./registerScript";
import { runPython } from "./runPython";

/** Before what the script answers, since libraries print what they like. */
const ANSWER = "mlops-registered:";

/**
 * Registers a run's model in a database or folder with the product's own MLflow, so that the store is written by the tool and the version
 * it belongs to. The words of the model go to Python as one argument, never through a shell.
 * @param env of this process, which may hold logins of a store of artifacts.
 */
export async function registerByPython(
  wish: RegisterWish,
  env: Readonly<Record<string, string | undefined>>,
  signal: CancelSignal,
): Promise<{ readonly version: string }> {
  const { location, runId, model, source, description, tags, plan } = wish;
  const python = plan.facts.python?.path ?? (process.platform === "win32" ? "python" : "python3");
  const uri = storeUri(location);
  const modelUri = source.kind === "logged" ? `models:/${source.modelId}` : `runs:/${runId}/${source.path}`;
  const words = JSON.stringify({ uri, runId, model, modelUri, description, tags });
  const about = { script: REGISTER_SCRIPT, words, answer: ANSWER, what: "register the model" };
  return { version: await runPython({ ...about, python, folder: plan.spec.folder, uri, env }, signal) };
}
