import type { ProcessorSample } from "../../core/compute/processor";
import type { MetricPoint } from "./parseExposition";

/** What NVIDIA's exporter (DCGM) calls what is read here. Source: https://docs.nvidia.com/datacenter/dcgm/latest/dcgm-api/dcgm-api-field-ids.html */
export const DCGM = {
  use: "DCGM_FI_DEV_GPU_UTIL",
  /** Share of the time in which the engine worked, 0 to 1; slices have it where they have no use. */
  engine: "DCGM_FI_PROF_GR_ENGINE_ACTIVE",
  memoryUsed: "DCGM_FI_DEV_FB_USED",
  memoryFree: "DCGM_FI_DEV_FB_FREE",
  power: "DCGM_FI_DEV_POWER_USAGE",
} as const;

/** One processor or slice for all values that bear its labels. @param host named where the values do not say which machine they are of. */
export function toProcessors(points: readonly MetricPoint[], host: string): readonly ProcessorSample[] {
  const found = new Map<string, { labels: MetricPoint["labels"]; values: Map<string, number> }>();
  for (const { name, labels, value } of points) {
    if (Object.values<string>(DCGM).includes(name)) {
      const key = JSON.stringify([nodeOf(labels, host), labels["UUID"] ?? labels["gpu"], labels["GPU_I_ID"]]);
      const one = found.get(key) ?? { labels, values: new Map<string, number>() };
      one.values.set(name, value);
      found.set(key, one);
    }
  }
  return [...found].map(([id, { labels, values }]) => {
    const used = values.get(DCGM.memoryUsed) ?? null;
    const free = values.get(DCGM.memoryFree);
    const slice = labels["GPU_I_ID"] ?? "";
    return {
      id,
      node: nodeOf(labels, host),
      index: `${labels["gpu"] ?? "?"}${slice === "" ? "" : `/${slice}`}`,
      name: labels["modelName"] ?? null,
      use: useOf(values.get(DCGM.use), values.get(DCGM.engine)),
      memoryUsed: used,
      memoryTotal: used === null || free === undefined ? null : used + free,
      // A slice is told the power of the whole processor.
      power: slice === "" ? (values.get(DCGM.power) ?? null) : null,
    };
  });
}

/** The exporter writes 9223372036854775794 and the like for what it could not read. */
function useOf(use: number | undefined, engine: number | undefined): number | null {
  if (use !== undefined && use >= 0 && use <= 100) {
    return use;
  }
  return engine !== undefined && engine >= 0 && engine <= 1 ? engine * 100 : null;
}

function nodeOf(labels: MetricPoint["labels"], host: string): string {
  return labels["Hostname"] ?? labels["node"] ?? labels["instance"] ?? host;
}
