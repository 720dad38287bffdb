import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import * as vscode from "vscode";

/** Twelve lines as the wizard writes them, with mistakes in the places that tests name. */
const CHURN = `version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
stage: development
onwer: TODO # ask the head of data
risk: unsure
personal_data: unsure
pipeline: pipeline.yaml
kpis: [{name: f1, target: ">= 0.80", data: data/test.csv}]
alert: ml-team@example.org
review: {every: 6 months}
`;

const root = (): string => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri.fsPath;
};
/** Each test has a folder of its own: VS Code keeps the text of a closed file for minutes. */
let tests = 0;
const uriOf = (path: string): vscode.Uri => vscode.Uri.file(join(root(), `lint${tests}`, path));

function write(path: string, text: string): vscode.Uri {
  const file = uriOf(path).fsPath;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return uriOf(path);
}

const ours = (uri: vscode.Uri): vscode.Diagnostic[] => vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "MLOps");
const ruleOf = ({ code }: vscode.Diagnostic): string => (typeof code === "object" ? String(code.value) : "");
const rules = (uri: vscode.Uri): string[] => ours(uri).map(ruleOf);

/** Waits for what cannot be awaited, and fails with its last message after half a minute. */
async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (!(error instanceof assert.AssertionError) || Date.now() > end) {
        throw error;
      }
      await sleep(50);
    }
  }
}

async function show(uri: vscode.Uri): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
}

async function replaceAll(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const start = document.getText().indexOf(before);
  assert.notEqual(start, -1, `The text holds ${before}.`);
  edit.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(start + before.length)), after);
  assert.equal(await vscode.workspace.applyEdit(edit), true);
}

/** With what they would do, as if somebody looked at each of them. */
async function actionsAt(document: vscode.TextDocument, text: string, kind?: vscode.CodeActionKind): Promise<vscode.CodeAction[]> {
  const at = document.positionAt(document.getText().indexOf(text));
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    new vscode.Range(at, at),
    kind?.value,
    1000,
  );
  return actions.filter((action) => action.kind !== undefined);
}

async function apply(action: vscode.CodeAction | undefined): Promise<void> {
  assert.ok(action, "There is such an action.");
  if (action.edit !== undefined) {
    assert.equal(await vscode.workspace.applyEdit(action.edit), true);
  }
  if (action.command !== undefined) {
    await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
  }
}

interface JsonFinding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly range: { readonly start: unknown; readonly end: unknown };
}

function toJson(diagnostic: vscode.Diagnostic): JsonFinding {
  const { message, severity, range } = diagnostic;
  const at = ({ line, character }: vscode.Position): unknown => ({ line, character });
  return {
    rule: ruleOf(diagnostic),
    severity: ["error", "warning", "info"][severity] ?? "",
    message,
    range: { start: at(range.start), end: at(range.end) },
  };
}

/** What `mlops lint` finds in the whole workspace. It ends with 1 where it finds something. */
async function lintByCommandLine(): Promise<readonly (JsonFinding & { readonly file: string })[]> {
  const { extensionPath } = vscode.extensions.getExtension("mlops-workbench.mlops-workbench") ?? { extensionPath: "" };
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const output = await new Promise<string>((resolve) => {
    const args = [join(extensionPath, "dist", "mlops.cjs"), "lint", "--json", `--today=${today}`];
    execFile(process.execPath, args, { cwd: root(), maxBuffer: 1e8 }, (_error, stdout) => resolve(stdout));
  });
  return (JSON.parse(output) as { findings: (JsonFinding & { file: string })[] }).findings;
}

