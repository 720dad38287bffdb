import * as vscode from "vscode";

import { mayBePipeline } from "../../core/lint/sources/allSources";
import { detectPipelines } from "../../core/lint/sources/detectPipelines";
import { folderOf } from "../../core/lint/workspace/workspacePath";
import type { NewModelFacts } from "../../core/newModel/newModelQuestion";
import { DEFAULT_FILE } from "../../core/newModel/newModelQuestions";
import type { ConfigParts, LintPlace } from "./configParts";
import { filesAround, peopleAround } from "./knownValues";

/** Pipelines are told by their text; more texts are not read on the way. */
const MOST_TEXTS = 300;

/** What may answer the questions for a new model in a folder. What cannot be had is not offered; it never stops anybody. */
export async function factsOfFolder(
  folder: vscode.Uri,
  taken: readonly string[],
  { lint, shell }: ConfigParts,
  today: string,
  signal: AbortSignal,
): Promise<NewModelFacts> {
  const place = lint.worldOf(vscode.Uri.joinPath(folder, DEFAULT_FILE));
  if (place === undefined) {
    return { people: [], pipelines: [], files: [], taken };
  }
  const orNone = async <T>(work: Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await work;
    } catch (error) {
      if (!signal.aborted) {
        shell.log.debug(`Nothing is offered for a new model: ${String(error)}`);
      }
      return [];
    }
  };
  const [people, files, pipelines] = await Promise.all([
    orNone(peopleAround(place, today, signal)),
    orNone(filesAround(place, signal)),
    orNone(pipelinesAround(place, signal)),
  ]);
  return { people, files, pipelines, taken };
}

/** Those in the folder first. */
async function pipelinesAround({ path: file, ports: { files } }: LintPlace, signal: AbortSignal): Promise<NewModelFacts["pipelines"]> {
  const paths = (await files.list(signal)).filter(mayBePipeline).slice(0, MOST_TEXTS);
  const found: { path: string; text: string }[] = [];
  for (const path of paths) {
    const text = await files.readText(path, signal);
    if (text !== null) {
      found.push({ path, text });
    }
  }
  const pipelines = detectPipelines(found, folderOf(file));
  const isNear = ({ path }: { readonly path: string }): boolean => !path.startsWith("../");
  return [...pipelines.filter(isNear), ...pipelines.filter((pipeline) => !isNear(pipeline))];
}
