import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A product's file with one error that can be mended without a decision, one that cannot, and some warnings. */
export const MISSPELT = `version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
stage: development # only a sketch
ownr: ana@example.org
risk: minimal
personal_data: no
`;

/** A real folder with files to lint, outside of every repository. */
export class LintFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "mlops-lint-")));

  write(files: Readonly<Record<string, string | Uint8Array>>): this {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), content);
    }
    return this;
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  /** Runs git with a name of its own, whatever the machine's settings are. */
  git(...args: readonly string[]): string {
    const who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false", "-c", "core.autocrlf=false"];
    return execFileSync("git", [...who, ...args], { cwd: this.path, encoding: "utf8" });
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
