import * as vscode from "vscode";

import type { Finding } from "../../core/lint/finding";
import type { Severity } from "../../core/lint/ruleMeta";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import { textPositions } from "../../core/base/textPositions";

/** Nobody reads more in one file, and drawing thousands makes an editor slow. */
const MOST_SHOWN = 250;

export const SOURCE = "MLOps";

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/**
 * The findings of a file as VS Code draws them. Of too many, the heaviest are shown, and a last line says how many are not.
 * @param placeOf where a path leads that a finding names, from the file's folder; null for one outside.
 */
export function toDiagnostics({ text, findings }: FileLint, placeOf: (path: string) => vscode.Uri | null): vscode.Diagnostic[] {
  const positionAt = textPositions(text);
  const shown = heaviest(findings, MOST_SHOWN);
  const diagnostics = shown.map((finding) => toDiagnostic(finding, toRange(positionAt, finding.range), placeOf));
  const last = diagnostics.at(-1);
  if (last !== undefined && shown.length < findings.length) {
    const more = new vscode.Diagnostic(last.range, notShown(findings.length - shown.length), vscode.DiagnosticSeverity.Warning);
    more.source = SOURCE;
    diagnostics.push(more);
  }
  return diagnostics;
}

function notShown(count: number): string {
  return count === 1
    ? vscode.l10n.t("1 more problem of this file is not shown here. Mend some of those that are, or run mlops lint to see all.")
    : vscode.l10n.t("{0} more problems of this file are not shown here. Mend some of those that are, or run mlops lint to see all.", count);
}

/** What is shown where a file could not be judged at all, so that nobody takes silence for a clean file. */
export function unjudged(why: string): vscode.Diagnostic {
  const message = vscode.l10n.t("This file could not be checked: {0}", why);
  const diagnostic = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 0), message, vscode.DiagnosticSeverity.Warning);
  diagnostic.source = SOURCE;
  return diagnostic;
}

export function toRange(
  positionAt: ReturnType<typeof textPositions>,
  { start, end }: { readonly start: number; readonly end: number },
): vscode.Range {
  const [from, to] = [positionAt(start), positionAt(end)];
  return new vscode.Range(from.line, from.character, to.line, to.character);
}

/** Finds the page of a rule by a click on its name, in a hover and in the list of problems. */
function pageLink(rule: string): vscode.Uri {
  return vscode.Uri.parse(`command:mlops.rule.explain?${encodeURIComponent(JSON.stringify([rule]))}`);
}

function toDiagnostic(finding: Finding, range: vscode.Range, placeOf: (path: string) => vscode.Uri | null): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(range, finding.message, SEVERITIES[finding.severity]);
  diagnostic.source = SOURCE;
  diagnostic.code = { value: finding.rule, target: pageLink(finding.rule) };
  if (finding.related !== undefined) {
    diagnostic.relatedInformation = finding.related.flatMap(({ path, line, message }) => {
      const uri = placeOf(path);
      return uri === null
        ? []
        : [new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, new vscode.Position(line ?? 0, 0)), message)];
    });
  }
  return diagnostic;
}

/** In their order, without the lightest of those that are too many. */
function heaviest(findings: readonly Finding[], most: number): readonly Finding[] {
  if (findings.length <= most) {
    return findings;
  }
  const order: readonly Severity[] = ["error", "warning", "info"];
  const kept = new Set(order.flatMap((severity) => findings.filter((finding) => finding.severity === severity)).slice(0, most));
  return findings.filter((finding) => kept.has(finding));
}
