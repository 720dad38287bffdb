import { strict as assert } from "node:assert";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import * as vscode from "vscode";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
  };
}

const extension = (): vscode.Extension<unknown> => {
  const found = vscode.extensions.getExtension("mlops-workbench.mlops-workbench");
  assert.ok(found, "VS Code knows the extension.");
  return found;
};

describe("activation", () => {
  it("activates", async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it("registers exactly the commands of the manifest", async () => {
    await extension().activate();
    const manifest = JSON.parse(readFileSync(join(extension().extensionPath, "package.json"), "utf8")) as Manifest;
    const declared = manifest.contributes.commands.map(({ command }) => command);
    const registered = (await vscode.commands.getCommands(true)).filter((id) => id.startsWith("mlops."));
    // VS Code adds commands of its own for each view, such as `mlops.models.focus`.
    const views = Object.values(manifest.contributes.views).flat();
    const made = views.flatMap(({ id }) =>
      ["focus", "open", "removeView", "resetViewLocation", "toggleVisibility"].map((what) => `${id}.${what}`),
    );
    const own = registered.filter((id) => !made.includes(id));
    assert.deepEqual(own.toSorted(), declared.toSorted());
  });

  it("runs in a host that can read SQLite databases", () => {
    const { DatabaseSync } = process.getBuiltinModule("node:sqlite");
    const database = new DatabaseSync(":memory:");
    assert.equal(database.prepare("SELECT 1 + 1 AS two").get()?.["two"], 2);
    database.close();
  });
});
