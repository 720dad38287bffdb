import type { CancelSignal } from "../base/cancel";
import type { Product } from "../config/product";
import { indexed } from "../lint/indexed";
import { folderOf } from "../lint/workspace/workspacePath";
import type { DataSource } from "./dataSource";

/** Which runs speak for a product. */
export interface TrackerWish {
  /** Of the product's file, in the workspace. */
  readonly folder: string;
  /** As `tracking.uri` has it, relative to the folder; null for the store that the folder holds. */
  readonly uri: string | null;
  readonly experiment: string | null;
  /** The registered version that is at work, where the product names it. */
  readonly model: { readonly name: string; readonly version: string } | null;
}

export function trackerWish({ tracking, model }: Product, config: string): TrackerWish {
  const places = indexed(tracking).map(([, one]) => one);
  const named = places.find(({ experiment }) => experiment !== undefined);
  return {
    folder: folderOf(config),
    uri: (named ?? places[0])?.uri ?? null,
    experiment: named?.experiment ?? null,
    model: model?.name === undefined || model.version === undefined ? null : { name: model.name, version: model.version },
  };
}

/** The metrics of one run. */
export interface TrackedRun {
  readonly runId: string;
  /** As people call it. */
  readonly name: string;
  /** Milliseconds since 1970; null where the store has none. */
  readonly startTime: number | null;
  /** Finite values only. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** Data of a tracker that lie on this machine now. */
export interface TrackedData {
  /** Absolute. */
  readonly paths: readonly string[];
  /** What the result calls each of the paths, by path. */
  readonly names: Readonly<Record<string, string>>;
  /** Sentences, e.g. which run a data set was taken from. */
  readonly notes: readonly string[];
}

/** The experiments and models of a product, as a check sees them. Failures are AppErrors with a sentence. */
export interface MonitoringTracker {
  /**
   * Finished runs that speak for the product, the newest first: the one of the registered version where the product names it, else those of
   * the experiment that are no part of another run.
   */
  runs(wish: TrackerWish, limit: number, signal: CancelSignal): Promise<readonly TrackedRun[]>;
  /** Fetches data that a run or a model keeps, or finds the file that a logged data set came from. */
  fetch(wish: TrackerWish, source: Exclude<DataSource, { readonly kind: "path" }>, signal: CancelSignal): Promise<TrackedData>;
}
