import { createMlflowAliasTarget } from "../../../src/adapters/mlflowAlias/mlflowAliasTarget";
import { openRestStore } from "../../../src/adapters/mlflowRest/openRestStore";
import type { RestConnection } from "../../../src/adapters/mlflowRest/restConnection";
import { createRegistryByRest } from "../../../src/adapters/mlflowRest/registryByRest";
import { AppError } from "../../../src/core/base/appError";
import type { CancelSignal } from "../../../src/core/base/cancel";
import type { DeployTarget } from "../../../src/core/deployment/deployTarget";
import type { DeployWorld } from "../../../src/core/deployment/deployWorld";
import { registryWriter } from "../../../src/core/deployment/registryWriter";
import type { Store } from "../../../src/core/tracking/store";
import type { StoreLocation } from "../../../src/core/tracking/storeLocation";
import { deployWorld } from "../../builders/deployWorld";

export const ALIAS = "challenger";
export const ALIAS_MODEL = "churn 1";

/** A product whose releases move an alias of a real server. */
export function aliasProduct(url: string): string {
  return `version: 1
name: churn-model
purpose: Predict which customers may leave, so that support can call them first.
owner: ana@example.org
tracking: {uri: "${url}"}
model: {name: ${ALIAS_MODEL}}
deploy: {targets: {staging: {type: mlflow_alias, alias: ${ALIAS}, timeout: 30s}}}
`;
}

/**
 * The world of a folder with a real registry behind it.
 * @param at told before each call of the target that changes something.
 */
export function aliasWorld(root: string, url: string, at: (what: string) => void = () => undefined): DeployWorld {
  const connection: RestConnection = { url, credentials: () => Promise.resolve({ kind: "none" } as const), timeoutMs: 10_000 };
  const openStore = (_: StoreLocation, signal: CancelSignal): Promise<Store> => openRestStore(connection, signal);
  const byPython = (): Promise<never> => Promise.reject(new AppError("usage", "No Python is asked here."));
  const target = createMlflowAliasTarget({
    open: openStore,
    writer: registryWriter(() => Promise.resolve(createRegistryByRest(() => Promise.resolve(connection))), byPython),
  });
  const apply: DeployTarget["apply"] = async (draft, step, log, signal) => {
    at(`before ${step.id}`);
    await target.apply(draft, step, log, signal);
    at(`after ${step.id}`);
  };
  const watched: DeployTarget = Object.assign(Object.create(target) as DeployTarget, { apply });
  return deployWorld(root, watched, { openStore, storeOf: () => ({ kind: "rest", url }) });
}
