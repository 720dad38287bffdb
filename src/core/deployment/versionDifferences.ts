import { parseTarget } from "../config/target";
import type { Product } from "../config/product";
import { numberText } from "../drift/numberText";
import { indexed } from "../lint/indexed";
import { resolveKpi } from "../kpi/kpiSpec";
import type { LatestDriftState } from "../monitoring/latestDriftState";
import type { ModelVersion } from "../tracking/registeredModel";
import { MLFLOW_TAG, type Run } from "../tracking/run";
import type { VersionDifference } from "./deployPlan";

/** A version with the run that made it, as far as the registry knows it. */
export interface ComparedVersion {
  readonly version: ModelVersion;
  readonly run: Run | null;
}

/** Lines of one group; a sweep may have hundreds of parameters. */
const MOST_LINES = 50;

/**
 * What is another in the version that is to come than in the one that is there: KPIs always, all else where it differs. With nothing there
 * before, what comes stands alone.
 * @param drift the newest check of the version at work; null where there was none.
 */
export function versionDifferences(
  product: Product,
  before: ComparedVersion | null,
  after: ComparedVersion | null,
  drift: LatestDriftState | null,
): readonly VersionDifference[] {
  const lines = [
    ...kpiLines(product, before?.run ?? null, after?.run ?? null),
    ...textLines("param", before?.run?.params, after?.run?.params),
    ...textLines("data", dataOf(before?.run), dataOf(after?.run)),
    ...textLines("code", codeOf(before?.run), codeOf(after?.run)),
    ...textLines("owner", ownersOf(before), ownersOf(after)),
  ];
  const now: readonly VersionDifference[] =
    drift === null ? [] : [{ group: "drift", name: "newest check", before: drift.verdict, after: null, isBetter: null }];
  return [...lines, ...now];
}

function kpiLines(product: Product, before: Run | null, after: Run | null): readonly VersionDifference[] {
  const kpis = indexed(product.kpis).flatMap(([, { name, target, by }]) =>
    name === undefined || by !== undefined ? [] : [{ name, target }],
  );
  const names = new Map(kpis.map(({ name, target }) => [name, target]));
  if (names.size === 0) {
    const logged = [...(after?.metrics.keys() ?? []), ...(before?.metrics.keys() ?? [])].filter((name) => !name.startsWith("system/"));
    logged.sort().forEach((name) => names.set(name, undefined));
  }
  return [...names].slice(0, MOST_LINES).flatMap(([name, target]): readonly VersionDifference[] => {
    const [was, is] = [metricOf(before, name), metricOf(after, name)];
    return was === null && is === null
      ? []
      : [{ group: "kpi", name, before: sayNumber(was), after: sayNumber(is), isBetter: isBetter(was, is, target) }];
  });
}

function metricOf(run: Run | null, name: string): number | null {
  const wanted = resolveKpi(name);
  const isSame = (key: string): boolean => {
    const spec = wanted?.kind === "measure" ? resolveKpi(key) : null;
    return wanted?.kind === "measure" && spec?.kind === "measure" && spec.id === wanted.id;
  };
  const keys = [...(run?.metrics.keys() ?? [])];
  const key = keys.find((one) => one === name) ?? keys.find(isSame);
  const value = key === undefined ? undefined : run?.metrics.get(key)?.value;
  return value === undefined || !Number.isFinite(value) ? null : value;
}

function isBetter(was: number | null, is: number | null, target: string | undefined): boolean | null {
  const operator = parseTarget(target ?? "")?.operator;
  if (was === null || is === null || was === is || operator === undefined || operator === "==") {
    return null;
  }
  return operator.startsWith(">") ? is > was : is < was;
}

function sayNumber(value: number | null): string | null {
  return value === null ? null : numberText(value, 4);
}

function dataOf(run: Run | null | undefined): ReadonlyMap<string, string> {
  const inputs = (run?.inputs ?? []).map(
    ({ name, context, digest }) => [context === null ? name : `${name} (${context})`, digest] as const,
  );
  const fingerprint = run?.tags.get("mlops.fingerprint");
  return new Map([...inputs, ...(fingerprint === undefined ? [] : [["fingerprint", fingerprint.slice(0, 12)] as const])]);
}

function codeOf(run: Run | null | undefined): ReadonlyMap<string, string> {
  const [commit, source] = [run?.tags.get(MLFLOW_TAG.gitCommit), run?.tags.get(MLFLOW_TAG.sourceName)];
  return new Map([
    ...(commit === undefined ? [] : [["commit", commit.slice(0, 10)] as const]),
    ...(source === undefined ? [] : [["source", source] as const]),
  ]);
}

function ownersOf(compared: ComparedVersion | null): ReadonlyMap<string, string> {
  const { version, run } = compared ?? { version: null, run: null };
  const found = {
    "registered by": version?.userId,
    "trained by": run?.tags.get(MLFLOW_TAG.user) ?? run?.userId,
    owner: version?.tags.get("owner") ?? run?.tags.get("owner"),
  };
  return new Map(Object.entries(found).flatMap(([name, value]) => (value === undefined || value === "" ? [] : [[name, value] as const])));
}

function textLines(
  group: VersionDifference["group"],
  before: ReadonlyMap<string, string> | undefined,
  after: ReadonlyMap<string, string> | undefined,
): readonly VersionDifference[] {
  const names = [...new Set([...(after?.keys() ?? []), ...(before?.keys() ?? [])])].sort();
  return names
    .map((name): VersionDifference => ({ group, name, before: before?.get(name) ?? null, after: after?.get(name) ?? null, isBetter: null }))
    .filter((line) => line.before !== line.after)
    .slice(0, MOST_LINES);
}
