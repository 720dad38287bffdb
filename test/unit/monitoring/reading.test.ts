import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, describe, expect, it } from "vitest";

import type { Product } from "../../../src/core/config/product";
import { readConfig } from "../../../src/core/config/readConfig";
import { driftModeOf, driftSettingsOf } from "../../../src/core/drift/driftSettings";
import { readingOf } from "../../../src/core/monitoring/readingOf";
import { separatorOf, tableReading } from "../../../src/core/tabular/tableReading";
import { localDriftService } from "../../../src/adapters/drift/localDriftService";
import { openMonitoringTracker } from "../../../src/adapters/node/monitoringTracker";
import { openWorkspaceFiles } from "../../../src/adapters/node/workspaceFiles";
import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { openChosenStore } from "../../../src/cli/openChosenStore";
import { liveTables } from "../../../src/core/monitoring/liveTables";
import { type CheckWish, MonitoringCheck, NEWEST_WINDOW } from "../../../src/core/monitoring/monitoringCheck";
import type { MonitoringResult } from "../../../src/core/monitoring/monitoringResult";
import { LintFolder } from "../../builders/lintFolder";

const folders: LintFolder[] = [];

afterEach(() => folders.splice(0).forEach((folder) => folder.dispose()));

/** Rows that only somebody who knows the file reads rightly: "#" between fields, "-" for what is missing, a name with an umlaut. */
function table(rows: number, shift: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const value = row % 10 === 3 ? "-" : String(((row * 37) % 100) + shift);
    return `${row}#${value}#${["nord", "süd"][row % 2] ?? ""}`;
  });
  return `id#größe#region\n${lines.join("\n")}\n`;
}

function folderOf(config: string, live = table(1000, 0)): LintFolder {
  const folder = new LintFolder().write({ "mlops.yaml": config });
  writeFileSync(join(folder.path, "reference.csv"), Buffer.from(table(1000, 0), "latin1"));
  writeFileSync(join(folder.path, "live.csv"), Buffer.from(live, "latin1"));
  folders.push(folder);
  return folder;
}

const DATA = "reference: reference.csv, live: live.csv";
const configWith = (read: string): string => `version: 1\nname: sizes\nmonitoring: {${DATA}${read}}\n`;

async function check(folder: LintFolder, wish: Partial<CheckWish> = {}): Promise<MonitoringResult> {
  const tables = createTableReader();
  const tracker = openMonitoringTracker(folder.path, {
    open: (location, signal) => openChosenStore({ location, uri: "" }, {}, {}, signal),
  });
  try {
    const { results } = await new MonitoringCheck({
      files: openWorkspaceFiles(folder.path, () => Promise.resolve(null)),
      tracker,
      drift: localDriftService(tables),
      live: liveTables(tables),
      commit: () => Promise.resolve(null),
      toAbsolute: (one) => join(folder.path, one),
      now: () => Date.UTC(2026, 10, 30),
      tool: "mlops 1.2.3",
    }).check("mlops.yaml", { ...NEWEST_WINDOW, ...wish }, {}, new AbortController().signal);
    const [result] = results;
    if (result === undefined) {
      throw new Error("There is no result.");
    }
    return result;
  } finally {
    tracker.dispose();
  }
}

const READ = `, read: {separator: "#", encoding: windows-1252, missing: "-", ignore: id}`;

