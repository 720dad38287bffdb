import { dirname, join, posix } from "node:path";
import { pathToFileURL } from "node:url";
import type { TextRange } from "../../../core/base/textEdit";
import { fixToEdits } from "../../../core/lint/applyFix";
import type { Finding, RelatedPlace } from "../../../core/lint/finding";
import type { Fix } from "../../../core/lint/fix";
import type { RuleMeta, Severity } from "../../../core/lint/ruleMeta";
import { fingerprintOf } from "../fingerprint";
import type { LintedFile, LintReport } from "../lintReport";
import { RULE_METAS } from "../../../core/lint/allRules";
import { ruleMarkdown, ruleText } from "../ruleWords";
import { type PositionRange, rangesIn } from "../textRanges";

const LEVELS: Readonly<Record<Severity | "off", string>> = { error: "error", warning: "warning", info: "note", off: "none" };
const BASE = "SRCROOT";

/** SARIF 2.1.0, as code scanners read it. One result a line. */
export function* sarifFormat({ files, unreadable, version, calendar }: LintReport): Generator<string> {
  const metas = rulesOf(files);
  const indexes = new Map(metas.map(({ name }, index) => [name, index]));
  const rules = metas.map((meta) => toRule(meta, ruleText(meta, calendar), ruleMarkdown(meta, calendar)));
  const run = {
    tool: { driver: { name: "mlops", fullName: "MLOps Workbench lint", version, semanticVersion: version, rules } },
    columnKind: "utf16CodeUnits",
    // Where the folder lies is not said, so that two machines write the same.
    originalUriBaseIds: { [BASE]: { description: { text: "The folder in which mlops lint ran." } } },
    invocations: [
      {
        executionSuccessful: unreadable.length === 0,
        toolExecutionNotifications: unreadable.map((text) => ({ level: "error", message: { text } })),
      },
    ],
  };
  yield `{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[${JSON.stringify(run).slice(0, -1)},"results":[`;
  let separator = "\n";
  for (const file of files) {
    for (const result of resultsOf(file, indexes)) {
      yield `${separator}${JSON.stringify(result)}`;
      separator = ",\n";
    }
  }
  yield `${separator === "\n" ? "" : "\n"}]}]}\n`;
}

/** All rules, also those that found nothing, so that a scanner knows what was looked for. */
function rulesOf(files: readonly LintedFile[]): readonly RuleMeta[] {
  const metas = new Map(RULE_METAS.map((meta) => [meta.name, meta]));
  for (const { meta } of files.flatMap(({ findings }) => findings)) {
    metas.set(meta.name, metas.get(meta.name) ?? meta);
  }
  return [...metas.values()];
}

function toRule({ code, name, challenge, severity, summary, why, article }: RuleMeta, text: string, markdown: string): object {
  return {
    id: name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text, markdown },
    defaultConfiguration: { enabled: severity.production !== "off", level: LEVELS[severity.production] },
    properties: { code, tags: [challenge, code, ...(article === null ? [] : [article])] },
  };
}

function* resultsOf(file: LintedFile, ruleIndexes: ReadonlyMap<string, number>): Generator<object> {
  const at = rangesIn(file.text);
  const artifactLocation = locationOf(file);
  const counts = new Map<string, number>();
  const toResult = (finding: Finding): object => {
    const fingerprint = fingerprintOf(finding);
    const count = (counts.get(fingerprint) ?? 0) + 1;
    counts.set(fingerprint, count);
    const fixes = finding.fixes.flatMap((fix) => toFixes(fix, file.text, artifactLocation, at));
    return {
      ruleId: finding.rule,
      ruleIndex: ruleIndexes.get(finding.rule) ?? -1,
      level: LEVELS[finding.severity],
      message: { text: finding.message },
      locations: [{ physicalLocation: { artifactLocation, region: toRegion(at(finding.range)) } }],
      ...(finding.related === undefined ? {} : { relatedLocations: finding.related.map((place) => toRelated(place, file)) }),
      // Two findings with the same words are told apart by their order.
      partialFingerprints: { "mlopsFinding/v1": `${fingerprint}:${count}` },
      ...(fixes.length === 0 ? {} : { fixes }),
    };
  };
  for (const finding of file.findings) {
    yield toResult(finding);
  }
  for (const { finding, suppression } of file.suppressed) {
    const justification = `${suppression.why} (until ${suppression.until}, ${suppression.by})`;
    yield { ...toResult(finding), suppressions: [{ kind: "inSource", status: "accepted", justification }] };
  }
}

function toRelated({ path, line, message }: RelatedPlace, { file, path: absolute }: LintedFile): object {
  const place = posix.normalize(posix.join(posix.dirname(file), path));
  return {
    physicalLocation: {
      artifactLocation: locationOf({ file: place, path: join(dirname(absolute), path) }),
      ...(line === null ? {} : { region: { startLine: line + 1 } }),
    },
    message: { text: message },
  };
}

function locationOf({ file, path }: Pick<LintedFile, "file" | "path">): { readonly uri: string; readonly uriBaseId?: string } {
  // A file outside of the folder has no place below it.
  return /^\.\.(?:\/|$)|^\/|^[A-Za-z]:/.test(file)
    ? { uri: pathToFileURL(path).href }
    : { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: BASE };
}

/**
 * Only what `--fix` would do as well: programs that read SARIF apply fixes without asking, and who owns a model or which law allows it is for
 * a person to say.
 */
function toFixes(fix: Fix, text: string, artifactLocation: object, at: (range: TextRange) => PositionRange): readonly object[] {
  const isApplied = fix.safe && (fix.files ?? []).length === 0;
  const written = isApplied ? fixToEdits(text, fix) : undefined;
  if (written?.ok !== true || written.edits.length === 0) {
    return [];
  }
  const replacements = written.edits.map((edit) => ({
    deletedRegion: toRegion(at(edit.range)),
    insertedContent: { text: edit.text },
  }));
  return [{ description: { text: fix.title }, artifactChanges: [{ artifactLocation, replacements }] }];
}

/** SARIF counts from 1. */
function toRegion({ start, end }: PositionRange): object {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
