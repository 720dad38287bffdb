import { plainYaml } from "../../config/yaml/plainYaml";

/** What the stages of one dvc.yaml or dvc.lock read and write; paths as written, relative to the stage's working folder. */
export interface DvcStages {
  readonly stages: readonly DvcStage[];
}

export interface DvcStage {
  readonly name: string;
  /** Relative to the file's folder; only dvc.yaml has it. */
  readonly workingFolder: string | null;
  readonly outputs: readonly string[];
  readonly dependencies: readonly string[];
}

/** The library needs about a second for a megabyte. */
const LONGEST = 1_000_000;

/**
 * Reads a dvc.yaml or a dvc.lock.
 * @throws Error with a sentence when it is too large or no YAML.
 */
export function readDvcStages(text: string): DvcStages {
  if (text.length > LONGEST) {
    throw new Error("it is larger than 1 MB");
  }
  const read = plainYaml(text, { lexemes: LONGEST });
  if (read.problem !== null) {
    throw new Error("it is no YAML");
  }
  const root = read.value;
  // Before its second version the lock had the stages at the top.
  const stages = recordOf(recordOf(root)["stages"] ?? root);
  return { stages: Object.entries(stages).map(([name, stage]) => readStage(name, recordOf(stage))) };
}

/** A stage that is repeated keeps its parts under `do`; names with templates in them match no file and do no harm. */
function readStage(name: string, stage: Record<string, unknown>): DvcStage {
  const body = "do" in stage ? recordOf(stage["do"]) : stage;
  return {
    name,
    workingFolder: typeof body["wdir"] === "string" ? body["wdir"] : null,
    outputs: ["outs", "metrics", "plots"].flatMap((key) => pathsOf(body[key])),
    dependencies: pathsOf(body["deps"]),
  };
}

/** An item is a path, in a lock a block with `path`, or in dvc.yaml a block whose only key is the path. `cache: false` leaves it to git. */
function pathsOf(list: unknown): readonly string[] {
  return (Array.isArray(list) ? list : []).flatMap((item: unknown) => {
    if (typeof item === "string") {
      return [item];
    }
    const block = recordOf(item);
    if (typeof block["path"] === "string") {
      return [block["path"]];
    }
    return Object.entries(block).flatMap(([path, options]) => (recordOf(options)["cache"] === false ? [] : [path]));
  });
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}
