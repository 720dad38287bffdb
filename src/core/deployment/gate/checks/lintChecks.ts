import type { Fact } from "../../../lint/lintFacts";
import type { Finding } from "../../../lint/finding";
import type { LintResult } from "../../../lint/runLint";
import type { GateFile } from "../gateFacts";
import { draft, type GateDraft, lineOf, notJudged } from "./gateDraft";

/** Judged by the gate itself, from the sign-offs as they are for the version that is released. */
const OWN_CHECK = "RESP08";
const REVIEW = "RESP09";

/** Errors of lint stop a release; of its warnings those about cost and about what is due are told. */
export function lintChecks(lint: Fact<LintResult>, file: GateFile, config: string): readonly GateDraft[] {
  if (!lint.known) {
    return [notJudged("lint", `what lint says of ${config}`, lint.why, { evidence: [{ file: config }] })];
  }
  const { findings, unchecked, suppressed } = lint.value;
  const judged = findings.filter(({ code }) => code !== OWN_CHECK);
  const told = judged.filter(
    ({ severity, meta, code }) => severity === "error" || (severity === "warning" && (meta.challenge === "cost" || code === REVIEW)),
  );
  const open = unchecked.filter(({ severity, code }) => severity === "error" && code !== OWN_CHECK);
  const count = counted();
  return [
    ...told.map((finding) => toDraft(finding, file, config, count)),
    ...open.map(({ code, rule, message }) =>
      draft({
        id: count(`lint:${code}`),
        result: "could_not_judge",
        message: `${rule} could not check ${config}. ${message}`,
        evidence: [{ file: config }],
        remedy: "Make available what it asks for, such as the whole history of the repository or the data, and ask again.",
      }),
    ),
    ...(told.some(({ severity }) => severity === "error") || open.length > 0 ? [] : [clean(suppressed.length, file, config)]),
  ];
}

function toDraft(finding: Finding, file: GateFile, config: string, count: (id: string) => string): GateDraft {
  const { code, rule, severity, message, range, fixes, noFix } = finding;
  const [fix] = fixes;
  return draft({
    id: count(`lint:${code}`),
    result: severity === "error" ? "block" : "warn",
    message,
    evidence: [{ file: config, line: lineOf(file)(range.start), source: `lint rule ${rule}` }],
    remedy: fix === undefined ? noFix : `${fix.title} (a quick fix in the editor).`,
  });
}

function clean(silenced: number, file: GateFile, config: string): GateDraft {
  const more =
    silenced === 0
      ? ""
      : ` ${silenced} ${silenced === 1 ? "finding is" : "findings are"} left as ${silenced === 1 ? "it is" : "they are"} by lint.ignore.`;
  return draft({
    id: "lint",
    result: "pass",
    message: `Lint finds no error in ${config}.${more}`,
    evidence: [{ file: config, sha256: file.sha256 }],
  });
}

/** A rule may find several things: `lint:COMP05`, `lint:COMP05#2`, in the order of the file. */
function counted(): (id: string) => string {
  const counts = new Map<string, number>();
  return (id) => {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count === 1 ? id : `${id}#${count}`;
  };
}
