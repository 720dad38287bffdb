import type { ProcessorSample } from "../../core/compute/processor";

/** The columns that are asked for, in their order. Source: `nvidia-smi --help-query-gpu`. */
export const SMI_COLUMNS = ["index", "uuid", "name", "utilization.gpu", "memory.used", "memory.total", "power.draw"] as const;

/**
 * What `nvidia-smi --format=csv,noheader,nounits` prints. A field that the driver does not tell reads `[N/A]`, `[Not Supported]` or
 * `[Unknown Error]`, such as the use of a processor that is cut into slices.
 */
export function parseSmiCsv(text: string, node: string): readonly ProcessorSample[] {
  return text.split(/\r?\n/).flatMap((line): readonly ProcessorSample[] => {
    const fields = line.split(",").map((field) => field.trim());
    const [index = "", uuid = "", name = "", use = "", used = "", total = "", power = ""] = fields;
    // A name with a comma would move all columns; such a line, as any other text, is left out.
    if (fields.length !== SMI_COLUMNS.length || !/^\d+$/.test(index)) {
      return [];
    }
    return [
      {
        id: /^(?:GPU|MIG)-/.test(uuid) ? uuid : `${node} ${index}`,
        node,
        index,
        name: isTold(name) ? name : null,
        use: percent(use),
        memoryUsed: amount(used),
        memoryTotal: amount(total),
        power: amount(power),
      },
    ];
  });
}

function isTold(field: string): boolean {
  return field !== "" && !/^\[.*\]$/.test(field) && field !== "N/A";
}

function amount(field: string): number | null {
  return /^\d+(?:\.\d+)?$/.test(field) ? Number(field) : null;
}

function percent(field: string): number | null {
  const value = amount(field);
  return value !== null && value <= 100 ? value : null;
}
