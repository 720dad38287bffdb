import { isAppError, toUserText } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { plainYaml } from "../config/yaml/plainYaml";
import { decodeUtf8 } from "../tabular/utf8";
import type { TrackingStore } from "../tracking/trackingStore";
import type { ScoringInput } from "./deployTarget";

/** What a model is asked once it is released. */
export interface InputExample {
  readonly input: ScoringInput | null;
  /** Why there is none, one sentence; null where there is one. */
  readonly why: string | null;
}

const MODEL_FILE = "MLmodel";
const SERVING_FILE = "serving_input_example.json";
const MOST_BYTES = 1_000_000;
/** A plan is shown and kept whole. */
const MOST_TEXT = 64_000;
/** Enough to see that the model answers. */
const MOST_ROWS = 5;

/**
 * The model's own input example, as MLflow keeps it among the version's files, in the form that its scoring server takes. At most five rows
 * of it.
 */
export async function readInputExample(
  store: Pick<TrackingStore, "readArtifact">,
  model: string,
  version: string,
  signal: CancelSignal,
): Promise<InputExample> {
  const read = async (path: string): Promise<string | null> => {
    try {
      const owner = { kind: "modelVersion", modelName: model, version } as const;
      const bytes = await store.readArtifact(owner, path, { maxBytes: MOST_BYTES }, signal);
      return decodeUtf8(bytes, 0, bytes.length);
    } catch (error) {
      signal.throwIfAborted();
      if (isAppError(error, "artifact/not-found")) {
        return null;
      }
      throw error;
    }
  };
  try {
    const description = await read(MODEL_FILE);
    if (description === null) {
      return none(`The files of version ${version} hold no ${MODEL_FILE}.`);
    }
    const info = exampleInfo(description);
    if (info === null) {
      return none(`Version ${version} was logged without an input example.`);
    }
    const serving = await read(info.serving ?? SERVING_FILE);
    const text = serving ?? (info.example === null ? null : await read(info.example));
    if (text === null) {
      return none(`The input example that ${MODEL_FILE} of version ${version} names is not there.`);
    }
    return toInput(text, serving !== null, info.isSplit, version);
  } catch (error) {
    signal.throwIfAborted();
    if (!isAppError(error)) {
      throw error;
    }
    return none(`The input example of version ${version} cannot be read: ${toUserText(error)}`);
  }
}

interface ExampleInfo {
  readonly serving: string | null;
  readonly example: string | null;
  readonly isSplit: boolean;
}

/** What `saved_input_example_info` of an MLmodel says; null where the model was logged without an example. */
function exampleInfo(text: string): ExampleInfo | null {
  const read = plainYaml(text, { schema: "failsafe" });
  const root = read.problem === null ? read.value : null;
  const info = field(root, "saved_input_example_info");
  if (!isRecord(info)) {
    return null;
  }
  return {
    serving: textIn(info, "serving_input_path"),
    example: textIn(info, "artifact_path"),
    isSplit: textIn(info, "type") === "dataframe" && textIn(info, "pandas_orient") !== "records",
  };
}

function toInput(text: string, isServing: boolean, isSplit: boolean, version: string): InputExample {
  const unusable = none(`The input example of version ${version} is not in a form that can be sent.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unusable; // Python writes NaN, which is no JSON.
  }
  const input = isServing ? servingInput(value) : isSplit ? splitInput(value) : isRecord(value) ? servingInput(value) : null;
  if (input === null) {
    return unusable;
  }
  return JSON.stringify(input).length > MOST_TEXT
    ? none(`The input example of version ${version} is too large to be part of a plan.`)
    : { input, why: null };
}

function servingInput(value: unknown): ScoringInput | null {
  const [split, records, inputs, instances] = ["dataframe_split", "dataframe_records", "inputs", "instances"].map((key) =>
    field(value, key),
  );
  return (
    splitInput(split) ??
    (Array.isArray(records) ? { dataframe_records: firstRows(records) } : null) ??
    (inputs == null ? null : { inputs: firstRows(inputs) }) ??
    (instances == null ? null : { instances: firstRows(instances) })
  );
}

function splitInput(value: unknown): ScoringInput | null {
  const [columns, data] = [field(value, "columns"), field(value, "data")];
  return Array.isArray(columns) && Array.isArray(data)
    ? { dataframe_split: { columns, data: firstRows(data) as readonly unknown[] } }
    : null;
}

/** Rows of a list; columns by name are cut alike, so that they stay of one length. A list of plain values is one row. */
function firstRows<T>(value: T): T {
  if (Array.isArray(value)) {
    return value.every((row) => typeof row === "object" && row !== null) ? (value.slice(0, MOST_ROWS) as T) : value;
  }
  return isRecord(value) && Object.values(value).every((column) => Array.isArray(column))
    ? (Object.fromEntries(Object.entries(value).map(([name, column]) => [name, (column as readonly unknown[]).slice(0, MOST_ROWS)])) as T)
    : value;
}

function none(why: string): InputExample {
  return { input: null, why };
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function textIn(record: Record<string, unknown>, name: string): string | null {
  const value = field(record, name);
  return typeof value === "string" && value !== "" ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
