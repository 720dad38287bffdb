import * as vscode from "vscode";

import { textPositions } from "../../core/base/textPositions";
import type { Finding } from "../../core/lint/finding";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import { signalOf } from "../platform/signals";
import { fixFile } from "./fixFile";
import { fixEdit, type FixTarget } from "./fixEdit";
import type { LintedFolder } from "./lintedFolder";
import type { LintSession } from "./lintSession";
import { FIX_ALL } from "./registerLint";
import { SOURCE, toRange } from "./toDiagnostics";

const QUICK_FIX = vscode.CodeActionKind.QuickFix;

/** A sentence in a menu must not make it wider than the window. */
const LONGEST_REASON = 120;

/** The actions for the findings at a place of a document, or the one that applies all safe fixes if that is asked for. */
export async function lintCodeActions(
  session: LintSession,
  document: vscode.TextDocument,
  range: vscode.Range,
  context: vscode.CodeActionContext,
  token: vscode.CancellationToken,
): Promise<vscode.CodeAction[]> {
  const wantsFixAll = context.only?.contains(FIX_ALL) === true;
  const wantsQuickFixes = context.only === undefined || context.only.contains(QUICK_FIX);
  const place = session.placeOf(document.uri);
  if (place === undefined || (!wantsFixAll && !wantsQuickFixes)) {
    return [];
  }
  const lint = await session.lintOf(document);
  if (lint === null || token.isCancellationRequested) {
    return [];
  }
  return wantsFixAll ? fixAllActions(place.folder, lint, signalOf(token)) : quickFixes(place.folder, lint, range, context.diagnostics);
}

async function fixAllActions(folder: LintedFolder, lint: FileLint, signal: AbortSignal): Promise<vscode.CodeAction[]> {
  const { edit, applied } = await fixFile(folder, lint, signal);
  if (edit === null) {
    return [];
  }
  const action = new vscode.CodeAction(vscode.l10n.t("Fix all safe problems ({0})", applied), FIX_ALL);
  action.edit = edit;
  return [action];
}

function quickFixes(
  folder: LintedFolder,
  lint: FileLint,
  range: vscode.Range,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction[] {
  const positionAt = textPositions(lint.text);
  const here = lint.findings.flatMap((finding) => {
    const place = toRange(positionAt, finding.range);
    return place.intersection(range) === undefined ? [] : [{ finding, diagnostic: diagnosticOf(finding, place, diagnostics) }];
  });
  const uri = folder.uriOf(lint.path);
  const fixes = here.flatMap(({ finding, diagnostic }) => fixActions(folder, lint, finding).map((action) => about(action, diagnostic)));
  // A rule may find several things here; leaving them or reading about them is one thing to do.
  const rules = [...new Map(here.map((one) => [one.finding.rule, one])).values()];
  const suppressions = rules.flatMap(({ finding, diagnostic }) =>
    finding.suppressible && lint.kind !== "policy" ? [about(suppressAction(uri, finding), diagnostic)] : [],
  );
  return [...fixes, ...suppressions, ...rules.map(({ finding, diagnostic }) => about(explainAction(finding), diagnostic))];
}

function fixActions(folder: LintedFolder, lint: FileLint, finding: Finding): readonly vscode.CodeAction[] {
  if (finding.fixes.length === 0) {
    return [disabled(vscode.l10n.t("No quick fix for {0}", finding.rule), finding.noFix ?? "")];
  }
  return finding.fixes.map((fix, index) => {
    const written = fixEdit(folder, lint, fix);
    if (!written.ok) {
      return disabled(fix.title, written.why);
    }
    const action = new vscode.CodeAction(fix.title, QUICK_FIX);
    action.edit = written.edit;
    action.isPreferred = fix.safe && index === 0;
    if (written.target !== null) {
      action.command = revealCommand(written.target);
    }
    return action;
  });
}

/** VS Code shows the reason to somebody who asks for a fix by a key and gets none; it is preferred so that the key finds it. */
function disabled(title: string, reason: string): vscode.CodeAction {
  const action = new vscode.CodeAction(title, QUICK_FIX);
  action.disabled = { reason };
  action.isPreferred = true;
  return action;
}

function suppressAction(uri: vscode.Uri, { rule }: Finding): vscode.CodeAction {
  const title = vscode.l10n.t("Leave {0} as it is until a date…", rule);
  const action = new vscode.CodeAction(title, QUICK_FIX);
  action.command = { command: "mlops.lint.suppress", title, arguments: [uri.toString(), rule] };
  return action;
}

/** A menu hides disabled actions, so the reason why there is no fix stands here as well. */
function explainAction({ rule, noFix }: Finding): vscode.CodeAction {
  const title =
    noFix === null
      ? vscode.l10n.t("Why {0}?", rule)
      : vscode.l10n.t("Why {0}? (No quick fix: {1})", rule, noFix.length > LONGEST_REASON ? `${noFix.slice(0, LONGEST_REASON)}…` : noFix);
  const action = new vscode.CodeAction(title, QUICK_FIX);
  action.command = { command: "mlops.rule.explain", title, arguments: [rule] };
  return action;
}

function revealCommand({ uri, range }: FixTarget): vscode.Command {
  return {
    command: "mlops.lint.reveal",
    title: vscode.l10n.t("Show what was written"),
    arguments: [uri.toString(), ...(range === undefined ? [] : [range])],
  };
}

/** Tells VS Code which squiggle an action is about. */
function about(action: vscode.CodeAction, diagnostic: vscode.Diagnostic | undefined): vscode.CodeAction {
  if (diagnostic !== undefined) {
    action.diagnostics = [diagnostic];
  }
  return action;
}

function diagnosticOf(finding: Finding, range: vscode.Range, diagnostics: readonly vscode.Diagnostic[]): vscode.Diagnostic | undefined {
  return diagnostics.find(
    ({ source, code, message, range: marked }) =>
      source === SOURCE && typeof code === "object" && code.value === finding.rule && message === finding.message && marked.isEqual(range),
  );
}
