import type { CancelSignal } from "../../base/cancel";
import { type JudgedSignOffs, wasApproved } from "../../governance/signOffStanding";
import { indexed } from "../indexed";
import type { Fact } from "../lintFacts";
import type { Repositories } from "./lintPorts";
import { parseOnce } from "./readParsed";
import { readOldProduct } from "./readProduct";

type Targets = Readonly<Record<string, string>>;

/** The targets of the version that was last approved for launch; null where none was, or where it cannot be told which. */
export async function gatherApprovedTargets(
  path: string,
  { standings }: JudgedSignOffs,
  repositories: Repositories,
  signal: CancelSignal,
): Promise<Fact<Targets | null>> {
  const unknown = standings.find(({ state }) => state === "unknown");
  if (unknown !== undefined) {
    return { known: false, why: unknown.reason.replace(/\.$/, "") };
  }
  const newest = standings.find((one) => one.subject === "launch" && wasApproved(one) && one.commit !== null);
  if (newest?.commit === undefined || newest.commit === null) {
    return { known: true, value: null };
  }
  const text = await repositories.textAt(path, newest.commit, signal);
  return text.known ? { known: true, value: text.value === null ? null : parseOnce(text.value, readTargets) } : text;
}

/** By the name of the KPI; that of all comes before those of groups. */
function readTargets(text: string): Targets {
  const kpis = indexed(readOldProduct(text).kpis).map(([, kpi]) => kpi);
  // Without a prototype, because a KPI may be called "constructor".
  const targets = Object.create(null) as Record<string, string>;
  for (const { name, target } of [...kpis.filter(({ by }) => by === undefined), ...kpis.filter(({ by }) => by !== undefined)]) {
    if (name !== undefined && target !== undefined) {
      targets[name] ??= target;
    }
  }
  return targets;
}
