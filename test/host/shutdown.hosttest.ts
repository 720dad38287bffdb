import { strict as assert } from "node:assert";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import * as vscode from "vscode";

import { trackResources } from "./liveResources";

describe("shutdown", () => {
  it("leaves no timer, thread, watcher or process behind", async () => {
    const extension = vscode.extensions.getExtension("mlops-workbench.mlops-workbench");
    assert.ok(extension);
    const tracked = trackResources(join(extension.extensionPath, "dist", "/"));
    await extension.activate();
    await vscode.commands.executeCommand("mlops.experiments.focus");
    await vscode.commands.executeCommand("mlops.view.refresh");
    // The same module that VS Code has loaded, because both go through the host's module cache.
    const { deactivate } = createRequire(extension.extensionPath)(join(extension.extensionPath, "dist", "extension.js")) as {
      deactivate: () => Promise<void>;
    };
    await deactivate();
    // A thread that was told to end needs a moment, and a read that was under way must not start a new one.
    await sleep(3000);
    tracked.stop();
    assert.deepEqual(tracked.alive(), []);
  });
});
