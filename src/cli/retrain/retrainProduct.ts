import { realpath } from "node:fs/promises";

import { needBeforePlan, needOfPlan, type TrainingNeed } from "../../core/training/need/judgeNeed";
import type { RetrainPlan, TrainingReason } from "../../core/training/retrainPlan";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { CommandContext } from "../command";
import { demandAnswer } from "../demandAnswer";
import { EXIT } from "../exitCode";
import { openMonitoredFiles } from "../monitor/openMonitoring";
import { printable } from "../printable";
import { findOneProduct } from "./findOneProduct";
import { blockedText } from "./blockedText";
import { followJob } from "./followJob";
import { jobText } from "./jobText";
import type { OpenedTraining, OpenTraining } from "./openedTraining";
import { readRetrainRequest, type RetrainRequest } from "./retrainOptions";
import { blockedExit, endedExit } from "./retrainExit";

/** What `mlops retrain --json` prints. */
interface RetrainReport {
  /** Null where `--if-needed` said no before a plan was made. */
  readonly plan: RetrainPlan | null;
  readonly job: TrainingJob | null;
  /** Null without `--if-needed`. */
  readonly needed: TrainingNeed | null;
}

/** `mlops retrain`, once it is asked for. */
export async function retrainProduct(context: CommandContext, openTraining: OpenTraining): Promise<number> {
  const { options, host } = context;
  const request = readRetrainRequest(options);
  demandAnswer(request, host);
  const openFiles = openMonitoredFiles();
  const { root, product } = await findOneProduct(request.product, await realpath(host.cwd), openFiles, host.signal);
  const opened = openTraining(root, openFiles(root), context);
  try {
    return await new Retraining(opened, product.path, request, context).run();
  } finally {
    opened.dispose();
  }
}

class Retraining {
  constructor(
    private readonly opened: OpenedTraining,
    private readonly config: string,
    private readonly request: RetrainRequest,
    private readonly context: CommandContext,
  ) {}

  async run(): Promise<number> {
    const { host, output } = this.context;
    const { ifNeeded, planOnly } = this.request;
    const facts = ifNeeded ? await this.opened.needFacts(this.config, host.signal) : null;
    const before = facts === null ? null : needBeforePlan(facts);
    if (before !== null && before.kind !== "needed") {
      return this.unneeded({ plan: null, job: null, needed: before });
    }
    const plan = await this.plan(before?.reason ?? null);
    const redundancy = this.request.againBecause === null ? plan.redundancy : withoutRepeat(plan.redundancy);
    const needed = facts === null ? null : needOfPlan(before, facts, redundancy, plan.fingerprint.value);
    if (needed !== null && needed.kind !== "needed") {
      return this.unneeded({ plan, job: null, needed });
    }
    if (!output.isJson) {
      await host.stdout.write(`${this.opened.planText(plan)}\n`);
    }
    if (plan.checks.some(({ result }) => result === "block")) {
      await this.report({ plan, job: null, needed });
      await host.stderr.write(`${blockedText(plan)}\n`);
      return blockedExit(plan);
    }
    if (planOnly || !(await this.isConfirmed(plan))) {
      await this.report({ plan, job: null, needed });
      return EXIT.fine;
    }
    return this.train(plan, needed);
  }

  private plan(needed: TrainingReason | null): Promise<RetrainPlan> {
    const { host, output } = this.context;
    const { engine, params, reason, againBecause, consents } = this.request;
    const kind = needed?.kind ?? (this.request.ifNeeded ? "data_change" : "manual");
    const text = reason ?? needed?.text ?? (kind === "data_change" ? "New data came." : "Asked for on the command line.");
    const wish = { config: this.config, engine, params, reason: { kind, text }, againBecause, consents };
    return this.opened.planning.plan(wish, (step) => void output.note(printable(step)).catch(ignoreGoneReader), host.signal);
  }

  private async isConfirmed({ product, engine }: RetrainPlan): Promise<boolean> {
    const { host, output } = this.context;
    if (this.request.yes) {
      return true;
    }
    const answer = await host.ask?.(`Train ${printable(product)} on ${engine} as shown? [y/N] `, host.signal);
    const isYes = /^\s*y(?:es)?\s*$/i.test(answer ?? "");
    if (!isYes) {
      await output.note("Nothing was started.");
    }
    return isYes;
  }

  private async train(plan: RetrainPlan, needed: TrainingNeed | null): Promise<number> {
    const { host, output } = this.context;
    const started = await this.opened.jobs.start(plan, host.signal);
    await output.note(`The training is ${printable(started.id)}.`);
    if (this.request.detach) {
      await this.report({ plan, job: started, needed });
      return EXIT.fine;
    }
    try {
      const ended = await followJob(this.opened.jobs, started, this.context);
      await this.report({ plan, job: ended, needed });
      return endedExit(ended);
    } catch (error) {
      if (host.signal.aborted) {
        await host.stderr.write(
          `\nThe training ${printable(started.id)} goes on. See how it is with "mlops jobs ${started.id}", end it with "mlops jobs ${started.id} --cancel".\n`,
        );
        return EXIT.interrupted;
      }
      throw error;
    }
  }

  private async unneeded(report: RetrainReport & { readonly needed: TrainingNeed }): Promise<number> {
    const { output } = this.context;
    const { needed } = report;
    await this.report(report);
    if (needed.kind !== "needed") {
      await output.note(printable(needed.why));
    }
    return needed.kind === "cannot_tell" ? EXIT.couldNotJudge : EXIT.fine;
  }

  private async report(report: RetrainReport): Promise<void> {
    const { host, output } = this.context;
    if (output.isJson) {
      await host.stdout.write(`${JSON.stringify(report)}\n`);
    } else if (report.job !== null) {
      await host.stdout.write(jobText(report.job, host.now()));
    }
  }
}

/** Somebody has said why the same is trained again, so that it is no reason against it. */
function withoutRepeat(redundancy: RetrainPlan["redundancy"]): RetrainPlan["redundancy"] {
  return redundancy.kind === "redundant" ? { kind: "changed", past: redundancy.past, changes: [] } : redundancy;
}

function ignoreGoneReader(): void {
  // Nobody reads progress any more.
}
