import type { ConfigPath } from "../../config/configPath";
import { neededSignOffs } from "../../governance/neededSignOffs";
import { signOffDraft } from "../../governance/signOffDraft";
import type { JudgedSignOffs, SignOffSubject } from "../../governance/signOffStanding";
import { couldNotCheck } from "../couldNotCheck";
import type { Fix } from "../fix";
import type { CouldNotCheck, LintRule, RuleFinding } from "../lintRule";
import { subjectWords } from "../../governance/subjectWords";

export const signOffMissing: LintRule = {
  meta: {
    code: "RESP08",
    name: "sign-off-missing",
    challenge: "responsibility",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "Those who have to decide have signed for this version of the model.",
    why: "A decision that nobody wrote down is nobody's. A sign-off says who decided what and when, for which version; for another version it says nothing.",
    article: "AI Act Art. 17(1)(m)",
    suppressible: true,
    noFix: "Only the person who decides can sign again.",
    appliesTo: "product",
  },
  check({ facts, product, policy, today }) {
    if (!facts.signOffs.known) {
      return [couldNotCheck("the sign-offs", facts.signOffs.why)];
    }
    const judged = facts.signOffs.value;
    const unreadable = judged.standings.find(({ cause }) => cause === "unreadable");
    if (unreadable !== undefined) {
      return [couldNotCheck("the sign-offs", unreadable.reason)];
    }
    return neededSignOffs(product, policy, judged, today).flatMap((needed): readonly (RuleFinding | CouldNotCheck)[] => {
      const { blocks, problem, standing, subject } = needed;
      // That nobody approves their own change is said by four-eyes-missing.
      if (!blocks || problem === null || standing?.cause === "own_change") {
        return [];
      }
      if (standing?.state === "unknown") {
        return [couldNotCheck(`the sign-off of the ${subjectWords(subject)}`, standing.historyUnknown ?? standing.reason)];
      }
      const draft = signOffDraft({ product, needed, binding: judged.binding, today, isTaken: (path) => isThere(judged, path) });
      const fix: Fix = {
        title: `Draft a sign-off of the ${subjectWords(subject)}, to be filled in by the person who decides`,
        safe: false,
        changes: [],
        files: [{ kind: "createFile", ...draft }],
      };
      return [{ message: problem, at: PLACES[subject] ?? ["stage"], fixes: [fix] }];
    });
  },
};

/** What is decided on, in the file. */
const PLACES: Partial<Readonly<Record<SignOffSubject, ConfigPath>>> = {
  launch: ["stage"],
  data: ["data"],
  dpia: ["gdpr", "dpia"],
  fria: ["fria"],
};

function isThere({ standings }: JudgedSignOffs, path: string): boolean {
  return standings.some(({ file }) => file === path || file.endsWith(`/${path}`));
}
