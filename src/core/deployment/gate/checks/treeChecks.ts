import type { GateEvidence } from "../gate";
import type { EvaluationReport, GateFacts, GateFile, SinceEvaluation } from "../gateFacts";
import { draft, type GateDraft, inFile, notJudged } from "./gateDraft";
import { sameDigest } from "./versionChecks";

const MOST_SHOWN = 5;
const GIT: GateEvidence = { file: null, source: "git" };

/** Whether the files are as the commit has them: nobody can look up what is only on somebody's disk. */
export function treeCheck({ tree }: GateFacts): GateDraft {
  if (!tree.known) {
    return notJudged("tree", "whether the files are those of a commit", tree.why, { from: "staging", evidence: [GIT] });
  }
  const { commit, changed } = tree.value;
  return changed.length === 0
    ? draft({
        id: "tree",
        result: "pass",
        message: `The files are those of commit ${short(commit)}.`,
        evidence: [{ ...GIT, value: commit }],
      })
    : draft({
        id: "tree",
        result: "block",
        from: "staging",
        message: `${list(changed)} ${changed.length === 1 ? "is" : "are"} not as commit ${short(commit)} has ${changed.length === 1 ? "it" : "them"}.`,
        evidence: [{ ...GIT, value: commit }, ...changed.slice(0, MOST_SHOWN).map((file) => ({ file }))],
        remedy: "Commit the changes, or take them back.",
      });
}

/** Whether the evaluation is one of this version and of the files as they are. */
export function evaluationChecks(facts: GateFacts, file: GateFile, version: string | null): readonly GateDraft[] {
  const { evaluation, since, wish } = facts;
  const at = inFile(file, wish.config, ["evaluation"]);
  if (!evaluation.known) {
    return [notJudged("evaluation", "the evaluation", evaluation.why, { from: "staging", evidence: [at] })];
  }
  const report = evaluation.value;
  const evidence: readonly GateEvidence[] = [
    at,
    ...(report === null ? [] : [{ file: report.file, ...(report.sha256 === null ? {} : { sha256: report.sha256 }) }]),
  ];
  const drafts: GateDraft[] = [];
  if (report !== null && version !== null && report.modelVersion !== null && report.modelVersion !== version) {
    drafts.push(
      draft({
        id: "evaluation",
        result: "block",
        from: "staging",
        message: `${report.file} judged version ${report.modelVersion}; this is ${version}.`,
        evidence,
        remedy: "Evaluate this version, and link its report.",
      }),
    );
  } else if (report !== null && report.modelVersion === null) {
    drafts.push(unnamedVersion(report, facts, evidence));
  } else if (report !== null) {
    drafts.push(
      draft({ id: "evaluation", result: "pass", message: `${report.file} judged version ${report.modelVersion ?? ""}.`, evidence }),
    );
  }
  if (!since.known) {
    return [
      ...drafts,
      notJudged("evaluated-commit", "whether anything has changed since the evaluation", since.why, { from: "staging", evidence }),
    ];
  }
  return [...drafts, sinceCheck(since.value, facts, evidence)];
}

/** A report without a version is one of this version where it names its files, or the run that made it. */
function unnamedVersion(
  { file, digest: judged, runId }: EvaluationReport,
  { digest, registry, run }: GateFacts,
  evidence: readonly GateEvidence[],
): GateDraft {
  const id = "evaluation";
  if (judged !== undefined && digest.known) {
    const shown = [...evidence, { file: null, source: "the version's files", value: digest.value }];
    return sameDigest(judged, digest.value)
      ? draft({ id, result: "pass", message: `${file} judged these very files.`, evidence: shown })
      : draft({
          id,
          result: "block",
          from: "staging",
          message: `${file} judged a model with other files than those of this version.`,
          evidence: shown,
          remedy: "Evaluate this version, and link its report.",
        });
  }
  const made = [registry.known ? registry.value.version?.runId : null, run.known ? run.value?.runId : null];
  if (judged === undefined && runId !== undefined && made.includes(runId)) {
    return draft({
      id,
      result: "pass",
      message: `${file} judged the model of the run that made this version.`,
      evidence: [...evidence, { file: null, source: "registry", run: runId }],
    });
  }
  const why =
    judged !== undefined
      ? "the digest that it names cannot be compared"
      : runId === undefined
        ? "the report names no version, no run and no digest of the model"
        : `the report names no version, and its run ${runId} is not known as the one that made this version`;
  return notJudged(id, `which version of the model ${file} judged`, why, {
    from: "production",
    evidence,
    remedy: "Have the evaluation write model_version, or model_digest, into its report.",
  });
}

function sinceCheck(since: SinceEvaluation | null, { tree, wish }: GateFacts, evidence: readonly GateEvidence[]): GateDraft {
  const id = "evaluated-commit";
  if (since === null) {
    return notJudged(id, "whether anything has changed since the evaluation", "nothing says which commit was evaluated", {
      from: "staging",
      evidence,
      remedy: "Write evaluation.commit, or have the evaluation write its commit into the report.",
    });
  }
  const { commit, source, isFound, changed, blocks } = since;
  const shown = [...evidence, { ...GIT, value: commit }];
  if (!isFound) {
    return notJudged(
      id,
      "whether anything has changed since the evaluation",
      `the repository has no commit ${short(commit)}, which the ${source} names`,
      {
        from: "staging",
        evidence: shown,
        remedy: "Fetch the whole history (in GitHub Actions: fetch-depth: 0), or correct the commit.",
      },
    );
  }
  const head = tree.known ? ` and commit ${short(tree.value.commit)}` : "";
  if (changed.length + blocks.length === 0) {
    return draft({
      id,
      result: "pass",
      message: `What the model is made of is the same at the evaluated commit ${short(commit)}${head}.`,
      evidence: shown,
    });
  }
  const what = [...changed, ...blocks.map((block) => `${block} in ${wish.config}`)];
  return draft({
    id,
    result: "block",
    from: "staging",
    message: `The evaluation is of commit ${short(commit)}, and ${list(what)} ${what.length === 1 ? "has" : "have"} changed since.`,
    evidence: [...shown, ...changed.slice(0, MOST_SHOWN).map((file) => ({ file }))],
    remedy: "Evaluate the model of this commit, or release the one that was evaluated.",
  });
}

function list(paths: readonly string[]): string {
  const shown = paths.slice(0, MOST_SHOWN);
  const more = paths.length - shown.length;
  return more > 0
    ? `${shown.join(", ")} and ${more} more`
    : shown.length > 1
      ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`
      : shown.join("");
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
