import type { ColumnsFact, Fact, LintFacts, PathFact } from "../../src/core/lint/lintFacts";

type Listed = Omit<LintFacts, "path" | "columns" | "dvcTracked" | "lastCommitOf">;

/** What a test knows; all else is unknown. The plain values are wrapped, so that this can also be read from a JSON file. */
export interface KnownFacts extends Partial<{ readonly [K in keyof Listed]: Listed[K] extends Fact<infer T> ? T : never }> {
  readonly paths?: Readonly<Record<string, Partial<PathFact>>>;
  readonly columns?: Readonly<Record<string, readonly string[]>>;
  readonly dvcTracked?: Readonly<Record<string, boolean>>;
  readonly lastCommits?: Readonly<Record<string, string | null>>;
}

const UNKNOWN = { known: false, why: "the test does not say" } as const;

/** Facts for a test: everything is unknown but what is given. */
export function lintFacts(known: KnownFacts = {}): LintFacts {
  const given = <K extends keyof Listed>(key: K): Listed[K] => (key in known ? { known: true, value: known[key] } : UNKNOWN) as Listed[K];
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
    lockFiles: given("lockFiles"),
    registryVersions: given("registryVersions"),
    evaluation: given("evaluation"),
    signOffs: given("signOffs"),
    approvedTargets: given("approvedTargets"),
    manualRetrainings: given("manualRetrainings"),
  };
}
