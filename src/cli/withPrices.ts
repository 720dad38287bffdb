import { realpath } from "node:fs/promises";

import { readPricedFolder } from "../adapters/node/readPricedFolder";
import { openWorkspaceFiles } from "../adapters/node/workspaceFiles";
import type { CancelSignal } from "../core/base/cancel";
import type { ComparedRun } from "../core/compare/comparedRun";
import { priceRun } from "../core/cost/priceRun";
import { findPolicy } from "../core/lint/workspace/findPolicy";
import { readScopes } from "./lint/lintScopes";

/**
 * Runs with what each cost by the policy of the repository around a folder, or why nobody knows. Without a policy that names prices nothing is looked for
 * nor said: nobody has asked for them. @param now milliseconds since 1970, the end of a run that works.
 */
export async function withPrices(
  runs: readonly ComparedRun[],
  cwd: string,
  now: number,
  signal: CancelSignal,
): Promise<readonly ComparedRun[]> {
  const [scope] = await readScopes([], await realpath(cwd));
  const root = scope?.root ?? cwd;
  const { prices } = await findPolicy(
    "",
    openWorkspaceFiles(root, () => Promise.resolve(null)),
    signal,
  );
  if (prices.instances.size === 0) {
    return runs;
  }
  const folder = await readPricedFolder(root, () => null, signal);
  return Promise.all(
    runs.map(async (compared) => {
      const { run, storeId, experiment } = compared;
      const priced = await priceRun(run, { storeId, experiment }, [folder], now, signal);
      return priced === null ? compared : { ...compared, price: priced.cost, priceNote: priced.note };
    }),
  );
}
