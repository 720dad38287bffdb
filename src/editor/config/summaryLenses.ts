import * as vscode from "vscode";

import { readConfig, readPolicyFile } from "../../core/config/readConfig";
import type { ConfigFile } from "../../core/config/configFile";
import { type FindingCounts, fileSummary, findingsPart, isUnreadable, type SummaryPart, unreadablePart } from "../../core/lint/fileSummary";
import type { FileLint } from "../../core/lint/workspace/fileLint";
import { readWithIncludes } from "../../core/lint/workspace/readWithIncludes";
import { localDate } from "../lint/localDate";
import { configDocument, type ConfigDocument } from "./configDocument";
import type { ConfigParts } from "./configParts";

/** What stands over a configuration: stage, owner, findings and the next day that matters, each a click away from where it is. */
export async function summaryLenses(document: vscode.TextDocument, parts: ConfigParts, signal: AbortSignal): Promise<vscode.CodeLens[]> {
  const config = configDocument(document, parts);
  if (config === undefined) {
    return [];
  }
  const lint = await parts.lint.lintOf(document);
  const summary = await summarize(config, document.getText(), lint, parts, signal);
  return summary.map((part) => toLens(part, document));
}

async function summarize(
  { kind, place }: ConfigDocument,
  text: string,
  lint: FileLint | null,
  { calendar, now }: ConfigParts,
  signal: AbortSignal,
): Promise<readonly SummaryPart[]> {
  const findings = lint === null ? null : countFindings(lint);
  const read = async <T>(from: (include?: Parameters<typeof readConfig>[1]) => ConfigFile<T>): Promise<ConfigFile<T>> =>
    place === undefined ? from() : readWithIncludes(place.path, from, place.ports.files, signal);
  if (kind === "policy") {
    const policy = await read((include) => readPolicyFile(text, include));
    return isUnreadable(policy) ? [unreadablePart(policy)] : findings === null ? [] : [findingsPart(findings)];
  }
  const config = await read((include) => readConfig(text, include));
  return fileSummary({ config, findings, calendar, today: localDate(now()) });
}

function countFindings({ findings }: FileLint): FindingCounts {
  const count = (wanted: string): number => findings.filter(({ severity }) => severity === wanted).length;
  return { errors: count("error"), warnings: count("warning") };
}

function toLens({ kind, text, tooltip, range }: SummaryPart, document: vscode.TextDocument): vscode.CodeLens {
  // A name of an icon in a text of the file is no icon.
  const title = text.replaceAll("$(", "$ (");
  return new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title, tooltip, ...commandOf(kind, range, document) });
}

function commandOf(
  kind: SummaryPart["kind"],
  range: SummaryPart["range"],
  document: vscode.TextDocument,
): Pick<vscode.Command, "command" | "arguments"> {
  if (kind === "findings" || kind === "unreadable") {
    return { command: "workbench.actions.view.problems" };
  }
  if (range === null) {
    return { command: "" }; // Nothing to go to: shown as text.
  }
  const selection = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
  return { command: "vscode.open", arguments: [document.uri, { selection } satisfies vscode.TextDocumentShowOptions] };
}
