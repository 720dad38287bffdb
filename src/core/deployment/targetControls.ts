import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { oneLine } from "../base/oneLine";
import type { DeployTarget } from "./deployTarget";
import type { DeployWorld } from "./deployWorld";
import { readInputExample } from "./inputExample";
import { readDeployProduct, readTarget } from "./readDeployProduct";
import { isScored, type TargetSpec } from "./targetSpec";

/** What may be asked of a target without a plan: it changes no version. */
export type TargetControl = { readonly kind: "stop" | "restart" | "score" } | { readonly kind: "scale"; readonly replicas: number };

/** Stops, starts anew, scales and asks what targets serve. Never while a deployment is under way there. */
export class TargetControls {
  constructor(private readonly world: DeployWorld) {}

  /** Which controls a target has. */
  async of(config: string, target: string, signal: CancelSignal): Promise<readonly TargetControl["kind"][]> {
    const { spec, kind } = await this.find(config, target, signal);
    const { stop, restart, scale } = kind;
    return [
      ...(stop === null ? [] : (["stop"] as const)),
      ...(restart === null ? [] : (["restart"] as const)),
      ...(scale === null ? [] : (["scale"] as const)),
      ...(isScored(spec) ? (["score"] as const) : []),
    ];
  }

  /** @returns one sentence: what came of it. @throws AppError where the target has no such control, or is being changed right now. */
  async run(config: string, target: string, what: TargetControl, signal: CancelSignal): Promise<string> {
    if (!this.world.isTrusted()) {
      throw new AppError("usage", "Nothing is changed from a folder that is not trusted.", { remedy: "Trust the folder first." });
    }
    const { spec, kind } = await this.find(config, target, signal);
    if (what.kind === "score") {
      return this.score(spec, kind, signal);
    }
    const id = `control-${this.world.randomId()}`;
    const taken = await this.world.journal.hold({ config, target }, id, signal);
    if (taken.kind === "taken") {
      throw new AppError("usage", `${spec.name} is being changed right now, by the deployment ${oneLine(taken.by, 120)}.`, {
        remedy: "Wait until it is over.",
      });
    }
    try {
      return await change(spec, kind, what, signal);
    } finally {
      await taken.hold.release();
    }
  }

  private async score(spec: TargetSpec, kind: DeployTarget, signal: CancelSignal): Promise<string> {
    const { version } = await kind.inspect(spec, signal);
    if (version === null || spec.store === null) {
      throw new AppError("usage", `Nobody can tell which version is at ${spec.name}, and so which input example it takes.`);
    }
    const store = await this.world.openStore(spec.store, signal);
    try {
      const { input, why } = await readInputExample(store, spec.model, version, signal);
      if (input === null) {
        throw new AppError("usage", why ?? `Version ${version} has no input example.`, { remedy: "Log the model with an input example." });
      }
      const scoring = await kind.score(spec, input, signal);
      return scoring?.message ?? `${spec.name} serves nothing that could be asked.`;
    } finally {
      store.dispose();
    }
  }

  /** @throws AppError `usage` where the file does not say enough. */
  private async find(
    config: string,
    target: string,
    signal: CancelSignal,
  ): Promise<{ readonly spec: TargetSpec; readonly kind: DeployTarget }> {
    const product = await readDeployProduct(config, this.world, signal);
    const { spec, faults } = await readTarget(product, target, this.world, signal);
    const [fault] = faults;
    const kind = spec === null ? undefined : await this.world.targets.get(spec.type);
    if (spec === null || kind === undefined || fault !== undefined) {
      const message = fault?.message ?? `Targets of this kind are not to be had here.`;
      throw new AppError("usage", message, fault === undefined ? {} : { remedy: fault.remedy });
    }
    return { spec, kind };
  }
}

async function change(
  spec: TargetSpec,
  { stop, restart, scale }: DeployTarget,
  what: Exclude<TargetControl, { kind: "score" }>,
  signal: CancelSignal,
): Promise<string> {
  if (what.kind === "scale" && scale !== null) {
    await scale(spec, what.replicas, signal);
    return `${spec.name} serves with ${what.replicas === 1 ? "1 copy" : `${what.replicas} copies`} of the model now.`;
  }
  if (what.kind === "stop" && stop !== null) {
    await stop(spec, signal);
    return `${spec.name} serves nothing any more.`;
  }
  if (what.kind === "restart" && restart !== null) {
    await restart(spec, signal);
    return `${spec.name} was started anew.`;
  }
  throw new AppError("usage", `${spec.name} is a target that cannot be asked to ${what.kind}.`);
}
