import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { earlyColumn } from "../../../../src/adapters/drift/earlyColumn";
import { readColumnNames } from "../../../../src/adapters/tabular/readColumnNames";
import type { DriftSettings } from "../../../../src/core/drift/driftReport";
import type { DriftRequest } from "../../../../src/core/drift/driftService";
import { DEFAULT_DRIFT_SETTINGS } from "../../../../src/core/drift/driftSettings";
import type { TableSource } from "../../../../src/core/tabular/tableReader";

const never = new AbortController().signal;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "drift-early-"));
  for (const [name, heading, bytes] of [
    ["large.csv", "id,age,job\n1,2,a\n", 41_000_000],
    ["other.csv", "job,age\nb,2\n", 41_000_000],
    ["apart.csv", "x,y\n1,2\n", 41_000_000],
    ["small.csv", "id,age\n1,2\n", 0],
  ] as const) {
    writeFileSync(join(folder, name), heading);
    if (bytes > 0) {
      truncateSync(join(folder, name), bytes); // Takes no room on the disk.
    }
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function early(
  reference: string,
  current: string,
  settings: Partial<DriftSettings> | null = {},
  more: Partial<TableSource> = {},
): Promise<string | null> {
  const request: DriftRequest = {
    reference: { paths: [join(folder, reference)], ...more },
    current: { paths: [join(folder, current)] },
    labels: { reference, current },
    read: { maxRows: 1, sampleRows: 1, seed: 1 },
    hash: false,
    early: settings === null ? undefined : { ...DEFAULT_DRIFT_SETTINGS, ...settings },
  };
  return earlyColumn(request, (path, signal) => readColumnNames(path, signal), never).then((found) => found?.name ?? null);
}

describe("the column that is read first", () => {
  it("is the reference's first that both large files have and that is judged", async () => {
    expect(await early("large.csv", "large.csv")).toBe("id");
    expect(await early("large.csv", "other.csv")).toBe("age");
    expect(await early("large.csv", "large.csv", { ignore: ["id"] })).toBe("age");
    expect(await early("large.csv", "large.csv", { only: ["job"] })).toBe("job");
    expect(await early("large.csv", "large.csv", { types: { id: "text" } })).toBe("age");
  });

  it("is none where it would be of no use, or cannot be told", async () => {
    expect(await early("large.csv", "large.csv", null)).toBeNull();
    expect(await early("large.csv", "small.csv")).toBeNull();
    expect(await early("large.csv", "apart.csv")).toBeNull();
    expect(await early("large.csv", "gone.csv")).toBeNull();
    expect(await early("large.csv", "large.csv", {}, { separator: ";" })).toBeNull();
  });
});
