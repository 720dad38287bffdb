import { isFixable, type LintReport } from "../lintReport";
import { rangesIn } from "../textRanges";

/** A promise to people's scripts: fields may be added, never changed. One finding a line, so that two outputs can be compared. */
export function* jsonFormat({ files, baseline, unreadable }: LintReport): Generator<string> {
  yield `{"findings":[`;
  let separator = "\n";
  for (const { file, text, findings } of files) {
    const at = rangesIn(text);
    for (const finding of findings) {
      const { rule, code, severity, message, range, fixes, noFix, related } = finding;
      const json = {
        file,
        rule,
        severity,
        message,
        range: at(range),
        fixable: isFixable(finding),
        docs: `docs/rules/${rule}.md`,
        code,
        fixes: fixes.map(({ title, safe }) => ({ title, safe })),
        no_fix: noFix,
        ...(related === undefined ? {} : { related: related.map(({ path, line, message: text }) => ({ path, line, message: text })) }),
      };
      yield `${separator}${JSON.stringify(json)}`;
      separator = ",\n";
    }
  }
  const rest = {
    files: files.length,
    suppressed: files.flatMap(({ file, suppressed }) =>
      suppressed.map(({ finding, suppression }) => ({
        file,
        rule: finding.rule,
        code: finding.code,
        message: finding.message,
        why: suppression.why,
        until: suppression.until,
        by: suppression.by,
      })),
    ),
    ...(baseline === null ? {} : { baseline: { known: baseline.known, gone: baseline.gone } }),
    unreadable,
  };
  yield `${separator === "\n" ? "" : "\n"}],${JSON.stringify(rest).slice(1)}\n`;
}
