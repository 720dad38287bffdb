import type { DeployTarget } from "./deployTarget";
import type { TargetType } from "./targetSpec";

/** Kinds of targets by their names; one that is loaded when it is first asked for is a promise. A plain map is one, too. */
export interface TargetSource {
  get(type: TargetType): DeployTarget | Promise<DeployTarget> | undefined;
}

/** Kinds of targets of which each is loaded once, when it is first asked for. */
export function lazyTargets(loaders: Readonly<Record<TargetType, () => Promise<DeployTarget>>>): TargetSource {
  const loaded = new Map<TargetType, Promise<DeployTarget>>();
  return {
    get: (type) => {
      const target = loaded.get(type) ?? loaders[type]();
      loaded.set(type, target);
      return target;
    },
  };
}