describe("lint in the editor", () => {
  beforeEach(async () => {
    tests++;
    await vscode.extensions.getExtension("mlops-workbench.mlops-workbench")?.activate();
  });

  afterEach(async () => {
    await vscode.workspace.saveAll(false);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    rmSync(join(root(), `lint${tests}`), { recursive: true, force: true });
    await eventually(() =>
      assert.deepEqual(
        vscode.languages.getDiagnostics().flatMap(([uri]) => (ours(uri).length > 0 ? [uri.path] : [])),
        [],
      ),
    );
  });

  it("marks the exact place in a file that nobody has opened, with the rule and its page", async () => {
    const uri = write("mlops.yaml", CHURN);
    const found = await eventually(() => {
      const one = ours(uri).find((diagnostic) => ruleOf(diagnostic) === "config-invalid");
      assert.ok(one);
      return one;
    });
    assert.deepEqual(found.range, new vscode.Range(4, 0, 4, 5));
    assert.equal(found.severity, vscode.DiagnosticSeverity.Error);
    assert.match(found.message, /Unknown key "onwer"\. Did you mean "owner"\?/);
    const { code } = found;
    assert.ok(typeof code === "object");
    assert.equal(code.target.toString(true), 'command:mlops.rule.explain?["config-invalid"]');
    assert.ok(rules(uri).includes("owner-missing"));
  });

  it("forgets a file that is deleted, and finds one that is renamed", async () => {
    const before = write("mlops.yaml", CHURN);
    await eventually(() => assert.notDeepEqual(rules(before), []));
    const after = uriOf("churn.mlops.yaml");
    renameSync(before.fsPath, after.fsPath);
    await eventually(() => {
      assert.deepEqual(rules(before), []);
      assert.notDeepEqual(rules(after), []);
    });
    rmSync(after.fsPath);
    await eventually(() => assert.deepEqual(rules(after), []));
  });

  it("leaves unrelated files and untitled texts alone", async () => {
    const unrelated = write("values.yaml", "owner: TODO\nreplicas: 3\n");
    const judged = write("mlops.yaml", CHURN);
    await show(unrelated);
    const untitled = await vscode.workspace.openTextDocument({ language: "yaml", content: CHURN });
    await vscode.window.showTextDocument(untitled);
    await eventually(() => assert.notDeepEqual(rules(judged), []));
    assert.deepEqual([rules(unrelated), rules(untitled.uri)], [[], []]);
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  });

  it("follows what is typed, and never shows findings of an older text", async () => {
    const { document } = await show(write("mlops.yaml", CHURN));
    await eventually(() => assert.ok(rules(document.uri).includes("config-invalid")));
    for (const [before, after] of [
      ["onwer:", "ownr:"],
      ["ownr:", "owne:"],
      ["owne:", "owner:"],
    ] as const) {
      await replaceAll(document, before, after);
    }
    const seen: string[][] = [];
    const subscription = vscode.languages.onDidChangeDiagnostics(() => seen.push(rules(document.uri)));
    await eventually(() => assert.ok(!rules(document.uri).includes("config-invalid")));
    subscription.dispose();
    assert.deepEqual(
      ours(document.uri)
        .filter((one) => ruleOf(one) === "owner-missing")
        .map(({ range }) => document.getText(range)),
      ["TODO"],
    );
    assert.ok(seen.every((names) => names.includes("owner-missing")));
  });

  it("mends a misspelled key by a quick fix, and nothing else of the text", async () => {
    const { document } = await show(write("mlops.yaml", CHURN));
    const actions = await actionsAt(document, "onwer");
    const rename = actions.find(({ title }) => title.includes("owner") && !/onwer is|Why|Leave/.test(title));
    assert.equal(rename?.isPreferred, true);
    await apply(rename);
    assert.equal(document.getText(), CHURN.replace("onwer:", "owner:"));
    await eventually(() => assert.ok(!rules(document.uri).includes("config-invalid")));
  });

  it("selects the place to fill in that a fix has written", async () => {
    const { document } = await show(write("mlops.yaml", CHURN.replace("onwer: TODO # ask the head of data\n", "")));
    const actions = await eventually(async () => {
      const all = await actionsAt(document, "name");
      assert.ok(all.some(({ title }) => title.includes("owner")));
      return all;
    });
    await apply(actions.find(({ title, edit }) => edit !== undefined && title.includes("name the owner")));
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    assert.equal(document.getText(editor.selection), "TODO");
  });

  it("offers to leave a finding only where the rule allows it", async () => {
    const { document } = await show(write("mlops.yaml", CHURN.replace("onwer", "owner").replace("stage: development", "stage: staging")));
    const ofOwner = (await actionsAt(document, "TODO")).map(({ title }) => title);
    assert.ok(ofOwner.some((title) => title.startsWith("Why owner-missing?")));
    assert.ok(!ofOwner.some((title) => title.startsWith("Leave owner-missing")));
    const all = (await actionsAt(document, "name")).map(({ title }) => title);
    assert.ok(
      all.some((title) => /^Leave one of \d+ findings as it is/.test(title)),
      all.join("\n"),
    );
  });

  it("says why there is no quick fix", async () => {
    const { document } = await show(write("mlops.yaml", CHURN.replace("risk: unsure", "risk: prohibited")));
    const titles = await eventually(async () => {
      const all = (await actionsAt(document, "prohibited")).map(({ title }) => title);
      assert.ok(all.some((title) => title.includes("prohibited-use")));
      return all;
    });
    assert.ok(
      titles.includes(
        "Why prohibited-use? (No quick fix: A banned use cannot be mended in a file. Stop and ask whoever is responsible for compliance.)",
      ),
      titles.join("\n"),
    );
  });

  it("writes a fix only when somebody looks at it, and says why one cannot be written", async () => {
    const shared = "roles:\n  owner: &ana {name: Ana Ruiz}\n  operator: *ana\n";
    const { document } = await show(write("mlops.yaml", CHURN.replace("onwer: TODO # ask the head of data\n", shared)));
    await eventually(() => assert.ok(rules(document.uri).includes("owner-missing")));
    const at = document.positionAt(document.getText().indexOf("owner:"));
    const unseen = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      new vscode.Range(at, at),
    );
    assert.ok(unseen.length > 0);
    assert.ok(unseen.every(({ edit }) => edit === undefined));
    const refused = (await actionsAt(document, "owner:")).filter(({ command }) => command?.command === "mlops.lint.cannotFix");
    assert.ok(refused.length > 0);
    for (const { title, edit, command } of refused) {
      assert.equal(edit, undefined);
      const [fix, why] = (command?.arguments ?? []) as unknown[];
      assert.equal(fix, title);
      assert.match(String(why), /is shared with other places through the anchor "&ana"; change it by hand\.$/);
    }
  });

  it("applies all safe fixes of a file when asked to, and as a code action on save", async () => {
    const { document } = await show(write("mlops.yaml", CHURN));
    const [action, ...more] = await actionsAt(document, "version", vscode.CodeActionKind.SourceFixAll);
    assert.deepEqual(more, []);
    assert.equal(action?.kind?.value, "source.fixAll.mlops");
    await vscode.commands.executeCommand("mlops.lint.fixFile");
    assert.equal(document.getText(), CHURN.replace("onwer:", "owner:"));
    assert.deepEqual(await actionsAt(document, "version", vscode.CodeActionKind.SourceFixAll), []);
  });

  it("applies safe fixes on save where the settings ask for it", async () => {
    const { document } = await show(write("mlops.yaml", CHURN));
    const section = vscode.workspace.getConfiguration("editor");
    try {
      await section.update("codeActionsOnSave", { "source.fixAll.mlops": "explicit" }, vscode.ConfigurationTarget.Workspace);
      await replaceAll(document, "every: 6 months", "every: 3 months");
      assert.equal(await document.save(), true);
      assert.equal(readFileSync(document.uri.fsPath, "utf8"), CHURN.replace("onwer:", "owner:").replace("6 months", "3 months"));
    } finally {
      await section.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Workspace);
      rmSync(join(root(), ".vscode"), { recursive: true, force: true });
    }
  });

  it("leaves a finding of a pipeline as its comment says", async () => {
    const text = "stages:\n  train:\n    cmd: python train.py\n    outs: [model.pkl]\n";
    const { document } = await show(write("dvc.yaml", text));
    await eventually(() => assert.ok(rules(document.uri).includes("pipeline-owner-missing")));
    const others = rules(document.uri).filter((rule) => rule !== "pipeline-owner-missing");
    const until = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);
    const comment = `# mlops-ignore: PIPE01 until ${until} by ana@example.org because the new owner starts next month.\n`;
    await replaceAll(document, "stages:", `${comment}stages:`);
    await eventually(() => assert.deepEqual(rules(document.uri), others));
  });

  it("says the same in the same order as the command line", async () => {
    const uris = [
      write("mlops.yaml", CHURN),
      write("dvc.yaml", "stages:\n  train:\n    cmd: python train.py\n    outs: [model.pkl]\n"),
      write("other/demand.mlops.yaml", `\uFEFF${CHURN.replace("stage: development", "stage: production").replaceAll("\n", "\r\n")}`),
      write("other/broken.mlops.yaml", "version: 1\nname: [broken\n"),
      write(".mlops/policy.yaml", "version: 1\nrules: {EFF02: warning}\nrulez: {}\n"),
    ];
    await eventually(async () => {
      const expected = await lintByCommandLine();
      assert.deepEqual(
        uris.map((uri) => expected.some(({ file }) => uri.fsPath === join(root(), file))),
        uris.map(() => true),
      );
      assert.deepEqual(
        uris.map((uri) => ours(uri).map(toJson)),
        uris.map((uri) =>
          expected
            .filter(({ file }) => uri.fsPath === join(root(), file))
            .map(({ rule, severity, message, range }) => ({ rule, severity, message, range })),
        ),
      );
    });
  });

  it("judges a file anew when one that it names comes", async () => {
    const uri = write("mlops.yaml", CHURN);
    await eventually(() => assert.ok(rules(uri).includes("pipeline-missing")));
    write("pipeline.yaml", "steps: []\n");
    await eventually(() => assert.ok(!rules(uri).includes("pipeline-missing")));
  });

  for (const run of ["workspace", "openFiles"] as const) {
    it(`judges files anew by which others there are (${run})`, async () => {
      const section = vscode.workspace.getConfiguration("mlops.lint");
      try {
        await section.update("run", run, vscode.ConfigurationTarget.Workspace);
        const { document: pipeline } = await show(write("train/dvc.yaml", "stages:\n  train:\n    cmd: python train.py\n"));
        await eventually(() => assert.ok(rules(pipeline.uri).includes("pipeline-not-linked")));
        write("train/mlops.yaml", CHURN.replace("pipeline.yaml", "dvc.yaml"));
        await eventually(() => assert.ok(!rules(pipeline.uri).includes("pipeline-not-linked")));
        const { document } = await show(write("other/mlops.yaml", CHURN.replace("pipeline: pipeline.yaml\n", "")));
        await eventually(() => assert.ok(rules(document.uri).includes("pipeline-missing")));
        const offered = async (): Promise<boolean> => (await actionsAt(document, "name")).some(({ title }) => title.includes("dvc.yaml"));
        assert.equal(await offered(), false);
        write("other/dvc.yaml", "stages:\n  train:\n    cmd: python train.py\n");
        await eventually(async () => assert.equal(await offered(), true));
        rmSync(uriOf("other/dvc.yaml").fsPath);
        await eventually(async () => assert.equal(await offered(), false));
      } finally {
        await section.update("run", undefined, vscode.ConfigurationTarget.Workspace);
        rmSync(join(root(), ".vscode"), { recursive: true, force: true });
      }
    });
  }

  it("follows the settings", async () => {
    const uri = write("mlops.yaml", CHURN);
    const section = vscode.workspace.getConfiguration("mlops.lint");
    await eventually(() => assert.ok(rules(uri).includes("config-invalid")));
    try {
      await section.update("rules", { EFF02: "off" }, vscode.ConfigurationTarget.Workspace);
      await eventually(() => assert.ok(!rules(uri).includes("pipeline-missing")));
      await section.update("run", "openFiles", vscode.ConfigurationTarget.Workspace);
      await eventually(() => assert.deepEqual(rules(uri), []));
      await show(uri);
      await eventually(() => assert.ok(rules(uri).includes("config-invalid")));
      await section.update("run", "off", vscode.ConfigurationTarget.Workspace);
      await eventually(() => assert.deepEqual(rules(uri), []));
    } finally {
      await section.update("rules", undefined, vscode.ConfigurationTarget.Workspace);
      await section.update("run", undefined, vscode.ConfigurationTarget.Workspace);
      rmSync(join(root(), ".vscode"), { recursive: true, force: true });
    }
  });

  it("shows a part of very many findings, and says how many more there are", async () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `zzz${index}: 1\n`).join("");
    const uri = write("mlops.yaml", CHURN + keys);
    const all = await eventually(() => {
      const found = ours(uri);
      assert.ok(found.length > 250);
      return found;
    });
    assert.equal(all.length, 251);
    assert.ok(all.some(({ message }) => /^\d+ more problems of this file are not shown here\./.test(message)));
  });

  it("counts columns as VS Code does in a file with a byte order mark and Windows line ends", async () => {
    const uri = write("mlops.yaml", `\uFEFF${CHURN.replaceAll("\n", "\r\n").replace("version", "versoin")}`);
    const found = await eventually(() => {
      const marked = ours(uri).filter((one) => ruleOf(one) === "config-invalid" && one.message.startsWith("Unknown key"));
      assert.equal(marked.length, 2);
      return marked.map(({ range }) => range);
    });
    const document = await vscode.workspace.openTextDocument(uri);
    assert.deepEqual(
      found.map((range) => document.getText(range)),
      ["versoin", "onwer"],
    );
  });

  it("has a page for each rule that the extension ships", async () => {
    const { extensionPath } = vscode.extensions.getExtension("mlops-workbench.mlops-workbench") ?? { extensionPath: "" };
    await vscode.commands.executeCommand("mlops.rule.explain", "owner-missing");
    const page = join(extensionPath, "docs", "rules", "owner-missing.md");
    assert.ok(existsSync(page));
    assert.match(readFileSync(page, "utf8"), /RESP01/);
    await eventually(() => {
      const labels = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
      assert.ok(
        labels.some((label) => label.includes("owner-missing")),
        labels.join(),
      );
    });
  });
});
