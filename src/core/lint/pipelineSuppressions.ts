import { isDate } from "../config/dates";
import { isPlaceholder } from "../config/placeholder";
import { configInvalidMeta } from "./configInvalidMeta";
import type { Finding } from "./finding";
import type { PipelineContext, PipelineRule } from "./pipelineRule";
import { headerLines } from "./sources/headerComment";
import type { Suppressions, Suppression } from "./suppressions";

const LINE = /^#+[ \t]*mlops-ignore[ \t]*:[ \t]*([^]*)$/i;
const WORDS = /^([\w-]+)\s+until\s+(\S+)\s+by\s+(\S+)\s+because\s+([^]+)$/i;

/** Reads `# mlops-ignore: PIPE02 until 2027-01-31 by ana@example.org because …` in the comment at the top; nothing less silences a rule. */
export function pipelineSuppressions({ file, today }: PipelineContext, rules: readonly PipelineRule[]): Suppressions {
  const active = new Map<string, Suppression>();
  const expired = new Map<string, Suppression>();
  const problems: Finding[] = [];
  for (const { start, text } of headerLines(file.text)) {
    const [, words] = LINE.exec(text) ?? [];
    if (words === undefined) {
      continue;
    }
    const [, rule = "", until = "", by = "", why = ""] = WORDS.exec(words) ?? [];
    const meta = rules.map((one) => one.meta).find(({ code, name }) => name === rule.toLowerCase() || code === rule.toUpperCase());
    const problem =
      rule === "" || isPlaceholder(by) || isPlaceholder(why)
        ? 'A finding can only be left as it is in the form "RULE until YYYY-MM-DD by PERSON because REASON".'
        : !isDate(until)
          ? `"${until.slice(0, 60)}" is no date; write the last day as YYYY-MM-DD.`
          : meta === undefined
            ? `There is no rule "${rule.slice(0, 100)}" for pipeline files.`
            : null;
    if (problem !== null || meta === undefined) {
      problems.push({
        rule: configInvalidMeta.name,
        code: configInvalidMeta.code,
        severity: "error",
        message: problem ?? "",
        range: { start, end: start + text.length },
        fixes: [],
        noFix: "Only the person who decides that the finding stays can say this.",
        suppressible: false,
        meta: configInvalidMeta,
      });
    } else {
      // The last day counts as a whole, and dates written like this compare as texts do.
      (until >= today ? active : expired).set(meta.name, { rule: meta.name, why: why.trim(), until, by });
    }
  }
  return { active, expired: new Map([...expired].filter(([name]) => !active.has(name))), problems };
}
