import { strict as assert } from "node:assert";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import * as vscode from "vscode";

const root = (): string => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri.fsPath;
};
/** Each test has a folder of its own: VS Code keeps the text of a closed file for minutes. */
let tests = 0;

/** Opens a file with a text; `|` marks the place that is asked about. */
async function open(marked: string, name = "mlops.yaml"): Promise<{ document: vscode.TextDocument; position: vscode.Position }> {
  const file = join(root(), `language${tests}`, name);
  mkdirSync(dirname(file), { recursive: true });
  const offset = marked.includes("|") ? marked.indexOf("|") : 0;
  writeFileSync(file, marked.slice(0, offset) + marked.slice(marked.includes("|") ? offset + 1 : offset));
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  await vscode.window.showTextDocument(document);
  return { document, position: document.positionAt(offset) };
}

const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === "string" ? label : label.label);

async function completions(marked: string, name?: string): Promise<vscode.CompletionItem[]> {
  const { document, position } = await open(marked, name);
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    "vscode.executeCompletionItemProvider",
    document.uri,
    position,
    undefined,
    200,
  );
  // The editor's own suggestions of words come without a description.
  return list.items.filter(({ label }) => typeof label !== "string" && label.description !== undefined);
}

async function hover(marked: string, name?: string): Promise<string> {
  const { document, position } = await open(marked, name);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (content instanceof vscode.MarkdownString ? content.value : ""))
    .join("\n");
}

async function lensTexts(document: vscode.TextDocument): Promise<string[]> {
  const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 100);
  return lenses.map(({ command }) => command?.title ?? "");
}

/** Waits for what cannot be awaited, and fails with its last message after half a minute. */
async function eventually(check: () => Promise<void>): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      await check();
      return;
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || Date.now() > end) {
        throw error;
      }
      await sleep(50);
    }
  }
}

describe("language of configurations", () => {
  beforeEach(() => {
    tests += 1;
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(join(root(), `language${tests}`), { recursive: true, force: true });
  });

  it("completes keys and values, each with plain words", async () => {
    const keys = await completions("version: 1\nst|\n");
    const stage = keys.find((item) => labelOf(item) === "stage");
    assert.equal((stage?.documentation as vscode.MarkdownString).value.split("\n")[0], "How far the model has come.");
    assert.deepEqual((await completions("stage: |\n", "b.mlops.yaml")).map(labelOf), ["development", "staging", "production", "retired"]);
  });

  it("completes a whole block as a snippet", async () => {
    const cost = (await completions("version: 1\nco|\n")).find((item) => labelOf(item) === "cost (block)");
    assert.ok(cost?.insertText instanceof vscode.SnippetString);
    assert.match(cost.insertText.value, /^cost:\n\tbudget: \$\{1\}/);
  });

  it("completes paths with the files of the workspace", async () => {
    const folder = join(root(), `language${tests}`);
    mkdirSync(join(folder, "data"), { recursive: true });
    writeFileSync(join(folder, "data", "train.parquet"), "");
    await eventually(async () => {
      assert.ok((await completions("data:\n  - path: da|\n")).map(labelOf).includes("data/train.parquet"));
    });
  });

  it("completes the rules of a policy and their weights", async () => {
    assert.ok((await completions("rules:\n  |\n", ".mlops/policy.yaml")).map(labelOf).includes("budget-missing"));
    assert.deepEqual((await completions("rules: {budget-missing: |}\n", "b/.mlops/policy.yaml")).map(labelOf), [
      "off",
      "error",
      "warning",
      "info",
    ]);
  });

  it("explains a key with its article and the day from which it is asked for", async () => {
    assert.match(await hover("oversi|ght: {people: [a@example.org]}\n"), /AI Act Art\. 14.*asked for from 2 Dec 2027/);
    assert.match(await hover("rules:\n  budget-mis|sing: off\n", ".mlops/policy.yaml"), /COST01/);
  });

  it("sums up a file in the line above it, as it is typed", async () => {
    const { document } = await open("version: 1\nstage: staging\nowner: ana@example.org\nrisk: high\nreview: {next: 2099-05-10}\n");
    await eventually(async () => {
      const [stage, owner, findings, next] = await lensTexts(document);
      assert.deepEqual([stage, owner, next], ["staging", "ana@example.org", "high-risk duties from 2 Dec 2027"]);
      assert.match(findings ?? "", /^\d+ errors?, \d+ warnings?$/);
    });
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, document.lineAt(1).range, "stage: production");
    await vscode.workspace.applyEdit(edit);
    await eventually(async () => {
      assert.equal((await lensTexts(document))[0], "production");
    });
  });

  it("says that a file could not be read", async () => {
    const { document } = await open("- no\n- keys\n");
    await eventually(async () => {
      assert.deepEqual(await lensTexts(document), ["could not read this file"]);
    });
  });

  it("shows no line where the setting turns it off", async () => {
    const { document } = await open("version: 1\nstage: staging\n");
    const settings = vscode.workspace.getConfiguration("mlops");
    await settings.update("codeLens.enabled", false, vscode.ConfigurationTarget.Workspace);
    try {
      await eventually(async () => {
        assert.deepEqual(await lensTexts(document), []);
      });
    } finally {
      await settings.update("codeLens.enabled", undefined, vscode.ConfigurationTarget.Workspace);
    }
    await eventually(async () => {
      assert.equal((await lensTexts(document))[0], "staging");
    });
  });

  it("leaves other YAML alone", async () => {
    const { document } = await open("version: 1\nstage: staging\n", "other.yaml");
    assert.deepEqual(await lensTexts(document), []);
    assert.equal(await hover("st|age: staging\n", "more.yaml"), "");
  });
});