describe("a file that cannot be read without being told how", () => {
  it("is one column of nonsense where nobody says it", async () => {
    const result = await check(folderOf(configWith("")));
    expect(result.drift?.columns.map(({ name }) => name)).not.toContain("größe");
  });

  it("is read as the product's file says", async () => {
    const { drift, live } = await check(folderOf(configWith(READ), table(1000, 60)));
    expect(drift?.columns.map(({ name, type, status }) => [name, type, status])).toEqual([
      ["größe", "num", "fail"],
      ["region", "cat", "ok"],
    ]);
    expect(drift?.columns[0]?.missing).toEqual({ reference: 0.1, current: 0.1 });
    expect(live?.rows).toBe(1000);
  });

  it("is read as somebody asks for, in place of the file", async () => {
    const words = { separator: "#", encoding: "latin1", missing: ["-"] };
    const wish = { read: { reference: words, live: words, ignore: ["id"], types: { größe: "cat" as const } } };
    const { drift } = await check(folderOf(configWith(`, read: {separator: ";"}`)), wish);
    expect(drift?.columns.map(({ name, type }) => [name, type])).toEqual([
      ["größe", "cat"],
      ["region", "cat"],
    ]);
  });

  it("is read in another way on one side", async () => {
    const folder = folderOf(configWith(`, read: {encoding: windows-1252, missing: "-", ignore: id, reference: {separator: "#"}}`));
    const path = join(folder.path, "live.csv");
    writeFileSync(path, Buffer.from(readFileSync(path, "latin1").replaceAll("#", ";"), "latin1"));
    const { drift } = await check(folder);
    expect(drift?.columns.map(({ name, status }) => [name, status])).toEqual([
      ["größe", "ok"],
      ["region", "ok"],
    ]);
  });

  it.each([
    [`, read: {separator: ";;"}`, /A separator is one character, and ";;" is none\. For example/],
    [`, read: {encoding: klingon}`, /nobody knows the encoding "klingon"/],
  ])("says what is wrong with %s", async (read, sentence) => {
    const { drift, problems, status } = await check(folderOf(configWith(read)));
    expect([drift, status]).toEqual([null, "unjudged"]);
    expect(problems.join(" ")).toMatch(sentence);
  });
});

function product(text: string): Product {
  return readConfig(text, () => ({ error: "no other file" })).value;
}

describe("how a side is read", () => {
  it("is what data says of the same file, else what monitoring says, and what is closer wins", () => {
    const config = product(
      `version: 1\nname: x\ndata: [{path: reference.csv, read: {separator: tab, missing: [NA, "?"]}}, {path: other.csv, read: {encoding: utf-16le}}]\n` +
        `monitoring: {${DATA}, read: {encoding: windows-1252, live: {missing: []}}}\n`,
    );
    expect(readingOf(config, "reference")).toEqual({ separator: "\t", encoding: "windows-1252", missing: ["NA", "?"] });
    expect(readingOf(config, "live")).toEqual({ encoding: "windows-1252", missing: [] });
    expect(readingOf(config, "live", { live: { encoding: "utf-8", separator: "|" } })).toEqual({
      encoding: "utf-8",
      separator: "|",
      missing: [],
    });
    expect(readingOf(product("version: 1\nname: x\n"), "live")).toEqual({});
  });

  it("takes the word tab in any way it is written, and no more than one character", () => {
    expect(["tab", "TAB", "\\t", "\t", "🙂"].map(separatorOf)).toEqual(["\t", "\t", "\t", "\t", "🙂"]);
    for (const wrong of ["", ";;", '"', "\n"]) {
      expect(() => separatorOf(wrong)).toThrow(expect.objectContaining({ code: "usage" }));
    }
    expect(tableReading({ separator: null, encoding: " ", missing: null }, undefined)).toEqual({});
  });
});

describe("what monitoring says of judging", () => {
  it("names columns that are left out, what columns are, and whose methods hold", () => {
    const { monitoring } = product(
      `version: 1\nname: x\nmonitoring: {${DATA}, read: {ignore: [row, id], types: {zip: cat}}, drift: {mode: evidently}}\n`,
    );
    expect(driftModeOf(monitoring)).toBe("evidently");
    expect(driftSettingsOf(monitoring)).toMatchObject({ mode: "evidently", ignore: ["row", "id"], types: { zip: "cat" }, minRows: 1 });
    expect(driftSettingsOf(monitoring, "own")).toMatchObject({ mode: "own", minRows: 200 });
    expect(driftModeOf(product("version: 1\nname: x\nmonitoring: {drift: {mode: default}}\n").monitoring)).toBe("own");
  });
});
