import type { CancelSignal } from "../../base/cancel";
import { readConfig } from "../../config/readConfig";
import { indexed } from "../indexed";
import type { Fact } from "../lintFacts";
import { isApproval, isUncommitted, newestSignOff } from "../signOffState";
import type { Repositories } from "./lintPorts";
import { parseOnce } from "./readParsed";
import type { GatheredSignOff } from "./signOffFacts";

type Targets = Readonly<Record<string, string>>;

/** The targets of the version that was last approved for launch; null where none was, or where it cannot be told which. */
export async function gatherApprovedTargets(
  path: string,
  signOffs: Fact<readonly GatheredSignOff[]>,
  repositories: Repositories,
  signal: CancelSignal,
): Promise<Fact<Targets | null>> {
  if (!signOffs.known) {
    return signOffs;
  }
  const usable = signOffs.value.filter((one) => isApproval(one) && !isUncommitted(one) && !one.isBot && one.commit !== null);
  const newest = newestSignOff(usable, "launch");
  const commit = usable.find((one) => one === newest)?.commit ?? null;
  if (commit === null) {
    return { known: true, value: null };
  }
  const text = await repositories.textAt(path, commit, signal);
  return text.known ? { known: true, value: text.value === null ? null : parseOnce(text.value, readTargets) } : text;
}

/** By the name of the KPI; that of all comes before those of groups. */
function readTargets(text: string): Targets {
  const { value } = readConfig(text, () => ({ error: "it is not read for an old version" }));
  const kpis = indexed(value.kpis).map(([, kpi]) => kpi);
  // Without a prototype, because a KPI may be called "constructor".
  const targets = Object.create(null) as Record<string, string>;
  for (const { name, target } of [...kpis.filter(({ by }) => by === undefined), ...kpis.filter(({ by }) => by !== undefined)]) {
    if (name !== undefined && target !== undefined) {
      targets[name] ??= target;
    }
  }
  return targets;
}
