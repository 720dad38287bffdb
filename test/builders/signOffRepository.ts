import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { openRepositories } from "../../src/adapters/git/repositories";
import { openWorkspaceFiles } from "../../src/adapters/node/workspaceFiles";
import { readConfig } from "../../src/core/config/readConfig";
import { coveredHash } from "../../src/core/governance/coveredSections";
import { openSignOffs } from "../../src/core/governance/openSignOffs";
import type { SignOffRegister, SignOffStanding, SignOffSubject } from "../../src/core/governance/signOffStanding";

const never = new AbortController().signal;
const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

const TODAY = "2026-11-24";
export const STATEMENT = "I read the report on all groups and the targets hold.";

/** A product with an owner and two who may approve, before its first approval. */
export const PRODUCT = `version: 1
name: churn
purpose: Predict which customers may leave, so that support can call them first.
stage: staging
risk: minimal
personal_data: no
roles: {owner: ana@example.org, requirements: mia@example.org, compliance: ines@example.org}
model: {name: churn, version: "14", digest: "sha256:${"a".repeat(64)}"}
`;

export interface Written {
  readonly subject?: SignOffSubject;
  readonly email?: string | null;
  readonly decision?: string | null;
  readonly statement?: string;
  readonly version?: string;
  readonly digest?: string;
  readonly when?: string;
  /** Further lines. */
  readonly more?: string;
}

/** A real repository with products and sign-offs. */
export class SignOffRepository {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "mlops-sign-offs-")));
  private readonly repositories = openRepositories(this.path);

  constructor() {
    this.git("init", "-q", "-b", "main");
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.path, path)), { recursive: true });
    writeFileSync(join(this.path, path), text);
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", ["-c", "commit.gpgsign=false", "-c", "core.autocrlf=false", ...args], {
      cwd: this.path,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  }

  /** @returns the hash of the commit. */
  commitAs(
    email: string,
    options: { readonly day?: string; readonly name?: string; readonly config?: readonly string[]; readonly more?: readonly string[] } = {},
  ): string {
    const { day = "2026-11-20", name = email.split("@")[0] ?? "", config = [], more = [] } = options;
    this.git("add", "-A");
    const who = ["-c", `user.name=${name}`, "-c", `user.email=${email}`, ...config.flatMap((one) => ["-c", one])];
    this.git(...who, "commit", "-q", "--allow-empty", "-m", "x", `--date=${day}T09:00:00Z`, ...more);
    return this.git("rev-parse", "HEAD");
  }

  /** What a person writes about a product as it stands, with all that binds it. */
  signOff(text: string, written: Written = {}): string {
    const { value: product } = readConfig(text);
    const {
      subject = "launch",
      email = "mia@example.org",
      decision = "approve",
      statement = STATEMENT,
      when = "2026-11-20T09:00:00Z",
      more = "",
    } = written;
    return `subject: ${subject}
who: {name: ${JSON.stringify(email?.split("@")[0] ?? "")}, email: ${email === null ? "" : JSON.stringify(email)}, role: }
when: ${when}
commit: ${this.git("rev-parse", "HEAD")}
model: {name: ${product.name ?? ""}, version: "${written.version ?? product.model?.version ?? ""}", digest: "${written.digest ?? product.model?.digest ?? ""}"}
config_sha256: ${coveredHash(subject, product, sha256)}
decision: ${decision ?? ""}
statement: ${statement}
${more}`;
  }

  /** @param made the commit of the run that made the model, where that is known; by version where it is known of several. */
  async register(
    config = "mlops.yaml",
    today = TODAY,
    made: string | Readonly<Record<string, string>> | null = null,
  ): Promise<SignOffRegister> {
    this.repositories.forget();
    const files = openWorkspaceFiles(this.path, async () => null);
    return openSignOffs({
      files,
      decisions: (folder, signal) => this.repositories.decisions(folder, signal),
      modelCommit: (_, { model }) => Promise.resolve(typeof made === "object" ? (made?.[model?.version ?? ""] ?? null) : made),
    }).register(config, today, never);
  }

  /** The only sign-off of a product. */
  async only(config = "mlops.yaml", today = TODAY): Promise<SignOffStanding> {
    const { all } = await this.register(config, today);
    const [first] = all;
    if (first === undefined || all.length !== 1) {
      throw new Error(`There are ${all.length} sign-offs.`);
    }
    return first;
  }

  dispose(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
