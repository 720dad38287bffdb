import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import { readOrigin } from "../../../src/adapters/git/readOrigin";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";

function folder(): string {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "mlops-origin-")));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

const git = (cwd: string, ...args: readonly string[]): Buffer => execFileSync("git", args, { cwd, stdio: "pipe" });

describe("readOrigin", () => {
  it("names the remote and the working tree of any folder in it", async () => {
    const root = folder();
    git(root, "init", "-q");
    mkdirSync(join(root, "models/churn"), { recursive: true });
    expect(await readOrigin(join(root, "models/churn"), NEVER_CANCELLED)).toEqual({ root, remote: null });
    git(root, "remote", "add", "upstream", "https://github.com/other/churn.git");
    git(root, "remote", "add", "origin", "git@github.com:acme/churn.git");
    expect(await readOrigin(join(root, "models/churn"), NEVER_CANCELLED)).toEqual({ root, remote: "git@github.com:acme/churn.git" });
  });

  it("is null where there is no repository or no folder", async () => {
    const root = folder();
    expect(await readOrigin(root, NEVER_CANCELLED)).toBeNull();
    expect(await readOrigin(join(root, "gone"), NEVER_CANCELLED)).toBeNull();
  });

  it("ends with the signal's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(readOrigin(folder(), controller.signal)).rejects.toBe(reason);
  });
});
