import type { CancelSignal } from "../../base/cancel";
import { textPositions } from "../../base/textPositions";
import type { AutomationFact, DetectedPipeline, PipelineRuns } from "../lintFacts";
import { automationRoot, retrainedProduct } from "../retrainCall";
import { taskTimeout } from "../sources/airflow";
import type { PipelineFile } from "../sources/pipelineSource";
import type { FileIndex } from "./fileIndex";
import type { WorkspaceFiles } from "./lintPorts";
import { configKindOf } from "./lintTarget";
import type { ReadPipeline } from "./pipelineFiles";
import { folderOf, foldersUp, inFolder, relativePath, resolvePath } from "./workspacePath";

const CRONTAB = /(?:^|\/)(?:crontab(?:\.\w+)?|[^/]+\.(?:cron|crontab))$/;

/** Without those that train through a product's own file: they do not say how the model is made. */
export function toDetected(folder: string, near: readonly ReadPipeline[]): readonly DetectedPipeline[] {
  return near
    .filter(({ file }) => placesIn(file).call === null)
    .map(({ source, file }) => ({
      path: relativePath(folder, file.path),
      tool: source.tool,
      schedule: file.facts.schedule,
      python: file.facts.python,
      timeout: file.facts.timeout,
      runs: toRuns(folder, source.productFolder(file.path), file),
    }));
}

function toRuns(folder: string, root: string, file: PipelineFile): PipelineRuns {
  const { facts, parts } = file;
  const { image, commands, workingDir } = facts;
  return {
    names: parts.map(({ name }) => name),
    image,
    commands,
    environments: environmentsOf(folder, root, facts.environments),
    workingDir,
    lines: placesIn(file).lines,
  };
}

/** What is found in a file by looking through it, which does not depend on who asks. */
interface Places {
  readonly lines: PipelineRuns["lines"];
  /** The command that trains through a product's file, and its line; null where there is none. */
  readonly call: { readonly named: string; readonly line: number } | null;
  /** The time limit of the job that trains. */
  readonly timeout: string | null;
}

const known = new WeakMap<PipelineFile, Places>();

/** Looked for once a file: each of a thousand products asks about the files around it. */
function placesIn(file: PipelineFile): Places {
  let places = known.get(file);
  if (places === undefined) {
    const { text, tool, facts } = file;
    const lineAt = textPositions(text);
    const said = { schedule: facts.schedule, image: facts.image, command: facts.commands[0] ?? null, workingDir: facts.workingDir };
    const lines = Object.entries(said).flatMap(([what, words]) => {
      const at = words === null ? -1 : text.indexOf(words.split("\n", 1)[0] ?? words);
      return at === -1 ? [] : [[what, lineAt(at).line] as const];
    });
    const named = facts.commands.map(retrainedProduct).find((one) => one !== null) ?? null;
    places = {
      lines: Object.fromEntries(lines),
      call: named === null ? null : { named, line: lineAt(Math.max(0, text.indexOf(named))).line },
      timeout: named !== null && tool === "airflow" ? taskTimeout(text) : facts.timeout,
    };
    known.set(file, places);
  }
  return places;
}

function environmentsOf(folder: string, root: string, named: readonly string[]): readonly string[] {
  return named.flatMap((path) => {
    const place = resolvePath(root, path);
    return place === null ? [] : [relativePath(folder, place)];
  });
}

/** What trains the product of a file, and what trains one that is not there any more. @param config the product's file, in the workspace. */
export async function gatherAutomations(
  config: string,
  near: readonly ReadPipeline[],
  index: FileIndex,
  files: Pick<WorkspaceFiles, "readText">,
  signal: CancelSignal,
): Promise<readonly AutomationFact[]> {
  const folder = folderOf(config);
  const ofFiles = near.flatMap(({ file }): readonly AutomationFact[] => {
    const { call, timeout } = placesIn(file);
    if (call === null) {
      return [];
    }
    const { schedule, image, environments } = file.facts;
    const root = automationRoot(file.path);
    return [
      {
        path: relativePath(folder, file.path),
        ...standing(config, root, call.named, index),
        names: call.named,
        schedule,
        timeout,
        image,
        environments: environmentsOf(folder, root, environments),
        line: call.line,
      },
    ];
  });
  const ofCron = await Promise.all(
    crontabs(folder, index).map(async (path) => {
      const text = await files.readText(path, signal).catch(() => null);
      signal.throwIfAborted();
      return text === null ? [] : ofCrontab(config, path, text, index);
    }),
  );
  return [...ofFiles, ...ofCron.flat()];
}

function standing(config: string, root: string, named: string, index: FileIndex): Pick<AutomationFact, "config"> {
  const place = resolvePath(root, named);
  // What lies outside of the workspace may well be there.
  const isThere = place === null || index.hasFile(place) || index.hasFile(inFolder(place, "mlops.yaml"));
  const isThis = place === config || (place !== null && configKindOf(place) === null && inFolder(place, "mlops.yaml") === config);
  return { config: isThis ? "this" : isThere ? "other" : "gone" };
}

/** In the product's folder and those above. */
function crontabs(folder: string, index: FileIndex): readonly string[] {
  return foldersUp(folder).flatMap((place) => index.namesIn(place).flatMap((name) => (CRONTAB.test(name) ? [inFolder(place, name)] : [])));
}

/** Times are the first five words of a line, or one that begins with an "@". */
function ofCrontab(config: string, path: string, text: string, index: FileIndex): readonly AutomationFact[] {
  return text.split(/\r?\n/).flatMap((line, at): readonly AutomationFact[] => {
    const [, schedule = "", command = ""] = /^\s*(@\w+|(?:[^\s#]+\s+){4}[^\s#]+)\s+(.*)$/.exec(line) ?? [];
    const named = retrainedProduct(command);
    return named === null
      ? []
      : [
          {
            path: relativePath(folderOf(config), path),
            ...standing(config, folderOf(path), named, index),
            names: named,
            schedule,
            timeout: null,
            image: null,
            environments: [],
            line: at,
          },
        ];
  });
}
