import { realpath } from "node:fs/promises";

import type { DeployPlan } from "../../core/deployment/deployPlan";
import type { Deployment } from "../../core/deployment/deployment";
import { letsThrough } from "../../core/deployment/gate/checks/exceptionCheck";
import { blockedBecause } from "../../core/deployment/refuseDeployPlan";
import { deployPlanText } from "../../core/deployment/view/deployPlanText";
import type { CommandContext } from "../command";
import { demandAnswer } from "../demandAnswer";
import { EXIT } from "../exitCode";
import { openMonitoredFiles } from "../monitor/openMonitoring";
import { onlyTarget } from "../onlyTarget";
import { printable } from "../printable";
import { findOneProduct } from "../retrain/findOneProduct";
import { type DeployRequest, readDeployRequest } from "./deployOptions";
import { deploymentText } from "./deployText";
import type { CliDeployments } from "./openCliDeployments";

/** What `mlops deploy --json` prints. */
interface DeployReport {
  readonly plan: DeployPlan;
  /** Null where nothing was begun. */
  readonly deployment: Deployment | null;
}

/** `mlops deploy` and `mlops rollback`, once they are asked for. */
export async function deployProduct(
  intent: DeployRequest["intent"],
  context: CommandContext,
  open: (root: string, context: CommandContext) => CliDeployments,
): Promise<number> {
  const { options, host } = context;
  const request = readDeployRequest(intent, options);
  demandAnswer(request, host);
  const { root, product } = await findOneProduct(request.product, await realpath(host.cwd), openMonitoredFiles(), host.signal);
  const target = request.target ?? onlyTarget(product.config, product.path);
  const opened = open(root, context);
  try {
    return await new Releasing(opened, product.path, target, request, context).run();
  } finally {
    opened.dispose();
  }
}

class Releasing {
  constructor(
    private readonly opened: CliDeployments,
    private readonly config: string,
    private readonly target: string,
    private readonly request: DeployRequest,
    private readonly context: CommandContext,
  ) {}

  async run(): Promise<number> {
    const { host, output } = this.context;
    const { intent, version, reason, planOnly } = this.request;
    const wish = { config: this.config, target: this.target, version, intent, reason };
    await output.note("Making the plan");
    const plan = await this.opened.planning.plan(wish, host.signal);
    if (!output.isJson) {
      await host.stdout.write(`${deployPlanText(plan)}\n`);
    }
    const blocking = blockedBecause(plan);
    if (blocking.length > 0) {
      await this.report({ plan, deployment: null });
      await output.note(["Nothing was changed: the plan is blocked.", ...blocking.map(sentence)].join("\n"));
      return blockedExit(plan);
    }
    if (planOnly || !(await this.isConfirmed(plan))) {
      await this.report({ plan, deployment: null });
      return EXIT.fine;
    }
    return this.release(plan);
  }

  /** In production a person types the model's name; a script has said `--yes`. */
  private async isConfirmed({ spec, version, confirmBy }: DeployPlan): Promise<boolean> {
    const { host, output } = this.context;
    if (this.request.yes) {
      return true;
    }
    const what = `${this.request.intent === "rollback" ? "Go back to" : "Release"} version ${printable(version)} at ${printable(spec.name)}`;
    const question = confirmBy === null ? `${what} as shown? [y/N] ` : `${what}: type ${printable(confirmBy)} to confirm. `;
    const answer = (await host.ask?.(question, host.signal))?.trim() ?? "";
    const isYes = confirmBy === null ? /^y(?:es)?$/i.test(answer) : answer === confirmBy;
    if (!isYes) {
      await output.note("Nothing was changed.");
    }
    return isYes;
  }

  private async release(plan: DeployPlan): Promise<number> {
    const { host, output } = this.context;
    const log = (line: string): void => void output.note(printable(line)).catch(ignoreGoneReader);
    await output.note(`The deployment is ${printable(plan.deploymentId)}. Ctrl-C stops it and goes back.`);
    const ended = await this.opened.deployments.run(plan, plan.confirmBy, () => undefined, log, host.signal);
    await this.report({ plan, deployment: ended });
    if (host.signal.aborted && ended.state !== "succeeded") {
      return EXIT.interrupted;
    }
    return ended.state === "succeeded" ? EXIT.fine : EXIT.findings;
  }

  private async report(report: DeployReport): Promise<void> {
    const { host, output } = this.context;
    if (output.isJson) {
      await host.stdout.write(`${JSON.stringify(report)}\n`);
    } else if (report.deployment !== null) {
      await host.stdout.write(deploymentText(report.deployment));
    }
  }
}

function sentence({ message, remedy }: { readonly message: string; readonly remedy: string | null }): string {
  return `- ${printable(remedy === null ? message : `${message} ${remedy}`)}`;
}

/** Wrong use of the file, what could not be judged, or a no with a reason. */
function blockedExit({ checks, gate }: DeployPlan): number {
  const blocking = checks.filter(({ result }) => result === "block");
  if (blocking.some(({ id }) => id === "config" || id === "trust" || id === "version")) {
    return EXIT.unusable;
  }
  return blocking.length === 0 && !letsThrough(gate) && gate.decision === "could_not_judge" ? EXIT.couldNotJudge : EXIT.findings;
}

function ignoreGoneReader(): void {
  // Nobody reads progress any more.
}
