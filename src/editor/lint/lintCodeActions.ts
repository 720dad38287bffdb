import * as vscode from "vscode";

import { textPositions } from "../../core/base/textPositions";
import type { Finding } from "../../core/lint/finding";
import type { Severity } from "../../core/lint/ruleMeta";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import { folderOf, resolvePath } from "../../core/lint/workspace/workspacePath";
import { signalOf } from "../platform/signals";
import { FixAction, type Judgement } from "./fixAction";
import { fixFile } from "./fixFile";
import type { LintedFolder } from "./lintedFolder";
import type { LintSession } from "./lintSession";
import { nextStepsOf } from "./nextSteps";
import { FIX_ALL } from "./registerLint";
import { SOURCE, toRange } from "./toDiagnostics";

const QUICK_FIX = vscode.CodeActionKind.QuickFix;

/** More rules than these at one place get one entry together. */
const MOST_SINGLE = 3;

/** What weighs more is mended first. */
const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** A finding with the squiggle that VS Code shows for it. */
interface Marked {
  readonly finding: Finding;
  readonly diagnostic: vscode.Diagnostic | undefined;
}

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
  return wantsFixAll
    ? fixAllActions(place.folder, lint, signalOf(token))
    : quickFixes({ document, folder: place.folder, lint }, range, context.diagnostics);
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

function quickFixes(judgement: Judgement, range: vscode.Range, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction[] {
  const { folder, lint } = judgement;
  const positionAt = textPositions(lint.text);
  const here = lint.findings.flatMap((finding): readonly Marked[] => {
    const place = toRange(positionAt, finding.range);
    return place.intersection(range) === undefined ? [] : [{ finding, diagnostic: diagnosticOf(finding, place, diagnostics) }];
  });
  const fixes = here
    .toSorted((left, right) => WEIGHT[left.finding.severity] - WEIGHT[right.finding.severity])
    .flatMap(({ finding, diagnostic }) => fixActions(judgement, finding).map((action) => about(action, diagnostic)));
  // A rule may find several things here; leaving them or reading about them is one thing to do.
  const rules = [...new Map(here.map((one) => [one.finding.rule, one])).values()];
  const open = rules.filter(({ finding }) => finding.suppressible && lint.kind !== "policy");
  const steps = lint.kind === "product" ? stepActions(folder.uriOf(lint.path), here) : [];
  const places = here.flatMap((one) => relatedActions(judgement, one));
  return [...fixes, ...places, ...steps, ...suppressActions(folder.uriOf(lint.path), open), ...explainActions(rules)];
}

function fixActions(judgement: Judgement, finding: Finding): readonly vscode.CodeAction[] {
  if (finding.fixes.length === 0) {
    return [disabled(vscode.l10n.t("No quick fix for {0}", finding.rule), finding.noFix ?? "")];
  }
  return finding.fixes.map((fix, index) => {
    const action = new FixAction(judgement, fix);
    action.isPreferred = fix.safe && index === 0;
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

/** Leads to where the other half of a contradiction stands. */
function relatedActions({ folder, lint }: Judgement, { finding, diagnostic }: Marked): readonly vscode.CodeAction[] {
  return (finding.related ?? []).flatMap(({ path, line }) => {
    const resolved = resolvePath(folderOf(lint.path), path);
    if (resolved === null) {
      return [];
    }
    const title = vscode.l10n.t("Go to {0}", path);
    const action = new vscode.CodeAction(title, QUICK_FIX);
    const range = line === null ? [] : [[line, 0, line, 0]];
    action.command = { command: "mlops.lint.reveal", title, arguments: [folder.uriOf(resolved).toString(), ...range] };
    return [about(action, diagnostic)];
  });
}

/** What is to be done where an edit is not all; each once, however many findings ask for it. */
function stepActions(uri: vscode.Uri, here: readonly Marked[]): readonly vscode.CodeAction[] {
  const actions = new Map<string, vscode.CodeAction>();
  for (const { finding, diagnostic } of here) {
    for (const { command, title, args = [] } of nextStepsOf(finding)) {
      const key = [command, ...args].join(" ");
      if (!actions.has(key)) {
        const action = new vscode.CodeAction(title(), QUICK_FIX);
        action.command = { command, title: title(), arguments: [uri, ...args] };
        actions.set(key, about(action, diagnostic));
      }
    }
  }
  return [...actions.values()];
}

/** Where many things lack at one place, one entry asks which of them is meant, so that the menu stays short. */
function suppressActions(uri: vscode.Uri, here: readonly Marked[]): readonly vscode.CodeAction[] {
  return here.length > MOST_SINGLE
    ? [suppressAction(vscode.l10n.t("Leave one of {0} findings as it is until a date…", here.length), uri, here)]
    : here.map((one) =>
        about(suppressAction(vscode.l10n.t("Leave {0} as it is until a date…", one.finding.rule), uri, [one]), one.diagnostic),
      );
}

function suppressAction(title: string, uri: vscode.Uri, here: readonly Marked[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, QUICK_FIX);
  action.command = { command: "mlops.lint.suppress", title, arguments: [uri.toString(), here.map(({ finding }) => finding.rule)] };
  return action;
}

function explainActions(here: readonly Marked[]): readonly vscode.CodeAction[] {
  return here.length > MOST_SINGLE
    ? [explainAction(vscode.l10n.t("Explain one of {0} rules…", here.length), here)]
    : here.map((one) => about(explainAction(whyTitle(one.finding), [one]), one.diagnostic));
}

function explainAction(title: string, here: readonly Marked[]): vscode.CodeAction {
  const action = new vscode.CodeAction(title, QUICK_FIX);
  action.command = { command: "mlops.rule.explain", title, arguments: [here.map(({ finding }) => finding.rule)] };
  return action;
}

/** A menu hides disabled actions, so the reason why there is no fix stands here as well. */
function whyTitle({ rule, noFix }: Finding): string {
  return noFix === null
    ? vscode.l10n.t("Why {0}?", rule)
    : vscode.l10n.t("Why {0}? (No quick fix: {1})", rule, noFix.length > LONGEST_REASON ? `${noFix.slice(0, LONGEST_REASON)}…` : noFix);
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
