import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { PRODUCT, SignOffRepository } from "../../builders/signOffRepository";

const FILE = ".mlops/signoffs/2026-11-20-launch-mia.yaml";
let repository: SignOffRepository;

function hasSshKeygen(): boolean {
  return spawnSync("ssh-keygen", ["-?"], { stdio: "ignore" }).error === undefined;
}

/** OpenSSH is part of every desktop system; a bare container gets it as it gets its browser. */
function ensureSshKeygen(): boolean {
  if (!hasSshKeygen() && process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
    spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "openssh-client"], { env, stdio: "ignore" });
  }
  return hasSshKeygen();
}

const canSign = ensureSshKeygen();
if (!canSign) {
  console.warn("ssh-keygen is not installed, so that signed commits are not tried. CI has it.");
}

/** A key of its own, which only the test's repository trusts. @returns what git needs to sign with it. */
function makeKey(name: string): readonly string[] {
  const key = join(repository.path, ".git", name);
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", key]);
  return ["gpg.format=ssh", `user.signingkey=${key}.pub`, "commit.gpgsign=true"];
}

function trust(...people: readonly (readonly [email: string, key: string])[]): void {
  const lines = people.map(([email, key]) => `${email} ${readFileSync(join(repository.path, ".git", `${key}.pub`), "utf8")}`);
  repository.write(".git/allowed_signers", lines.join(""));
  repository.git("config", "gpg.ssh.allowedSignersFile", join(repository.path, ".git", "allowed_signers"));
}

describe.runIf(canSign)("a signed commit", () => {
  let mia: readonly string[];
  let leo: readonly string[];

  beforeAll(() => {
    repository = new SignOffRepository();
    expect(existsSync(join(repository.path, ".git"))).toBe(true);
    repository.write("mlops.yaml", PRODUCT);
    repository.commitAs("ana@example.org", { day: "2026-11-10" });
    mia = makeKey("mia");
    leo = makeKey("leo");
  });
  afterAll(() => repository.dispose());

  const signWith = async (config: readonly string[], more: readonly string[] = ["-S"]): Promise<unknown> => {
    repository.git("rm", "-q", "--ignore-unmatch", FILE);
    repository.commitAs("ana@example.org");
    repository.write(FILE, repository.signOff(PRODUCT));
    repository.commitAs("mia@example.org", { config, more });
    return repository.only();
  };

  it("is stronger evidence where its key is known to be that of the person who decided", async () => {
    trust(["mia@example.org", "mia"], ["leo@example.org", "leo"]);
    expect(await signWith(mia)).toMatchObject({ state: "given", signature: "signed" });
    expect(await signWith([], [])).toMatchObject({ state: "given", signature: "unsigned" });
  });

  it("says nothing where the key is another person's, or nobody knows whose it is", async () => {
    trust(["mia@example.org", "mia"], ["leo@example.org", "leo"]);
    expect(await signWith(leo)).toMatchObject({ state: "given", signature: "unknown" });
    trust(["mia@example.org", "mia"]);
    expect(await signWith(leo)).toMatchObject({ signature: "unknown" });
  });

  it("refuses the decision where the signature does not fit the commit", async () => {
    trust(["mia@example.org", "mia"]);
    await signWith(mia);
    // The same commit with another message keeps its signature, as somebody would forge it.
    const forged = repository.git("cat-file", "commit", "HEAD").replace(/x$/, "y");
    const hash = execFileSync("git", ["hash-object", "-t", "commit", "-w", "--stdin"], {
      cwd: repository.path,
      input: `${forged}\n`,
      encoding: "utf8",
    }).trim();
    repository.git("reset", "-q", "--hard", hash);
    expect(await repository.only()).toMatchObject({ state: "refused", cause: "bad_signature" });
  });
});
