import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import type { TextSink } from "../../../src/cli/cliHost";
import type { CommandContext } from "../../../src/cli/command";
import { deployCommand, rollbackCommand } from "../../../src/cli/commands/deployCommand";
import { deployProduct } from "../../../src/cli/deploy/deployProduct";
import { Output } from "../../../src/cli/output";
import { parseOptions } from "../../../src/cli/parseOptions";
import type { DeployPlan } from "../../../src/core/deployment/deployPlan";
import type { Deployment } from "../../../src/core/deployment/deployment";
import type { GateResult } from "../../../src/core/deployment/gate/gate";
import { openDeployments } from "../../../src/core/deployment/openDeployments";
import { DEPLOY_PRODUCT, deployWorld, gateResult, writeProduct } from "../../builders/deployWorld";
import { fileTarget, heldAt, holdAt } from "../../fakes/fileTarget";

const scratch = mkdtempSync(join(tmpdir(), "mlops-cli-deploy-"));

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Report {
  readonly plan: DeployPlan;
  readonly deployment: Deployment | null;
}

class Setting {
  readonly root = mkdtempSync(join(scratch, "case-"));
  readonly folder: string;
  readonly questions: string[] = [];
  gate: Partial<GateResult> = {};
  /** What somebody types; null where nobody sits at a terminal. */
  answer: string | null = null;
  signal = new AbortController().signal;

  constructor(text = DEPLOY_PRODUCT) {
    // Marks the top of the workspace, as a repository does.
    mkdirSync(join(this.root, ".git"));
    this.folder = dirname(writeProduct(this.root, text));
    holdAt(this.folder, "1");
  }

  async run(
    intent: "deploy" | "rollback",
    ...args: string[]
  ): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
    const command = intent === "deploy" ? deployCommand : rollbackCommand;
    const written = { stdout: "", stderr: "" };
    const sink = (name: "stdout" | "stderr"): TextSink => ({
      isTerminal: false,
      columns: undefined,
      write: (text) => {
        written[name] += text;
        return Promise.resolve();
      },
    });
    const options = parseOptions(args, command.options, command.name, command.argument);
    const ask = (question: string): Promise<string> => {
      this.questions.push(question);
      return Promise.resolve(this.answer ?? "");
    };
    const host = {
      ...{ env: {}, cwd: this.root, stdout: sink("stdout"), stderr: sink("stderr"), signal: this.signal, now: () => Date.now() },
      ask: this.answer === null ? undefined : ask,
    };
    const none = (): Promise<never> => Promise.reject(new Error("No store is needed."));
    const context: CommandContext = {
      ...{ options, host, version: "1.2.3", openStore: none, openStores: none, stores: { open: none } },
      output: new Output(host, { json: options.has("json"), quiet: options.has("quiet"), color: false }),
    };
    const code = await deployProduct(intent, context, (root) => ({
      ...openDeployments(
        deployWorld(root, fileTarget(), {
          gate: { judge: (wish) => Promise.resolve(gateResult(wish, this.gate)), record: () => Promise.resolve() },
        }),
      ),
      dispose: () => undefined,
    }));
    return { code, ...written };
  }
}

