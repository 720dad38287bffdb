import { plainYaml } from "../../config/yaml/plainYaml";
import type { CancelSignal } from "../../base/cancel";
import type { EvaluationFact, Fact } from "../lintFacts";
import type { WorkspaceFiles } from "./lintPorts";
import { readParsed } from "./readParsed";
import { reasonOf } from "./reasonOf";
import { resolvePath } from "./workspacePath";

/** What an evaluation's report says of itself; null where there is no report. */
export async function gatherEvaluation(
  report: string | undefined,
  folder: string,
  files: WorkspaceFiles,
  signal: CancelSignal,
): Promise<Fact<EvaluationFact | null>> {
  const path = report === undefined ? null : resolvePath(folder, report);
  if (path === null) {
    return { known: true, value: null };
  }
  const kind = /\.(json|ya?ml)$/i.exec(path)?.[1]?.toLowerCase();
  try {
    if (kind === undefined) {
      const { kind: found } = await files.look(path, signal);
      return found === "missing" ? { known: true, value: null } : { known: false, why: "it is no JSON file" };
    }
    return { known: true, value: await readParsed(files, path, kind === "json" ? readJsonReport : readYamlReport, signal) };
  } catch (error) {
    signal.throwIfAborted();
    return { known: false, why: reasonOf(error) };
  }
}

function readJsonReport(text: string): EvaluationFact {
  try {
    // Python writes NaN and Infinity, which JSON does not know.
    return toEvaluation(
      JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) => (part.startsWith('"') ? part : "null"))),
    );
  } catch {
    throw new Error("it is no JSON");
  }
}

function readYamlReport(text: string): EvaluationFact {
  const read = plainYaml(text);
  if (read.problem !== null) {
    throw new Error(text.length > 1_000_000 ? "it is larger than 1 MB" : "it is no YAML");
  }
  return toEvaluation(read.value);
}

const VERSION_KEYS = ["model_version", "registered_model_version"];
const RUN_KEYS = ["run_id", "mlflow_run_id", "mlflow.run_id", "source_run_id"];
const DIGEST_KEYS = ["model_digest", "mlops.digest"];
const COMMIT_KEYS = ["commit", "git_commit", "commit_sha", "commit_hash", "git_sha", "git_hash", "mlflow.source.git.commit"];
const DATE_KEYS = ["date", "evaluated_at", "evaluation_date", "created_at", "generated_at", "timestamp", "datetime"];
/** Blocks that say something about the evaluation; figures stand in others. */
const BLOCKS = ["evaluation", "report", "metadata", "meta", "info", "run", "git", "tags"];
const MODEL_BLOCKS = ["model", "registered_model"];
const MOST_DEPTH = 3;

/** Names are compared without regard to `modelVersion` or `model_version`. */
function toEvaluation(root: unknown): EvaluationFact {
  const blocks = blocksOf(root, 0);
  const models = blocks.flatMap((block) => MODEL_BLOCKS.flatMap((key) => recordOf(block.get(key)) ?? []));
  const runs = blocks.flatMap((block) => recordOf(block.get("run")) ?? []);
  const runId = firstText(blocks, RUN_KEYS) ?? firstText(models, RUN_KEYS) ?? firstText(runs, ["id"]);
  const digest = digestOf(firstText(blocks, DIGEST_KEYS) ?? firstText(models, ["digest", ...DIGEST_KEYS]));
  return {
    modelVersion: firstText(blocks, VERSION_KEYS) ?? firstText(models, ["version"]),
    commit: commitOf(firstText(blocks, COMMIT_KEYS) ?? firstText(models, COMMIT_KEYS)),
    date: dateOf(first(blocks, DATE_KEYS)),
    ...(runId === null ? {} : { runId }),
    ...(digest === null ? {} : { digest }),
  };
}

type Block = ReadonlyMap<string, unknown>;

/** The root and the blocks in it that describe the evaluation, nearest first. */
function blocksOf(value: unknown, depth: number): readonly Block[] {
  const block = recordOf(value);
  if (block === null || depth > MOST_DEPTH) {
    return [];
  }
  return [block, ...BLOCKS.flatMap((key) => blocksOf(block.get(key), depth + 1))];
}

function recordOf(value: unknown): Block | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? new Map(Object.entries(value).map(([key, part]) => [plainKey(key), part]))
    : null;
}

function plainKey(key: string): string {
  return key
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[\s-]/g, "_");
}

function first(blocks: readonly Block[], keys: readonly string[]): unknown {
  for (const block of blocks) {
    const key = keys.find((name) => typeof block.get(name) === "string" || typeof block.get(name) === "number");
    if (key !== undefined) {
      return block.get(key);
    }
  }
  return undefined;
}

function firstText(blocks: readonly Block[], keys: readonly string[]): string | null {
  const value = first(blocks, keys);
  const text = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
  return text === "" ? null : text;
}

function commitOf(text: string | null): string | null {
  return text !== null && /^[0-9a-f]{4,64}$/i.test(text) ? text : null;
}

function digestOf(text: string | null): string | null {
  return text !== null && /^(?:sha256:)?[0-9a-f]{64}$/i.test(text) ? text : null;
}

/** YYYY-MM-DD, from a text that begins with it or from seconds or milliseconds since 1970. */
function dateOf(value: unknown): string | null {
  if (typeof value === "string") {
    return /^\d{4}-\d{2}-\d{2}(?!\d)/.exec(value.trim())?.[0] ?? null;
  }
  // A number of seconds would be before 1973 if it were milliseconds.
  const time = typeof value === "number" && value > 0 ? (value < 1e11 ? value * 1000 : value) : NaN;
  return time < 8.64e15 ? new Date(time).toISOString().slice(0, 10) : null;
}
