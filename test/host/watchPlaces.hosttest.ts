import { strict as assert } from "node:assert";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import * as vscode from "vscode";

import { watchPlaces } from "../../src/editor/platform/watchPlaces";

const PATTERNS = ["**/mlops.yaml", "**/.mlops/signoffs/*", "**/.mlops/monitoring/*/*.json"];

/** What a checkout brings all at once: a folder is filled elsewhere on the disk and then moved to its place. */
function arrive(place: string, files: readonly string[]): void {
  const elsewhere = mkdtempSync(join(dirname(root()), "arriving-"));
  for (const file of files) {
    mkdirSync(dirname(join(elsewhere, "it", file)), { recursive: true });
    writeFileSync(join(elsewhere, "it", file), "x");
  }
  mkdirSync(dirname(join(root(), place)), { recursive: true });
  renameSync(join(elsewhere, "it"), join(root(), place));
  rmSync(elsewhere, { recursive: true });
}

const root = (): string => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert.ok(folder);
  return folder.uri.fsPath;
};

describe("Places that are watched", () => {
  let told: string[] = [];
  let watching: { dispose(): void } | undefined;

  const untilTold = async (path: string): Promise<void> => {
    const end = Date.now() + 30_000;
    while (!told.includes(path)) {
      assert.ok(Date.now() < end, `${path} was not told; told was ${told.join(", ") || "nothing"}.`);
      await sleep(50);
    }
    told = [];
  };

  beforeEach(async () => {
    mkdirSync(join(root(), "watched"), { recursive: true });
    watching = watchPlaces(PATTERNS, (uri) => told.push(vscode.workspace.asRelativePath(uri, false)));
    // A watcher has begun once it tells of something.
    const begin = (async (): Promise<void> => {
      for (let i = 0; !told.includes("watched/mlops.yaml"); i++) {
        writeFileSync(join(root(), "watched/mlops.yaml"), String(i));
        await sleep(200);
      }
    })();
    await Promise.race([begin, sleep(30_000)]);
    assert.ok(told.includes("watched/mlops.yaml"));
    told = [];
  });

  afterEach(() => {
    watching?.dispose();
    rmSync(join(root(), "watched"), { recursive: true, force: true });
  });

  it("a decision, a result or a product in a folder that arrives at once is told by its folder", async () => {
    arrive("watched/.mlops", ["signoffs/1.yaml", "monitoring/churn/1.json"]);
    await untilTold("watched/.mlops");
    arrive("watched/churn", ["mlops.yaml"]);
    await untilTold("watched/churn");
    arrive("watched/churn.v2", ["mlops.yaml"]);
    await untilTold("watched/churn.v2");
  });

  it("a folder that goes is told, and files are as ever", async () => {
    arrive("watched/models/churn", ["mlops.yaml", "data.csv"]);
    await untilTold("watched/models");
    rmSync(join(root(), "watched/models/churn"), { recursive: true });
    await untilTold("watched/models/churn");
    writeFileSync(join(root(), "watched/mlops.yaml"), "changed");
    await untilTold("watched/mlops.yaml");
  });

  it("other files, and what tools fill, are not told", async () => {
    mkdirSync(join(root(), "watched/mlruns/0"), { recursive: true });
    writeFileSync(join(root(), "watched/model.pkl"), "x");
    await untilNothingElse();
    assert.deepEqual(
      told.filter((path) => path !== "watched/mlruns"),
      [],
    );
  });

  /** What comes afterwards was told, so that what came before would have been as well. */
  async function untilNothingElse(): Promise<void> {
    writeFileSync(join(root(), "watched/mlops.yaml"), "last");
    const end = Date.now() + 30_000;
    while (!told.includes("watched/mlops.yaml")) {
      assert.ok(Date.now() < end, "The last file was not told.");
      await sleep(50);
    }
    await sleep(500);
    told = told.filter((path) => path !== "watched/mlops.yaml");
  }
});