describe("mlops deploy", () => {
  it("shows the plan, releases, and says what came of it", async () => {
    const now = new Setting();
    const { code, stdout, stderr } = await now.run("deploy", "churn", "--version", "2", "--yes", "--reason", "Better");
    expect(code).toBe(0);
    expect(stdout).toContain("Plan to release version 2 of churn at staging");
    expect(stdout).toContain("1. Prepare version 2.");
    expect(stdout).toMatch(/State +Succeeded/);
    expect(stderr).toContain("Did switch with version 2.");
    expect(heldAt(now.folder)).toBe("2");
    expect(readFileSync(join(now.folder, ".mlops", "deployments.jsonl"), "utf8")).toContain('"reason":"Better"');
  });

  it("writes plan and deployment as JSON and nothing else to standard output", async () => {
    const now = new Setting();
    const { code, stdout } = await now.run("deploy", "churn", "--target", "staging", "--version", "2", "--yes", "--json");
    expect(code).toBe(0);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ plan: { version: "2", previous: "1" }, deployment: { state: "succeeded", serves: "2" } });
  });

  it("changes nothing with --plan-only, and takes the version of the file", async () => {
    const now = new Setting(DEPLOY_PRODUCT.replace("{name: churn}", '{name: churn, version: "3"}'));
    const { code, stdout } = await now.run("deploy", "churn", "--plan-only", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ plan: { version: "3" }, deployment: null });
    expect(heldAt(now.folder)).toBe("1");
  });

  it("exits with 1 and goes back when the version does not work", async () => {
    const now = new Setting();
    writeFileSync(join(now.folder, "broken-2"), "");
    const { code, stdout } = await now.run("deploy", "churn", "--version", "2", "--yes");
    expect(code).toBe(1);
    expect(stdout).toContain("Failed and rolled back");
    expect(stdout).toContain("Version 1 was put back by itself.");
    expect(heldAt(now.folder)).toBe("1");
  });

  it.each([
    ["block", 1],
    ["could_not_judge", 3],
  ] as const)("exits by the gate's answer %s, with what to do, and changes nothing", async (decision, exit) => {
    const now = new Setting();
    now.gate = { decision, checks: [{ id: "kpi:f1", result: decision, message: "f1 is too low.", evidence: [], remedy: "Train it." }] };
    const { code, stderr } = await now.run("deploy", "churn", "--version", "2", "--yes");
    expect(code).toBe(exit);
    expect(stderr).toContain("- f1 is too low. Train it.");
    expect(heldAt(now.folder)).toBe("1");
  });

  it("exits with 2 for a version that the registry does not have", async () => {
    const now = new Setting();
    const { code, stderr } = await now.run("deploy", "churn", "--version", "77", "--yes");
    expect(code).toBe(2);
    expect(stderr).toContain("The registry has no version 77 of churn.");
  });

  it("asks before it changes anything, and for the name in production", async () => {
    const now = new Setting(DEPLOY_PRODUCT.replace("staging:", "production:"));
    now.answer = "y";
    expect((await now.run("deploy", "churn", "--version", "2")).stderr).toContain("Nothing was changed.");
    now.answer = "churn";
    expect((await now.run("deploy", "churn", "--version", "2")).code).toBe(0);
    expect(now.questions[0]).toContain("type churn to confirm");
    expect(heldAt(now.folder)).toBe("2");
  });

  it.each([
    [["churn", "--version", "2"], "Nobody sits at a terminal"],
    [["churn", "--version", "2", "--yes", "--plan-only"], "exclude each other"],
    [["churn", "--version", "", "--yes"], "--version is empty"],
    [["churn", "--yes"], "Nobody says which version"],
    [["churn", "--target", "stagin", "--version", "2", "--yes"], 'no target "stagin"'],
    [["churn", "--version", "2", "--yes", "--reason", `ghp_${"a1B2".repeat(10)}`], "holds a GitHub token"],
  ])("says what is wrong with %j", async (args, wanted) => {
    await expect(new Setting().run("deploy", ...args)).rejects.toThrow(wanted);
  });
});

describe("mlops rollback", () => {
  it("goes back to the version before, or to the one that is named", async () => {
    const now = new Setting();
    await now.run("deploy", "churn", "--version", "2", "--yes");
    await now.run("deploy", "churn", "--version", "3", "--yes");
    const { code, stdout } = await now.run("rollback", "churn", "--yes", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      plan: { intent: "rollback", version: "2" },
      deployment: { state: "succeeded", serves: "2" },
    });
    expect((await now.run("rollback", "churn", "--to", "4", "--yes")).code).toBe(0);
    expect(heldAt(now.folder)).toBe("4");
  });
});
