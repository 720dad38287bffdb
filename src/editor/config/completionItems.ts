import * as vscode from "vscode";

import { type Completion, completionsAt } from "../../core/config/completionsAt";
import { RULE_METAS } from "../../core/lint/allRules";
import { type KnownValues, toSuggest } from "../../core/lint/configSuggestions";
import { localDate } from "../lint/localDate";
import { configDocument } from "./configDocument";
import type { ConfigParts, LintPlace } from "./configParts";
import { filesAround, NOTHING_KNOWN, peopleAround, peopleOfPolicy } from "./knownValues";

/** So many that there may be more, which further typing brings up. */
const MANY = 500;

/** What may be written at a place of a configuration. People and files are only looked for where they may be written. */
export async function completionItems(
  document: vscode.TextDocument,
  position: vscode.Position,
  parts: ConfigParts,
  signal: AbortSignal,
): Promise<vscode.CompletionList> {
  const config = configDocument(document, parts);
  if (config === undefined) {
    return new vscode.CompletionList([]);
  }
  const [text, offset] = [document.getText(), document.offsetAt(position)];
  const complete = (known: KnownValues): readonly Completion[] =>
    completionsAt(text, offset, { ...config.schema, suggest: toSuggest(config.kind, known, RULE_METAS) });
  const asked = new Set<"people" | "files">();
  const first = complete({
    get people() {
      asked.add("people");
      return [];
    },
    get files() {
      asked.add("files");
      return [];
    },
    named: NOTHING_KNOWN.named,
  });
  const completions =
    asked.size === 0 || config.place === undefined ? first : complete(await lookUp(asked, config.place, localDate(parts.now()), signal));
  return new vscode.CompletionList(
    completions.map((completion, index) => toItem(completion, index, document)),
    completions.length >= MANY,
  );
}

async function lookUp(asked: ReadonlySet<"people" | "files">, place: LintPlace, today: string, signal: AbortSignal): Promise<KnownValues> {
  const wants = asked.has("people");
  const [people, named, files] = await Promise.all([
    wants ? peopleAround(place, today, signal) : NOTHING_KNOWN.people,
    wants ? peopleOfPolicy(place, signal) : NOTHING_KNOWN.named,
    asked.has("files") ? filesAround(place, signal) : NOTHING_KNOWN.files,
  ]);
  return { people, named, files };
}

function toItem(completion: Completion, index: number, document: vscode.TextDocument): vscode.CompletionItem {
  const { label, detail, documentation, insertText, snippet, range } = completion;
  const item = new vscode.CompletionItem({ label, description: detail }, kindOf(completion));
  item.insertText = snippet === null ? insertText : new vscode.SnippetString(snippet);
  item.range = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
  // The order of the schema is the order in which people read a file, and people come most active first.
  item.sortText = String(index).padStart(5, "0");
  if (documentation !== "") {
    item.documentation = new vscode.MarkdownString(documentation);
  }
  if (completion.kind === "key" && snippet === null && insertText.endsWith(": ")) {
    item.command = { command: "editor.action.triggerSuggest", title: "" };
  }
  return item;
}

function kindOf({ kind, snippet, detail }: Completion): vscode.CompletionItemKind {
  if (kind === "key") {
    return snippet === null ? vscode.CompletionItemKind.Property : vscode.CompletionItemKind.Module;
  }
  return detail === "file" ? vscode.CompletionItemKind.File : vscode.CompletionItemKind.Value;
}
