import type { LifecycleStage } from "../../core/tracking/experiment";
import type { RunStatus } from "../../core/tracking/run";
import type { Meta } from "./metaYaml";

/** A text field; "" where it is absent, null or not a scalar. */
export function textField(meta: Meta, key: string): string {
  const value = meta.get(key);
  return typeof value === "string" ? value : "";
}

/** A text field, or null where it is absent, null or empty. */
export function optionalField(meta: Meta, key: string): string | null {
  const value = textField(meta, key);
  return value === "" ? null : value;
}

/** A time in milliseconds, or null where there is none. */
export function timeField(meta: Meta, key: string): number | null {
  const text = textField(meta, key).trim();
  const value = Number(text);
  return text === "" || !Number.isFinite(value) ? null : Math.trunc(value);
}

export function lifecycleField(meta: Meta): LifecycleStage {
  return textField(meta, "lifecycle_stage") === "deleted" ? "deleted" : "active";
}

/** A map of texts, such as the tags of an input; other values are left out. */
export function textMapField(meta: Meta, key: string): ReadonlyMap<string, string> {
  const value = meta.get(key);
  const texts = new Map<string, string>();
  if (value instanceof Map) {
    for (const [name, text] of value as Meta) {
      if (typeof text === "string") {
        texts.set(name, text);
      }
    }
  }
  return texts;
}

const STATUS_BY_CODE: ReadonlyMap<string, RunStatus> = new Map([
  ["1", "RUNNING"],
  ["2", "SCHEDULED"],
  ["3", "FINISHED"],
  ["4", "FAILED"],
  ["5", "KILLED"],
  ["RUNNING", "RUNNING"],
  ["SCHEDULED", "SCHEDULED"],
  ["FINISHED", "FINISHED"],
  ["FAILED", "FAILED"],
  ["KILLED", "KILLED"],
]);

/** The file store writes a number; a run without a status counts as running, as in MLflow's own reader. */
export function statusField(meta: Meta): RunStatus {
  const text = textField(meta, "status");
  return text === "" ? "RUNNING" : (STATUS_BY_CODE.get(text) ?? "UNKNOWN");
}
