import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../scripts/node.mjs";

const PARTS = join(root, "scripts", "story");
const DOCUMENTS = ["on-call", "rollback", "dpia", "balancing", "erasure", "privacy-notice"];
const TODAY = new Date().toISOString().slice(0, 10);

/** Sentences of those who decide. */
const STATEMENTS = {
  early: "Two columns and a year of keeping are as little as it needs.",
  dpia: "The assessment covers this data and what we do with it.",
  launch: "I read the report on both plans, and the target holds in each.",
} as const;

const PEOPLE = {
  Ana: ["Ana Ruiz", "ana@example.org"],
  Mia: ["Mia Berg", "mia@example.org"],
  Paul: ["Paul Weiss", "paul@example.org"],
} as const;
type Person = keyof typeof PEOPLE;

/** What people and programs beside the editor do in the story: the same as scripts/story.sh has them do. */
export class StoryFolder {
  constructor(
    readonly path: string,
    private readonly port: number,
  ) {}

  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** A repository with data, code and documents, before anybody describes the model. */
  begin(): void {
    for (const folder of ["data", "docs", "reports", ".mlops"]) {
      mkdirSync(join(this.path, folder), { recursive: true });
    }
    this.makeData("data/train.csv", 1000, 1);
    this.makeData("data/test.csv", 500, 2);
    for (const name of ["train.mjs", "release.mjs", "serve.mjs"]) {
      cpSync(join(PARTS, name), join(this.path, name));
    }
    for (const name of DOCUMENTS) {
      this.write(`docs/${name}.md`, `# ${name}\n\nAs we agreed.\n`);
    }
    this.write("requirements.lock", "# Node alone.\n");
    this.write(".mlops/policy.yaml", "version: 1\nprices: {currency: EUR, instances: {small: 0.05}}\n");
    this.write(".gitignore", "mlruns/\nlogs/\n.served\n.mlops/mlops.cjs\n");
    this.git("init", "-q", "-b", "main");
    this.git("config", "user.name", PEOPLE.Ana[0]);
    this.git("config", "user.email", PEOPLE.Ana[1]);
    this.commit("Begin");
  }

  /** What only people can answer, written into the product's file. */
  answer(): void {
    const node = JSON.stringify(process.execPath);
    const words = `[${node}, train.mjs, --features, "{features}", --epochs, "{epochs}", --explain, "{explain}"]`;
    const target = `{type: command, command: [${node}, release.mjs, "${this.port}"], address: "${this.address}", health: health, score: invocations}`;
    const values = {
      CODE: "train.mjs",
      TRAINING: `{engine: local, command: ${words}, params: {features: minutes, epochs: 200, explain: none}, code: [train.mjs], environment: requirements.lock, trigger: {on_drift: fail}, resources: {timeout: 10m, cpus: 1, instance: small}}`,
      STORE: "mlruns",
      TARGETS: `production: ${target}`,
      TODAY,
    };
    const template = readFileSync(join(PARTS, "answered.yaml.in"), "utf8");
    this.write(
      "mlops.yaml",
      Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`@${name}@`, value), template),
    );
    this.mlops("lint", "--fix");
    this.commit("Answer what only people can answer");
  }

  /** Ana writes down a version and the hash of its files. */
  describe(version: string): void {
    const { digest } = JSON.parse(this.mlops("gate", ".", "--target", "production", "--version", version, "--no-write", "--json")) as {
      digest: string;
    };
    this.edit(/^model: .*$/m, `model: {registry: mlflow, name: churn, version: "${version}", digest: "${digest}", license: proprietary}`);
    this.commit(`Describe version ${version}`);
  }

  /** Customers with a flat rate, in the place of those before. */
  takeFlatRate(): void {
    const before = ["data/train.csv", "data/test.csv"].map((file) => [file, this.hash(file)] as const);
    this.makeData("data/train.csv", 1000, 3, "flat-rate");
    this.makeData("data/test.csv", 500, 4, "flat-rate");
    for (const [file, hash] of before) {
      this.edit(hash, this.hash(file));
    }
    this.edit(/^stage: .*$/m, "stage: production");
    this.commit("Take the customers with a flat rate");
  }

  /** A person fills in a draft, and commits that file alone. @param file relative to the workspace. */
  sign(person: Person, subject: keyof typeof STATEMENTS, file: string): void {
    const [name, email] = PEOPLE[person];
    const signed = this.read(file)
      .replace(/^ {2}name:$/m, `  name: ${name}`)
      .replace(/^ {2}email:$/m, `  email: ${email}`)
      .replace(/^decision:.*$/m, "decision: approve")
      .replace(/^statement:.*$/m, `statement: ${STATEMENTS[subject]}`);
    this.write(file, signed);
    this.git("add", file);
    this.git("-c", `user.name=${name}`, "-c", `user.email=${email}`, "commit", "-q", "-m", `Decide on the ${subject}`, "--", file);
  }

  /** Drafts of all that is due, by subject. */
  request(): Readonly<Record<string, string>> {
    const { drafts } = JSON.parse(this.mlops("request-sign-off", ".", "--json")) as {
      drafts: readonly { readonly subject: string; readonly file: string }[];
    };
    return Object.fromEntries(drafts.map(({ subject, file }) => [subject, file]));
  }

  /** Customers are scored by what was released, from so many hours ago to so many. */
  work(from: number, to: number, seed: number, kind = ""): void {
    this.node(join(PARTS, "work.mjs"), this.address, "logs/scored.csv", "400", String(from), String(to), String(seed), kind);
  }

  /** The command line of the package, as a workflow of the team runs it. @returns standard output, whatever the exit code. */
  mlops(...args: readonly string[]): string {
    return this.node(join(root, "dist", "mlops.cjs"), ...args);
  }

  edit(before: string | RegExp, after: string): void {
    this.write("mlops.yaml", this.read("mlops.yaml").replace(before, after));
  }

  commit(message: string): void {
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", message);
  }

  read(path: string): string {
    return readFileSync(join(this.path, path), "utf8");
  }

  private write(path: string, text: string): void {
    writeFileSync(join(this.path, path), text);
  }

  private hash(path: string): string {
    return createHash("sha256").update(this.read(path)).digest("hex");
  }

  private makeData(file: string, rows: number, seed: number, kind = ""): void {
    this.node(join(PARTS, "makeData.mjs"), file, String(rows), String(seed), kind);
  }

  private git(...args: readonly string[]): void {
    this.run("git", ["-c", "commit.gpgsign=false", ...args]);
  }

  private node(...args: readonly string[]): string {
    return this.run(process.execPath, args, [0, 1]);
  }

  private run(program: string, args: readonly string[], codes: readonly number[] = [0]): string {
    const env = { ...process.env, CI: "true", MLFLOW_TRACKING_URI: undefined };
    const { status, stdout, stderr } = spawnSync(program, args, { cwd: this.path, env, encoding: "utf8" });
    if (status === null || !codes.includes(status)) {
      throw new Error(`${program} ${args.join(" ")} ended with ${status}: ${stdout}${stderr}`);
    }
    return stdout;
  }
}
