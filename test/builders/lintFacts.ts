import type { ColumnsFact, Fact, LintFacts, PathFact } from "../../src/core/lint/lintFacts";
import type { SignOffStanding } from "../../src/core/governance/signOffStanding";
import { judgedSignOffs } from "./signOffStandings";

type Listed = Omit<LintFacts, "path" | "columns" | "dvcTracked" | "lastCommitOf">;

/** What a test knows; all else is unknown. The plain values are wrapped, so that this can also be read from a JSON file. */
export interface KnownFacts extends Partial<{
  readonly [K in Exclude<keyof Listed, "signOffs">]: Listed[K] extends Fact<infer T> ? T : never;
}> {
  /** What is not said of a sign-off makes it one that holds. */
  readonly signOffs?: readonly Partial<SignOffStanding>[];
  readonly paths?: Readonly<Record<string, Partial<PathFact>>>;
  readonly columns?: Readonly<Record<string, readonly string[]>>;
  readonly dvcTracked?: Readonly<Record<string, boolean>>;
  readonly lastCommits?: Readonly<Record<string, string | null>>;
}

const UNKNOWN = { known: false, why: "the test does not say" } as const;

/** Facts for a test: everything is unknown but what is given. */
export function lintFacts(known: KnownFacts = {}): LintFacts {
  const given = <K extends Exclude<keyof Listed, "signOffs">>(key: K): Listed[K] =>
    (key in known ? { known: true, value: known[key] } : UNKNOWN) as Listed[K];
  const lookUp =
    <T, R>(record: Readonly<Record<string, T>> | undefined, convert: (value: T) => R) =>
    (key: string): Fact<R> =>
      record !== undefined && Object.hasOwn(record, key) ? { known: true, value: convert(record[key] as T) } : UNKNOWN;
  return {
    path: lookUp(known.paths, (path): PathFact => ({ kind: "file", sha256: null, size: null, ...path })),
    columns: lookUp(known.columns, (names): ColumnsFact => ({ names })),
    dvcTracked: lookUp(known.dvcTracked, (tracked) => tracked),
    lastCommitOf: lookUp(known.lastCommits, (date) => date),
    owners: given("owners"),
    pipelineAuthors: given("pipelineAuthors"),
    configAuthor: given("configAuthor"),
    lastTrainingChange: given("lastTrainingChange"),
    pipelines: given("pipelines"),
    automations: given("automations"),
    lockFiles: given("lockFiles"),
    registryVersions: given("registryVersions"),
    evaluation: given("evaluation"),
    signOffs: known.signOffs === undefined ? UNKNOWN : { known: true, value: judgedSignOffs(known.signOffs) },
    approvedTargets: given("approvedTargets"),
    manualRetrainings: given("manualRetrainings"),
    gpuUse: given("gpuUse"),
  };
}
