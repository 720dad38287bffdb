import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { RegistryPlace, RegistryWriter } from "../../core/deployment/registryWriter";
import { storeUri } from "../node/storeUri";
import { runPython } from "./runPython";

const ANSWER = "mlops-moved:";
/** Changes one alias or one stage with the product's own MLflow, 2 or 3, and answers what it did. */
const SCRIPT = `
import json, sys, warnings
warnings.simplefilter("ignore")
from mlflow.tracking import MlflowClient

wish = json.loads(sys.argv[1])
client = MlflowClient(tracking_uri=wish["uri"], registry_uri=wish["uri"])
if wish["do"] == "set":
    client.set_registered_model_alias(wish["model"], wish["alias"], wish["version"])
elif wish["do"] == "delete":
    client.delete_registered_model_alias(wish["model"], wish["alias"])
else:
    client.transition_model_version_stage(wish["model"], wish["version"], wish["stage"], wish["archive"])
print("mlops-moved:" + wish["do"])
`;

/**
 * Moves aliases and stages in databases and folders with the product's own MLflow, so that the store is written by the tool and the version
 * it belongs to.
 */
export function createRegistryByPython(env: Readonly<Record<string, string | undefined>>): RegistryWriter {
  const run = async (
    { location, model, python, folder }: RegistryPlace,
    wish: object,
    what: string,
    signal: CancelSignal,
  ): Promise<void> => {
    if (python === null) {
      throw new AppError("usage", "No Python was found that could move the alias.", {
        remedy: "Name it in python, such as .venv/bin/python.",
      });
    }
    const uri = storeUri(location);
    const words = JSON.stringify({ uri, model, ...wish });
    await runPython({ python, folder, uri, script: SCRIPT, words, answer: ANSWER, env, what }, signal);
  };
  return {
    setAlias: (place, alias, version, signal) => run(place, { do: "set", alias, version }, "set the alias", signal),
    deleteAlias: (place, alias, signal) => run(place, { do: "delete", alias }, "delete the alias", signal),
    moveStage: (place, version, stage, archive, signal) => run(place, { do: "stage", version, stage, archive }, "move the stage", signal),
  };
}
