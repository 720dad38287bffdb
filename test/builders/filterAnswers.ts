import { readFileSync } from "node:fs";
import { fixturePath } from "./recordedRuns";

/** What the real MLflow said to a filter or an order: the runs by their name in the seed, or a refusal. */
export type Answer = { readonly runs: readonly string[] } | { readonly refused: true };

export interface FilterAnswers {
  readonly mlflowVersion: string;
  readonly filters: readonly (Answer & { readonly filter: string })[];
  readonly orders: readonly (Answer & { readonly orderBy: readonly string[] })[];
}

export function filterAnswers(version: 2 | 3): FilterAnswers {
  return JSON.parse(readFileSync(fixturePath(`filterAnswers.v${version}.json`), "utf8")) as FilterAnswers;
}

/** Puts run ids in the place of `{resnet-03}`. */
export function withRunIds(filter: string, idOf: ReadonlyMap<string, string>): string {
  return filter.replace(/\{([a-z0-9-]+)\}/g, (whole, key: string) => idOf.get(key) ?? whole);
}

/**
 * Where MLflow 2.22.5 answers otherwise than 3.17.2, we follow 3.17.2. It refuses IS NULL, and in a list double quotes, line
 * ends and a last comma, and it takes NaN for the number zero.
 */
export function differsInMlflow2(filter: string): boolean {
  return /IS (NOT )?NULL|IN \("|,\s*\)|,\n|^metrics\.nan_|^metrics\.score/i.test(filter);
}
