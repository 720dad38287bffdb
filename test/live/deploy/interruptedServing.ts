import { spawnSync } from "node:child_process";
import { join } from "node:path";

import { buildSync } from "esbuild";
import { expect } from "vitest";

import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { DeployPlan } from "../../../src/core/deployment/deployPlan";
import type { Deployment, TargetStatus } from "../../../src/core/deployment/deployment";
import { type OpenedDeployments, openDeployments } from "../../../src/core/deployment/openDeployments";
import { DEPLOY_CONFIG } from "../../builders/deployWorld";
import { type Serving, servingWorld } from "./servingWorld";

interface ServedProduct {
  readonly root: string;
  readonly serving: Serving;
  /** The version that answers; null where none does. */
  readonly held: () => Promise<string | null>;
}

export function buildServingHost(folder: string): string {
  const host = join(folder, "servingHost.cjs");
  buildSync({ entryPoints: ["test/live/deploy/servingHost.ts"], outfile: host, bundle: true, platform: "node", format: "cjs" });
  return host;
}

/** Releases of a product over what really serves, and what is shown of them. */
export class ServedReleases {
  readonly opened: OpenedDeployments;

  constructor(
    private readonly product: ServedProduct,
    private readonly host: string,
  ) {
    this.opened = openDeployments(servingWorld(product.root, product.serving));
  }

  plan(version: string): Promise<DeployPlan> {
    return this.opened.planning.plan(
      { config: DEPLOY_CONFIG, target: "staging", version, intent: "deploy", reason: null },
      NEVER_CANCELLED,
    );
  }

  async release(version: string): Promise<Deployment> {
    return this.opened.deployments.run(
      await this.plan(version),
      null,
      () => undefined,
      () => undefined,
      NEVER_CANCELLED,
    );
  }

  /** In a process of its own. @param moment at which it kills itself, such as "after stop"; "" for never. @returns whether it came to its end. */
  async inOwnProcess(version: string, moment: string): Promise<{ readonly plan: DeployPlan; readonly isEnded: boolean }> {
    const plan = await this.plan(version);
    const { root, serving } = this.product;
    const args = [this.host, root, JSON.stringify(serving), moment, JSON.stringify(plan)];
    return { plan, isEnded: spawnSync(process.execPath, args, { stdio: "ignore" }).signal === null };
  }

  /** Kills a release at a moment; then what is shown is what is there, and the log verifies. */
  async killedAt(moment: string, version: string): Promise<void> {
    const { plan, isEnded } = await this.inOwnProcess(version, moment);
    expect(isEnded).toBe(false);
    const kept = await this.opened.read(DEPLOY_CONFIG, plan.deploymentId, NEVER_CANCELLED);
    expect(kept?.deployment.state).not.toBe("running");
    await this.expectTrueState();
  }

  async expectTrueState(): Promise<void> {
    expect(await this.status()).toMatchObject({ version: await this.product.held(), isMovedElsewhere: false, running: null });
    expect((await this.opened.deployments.history(DEPLOY_CONFIG, NEVER_CANCELLED)).problems).toEqual([]);
  }

  async status(): Promise<TargetStatus | undefined> {
    return (await this.opened.deployments.status([DEPLOY_CONFIG], NEVER_CANCELLED))[0];
  }
}
