import { plainYaml } from "../config/yaml/plainYaml";
import type { CompareDirection } from "../../protocol/compare";

/**
 * Which metrics an mlops.yaml wants to be high or low: `kpis: [{name: f1, target: ">= 0.8"}]`, or a map from name to target.
 * What says neither is left out. A file that is no YAML has none; telling so is the linter's part.
 */
export function readKpiDirections(text: string): ReadonlyMap<string, CompareDirection> {
  const directions = new Map<string, CompareDirection>();
  for (const [name, target] of kpiTargets(text)) {
    const direction = /^\s*>/.test(target) ? "up" : /^\s*</.test(target) ? "down" : undefined;
    if (direction !== undefined) {
      directions.set(name, direction);
    }
  }
  return directions;
}

function kpiTargets(text: string): (readonly [string, string])[] {
  const kpis = field(readYaml(text), "kpis");
  const named = Array.isArray(kpis)
    ? kpis.map((kpi: unknown) => [field(kpi, "name"), field(kpi, "target")] as const)
    : isRecord(kpis)
      ? Object.entries(kpis).map(([name, kpi]) => [name, isRecord(kpi) ? kpi["target"] : kpi] as const)
      : [];
  return named.flatMap(([name, target]) => (typeof name === "string" && typeof target === "string" ? [[name, target] as const] : []));
}

function readYaml(text: string): unknown {
  const read = plainYaml(text);
  return read.problem === null ? read.value : undefined;
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
