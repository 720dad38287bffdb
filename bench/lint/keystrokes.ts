import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getLanguageService } from "yaml-language-server";
import { TextDocument } from "vscode-languageserver-textdocument";
import { openRepositories } from "../../src/adapters/git/repositories";
import { openWorkspaceFiles } from "../../src/adapters/node/workspaceFiles";
import { readColumnNames } from "../../src/adapters/tabular/readColumnNames";
import { readCalendar } from "../../src/core/config/regulationCalendar";
import { DEFAULT_LINT_SETTINGS } from "../../src/core/lint/lintSettings";
import type { WorkspaceFiles } from "../../src/core/lint/workspace/lintPorts";
import { memoFiles } from "../../src/core/lint/workspace/memoFiles";
import { WorkspaceLint } from "../../src/core/lint/workspace/workspaceLint";
import { type Figure, median } from "../figures";
import { NEVER } from "../readStore";
import { productText, writeHistory, writeProducts } from "./products";

const KEYSTROKES = 300;
const WARM_UP = 30;
const FILE = "team-0/model-0/mlops.yaml";
const TODAY = "2026-11-24";

interface Side {
  /** How many problems it sees in a text. */
  readonly check: (text: string) => Promise<number>;
}

/** The time from a keystroke in a file of 300 lines to its diagnostics, ours and those of the YAML extension's server with our schema. */
export async function keystrokes(project: string, folder: string): Promise<readonly Figure[]> {
  writeProducts(folder, 10);
  const text = productText("model-0", 300);
  writeFileSync(join(folder, FILE), text);
  writeHistory(folder, 500, 10);
  const sides = { ours: ourSide(project, folder, text), theirs: yamlServer(project) };
  await assertSeesTypo("ours", sides.ours, text);
  await assertSeesTypo("yaml-language-server", sides.theirs, text);
  const typed = typing(text);
  const start = process.cpuUsage();
  const ours = await timesOf(sides.ours, typed);
  const between = process.cpuUsage();
  const theirs = await timesOf(sides.theirs, typed);
  const end = process.cpuUsage();
  /** Milliseconds of the processor a keystroke; on a machine that does other work as well they tell working from waiting. */
  const worked = (from: NodeJS.CpuUsage, to: NodeJS.CpuUsage): number =>
    (to.user + to.system - from.user - from.system) / 1000 / KEYSTROKES;
  return [
    { name: "lines", value: text.split("\n").length, unit: "" },
    { name: "ours, all rules: p50", value: quantile(ours, 0.5), unit: "ms", target: { below: 20 } },
    { name: "ours, all rules: p95", value: quantile(ours, 0.95), unit: "ms", target: { below: 50 } },
    { name: "ours, all rules: processor time, mean", value: worked(start, between), unit: "ms" },
    { name: "yaml-language-server, schema only: p50", value: quantile(theirs, 0.5), unit: "ms" },
    { name: "yaml-language-server, schema only: p95", value: quantile(theirs, 0.95), unit: "ms" },
    { name: "yaml-language-server, schema only: processor time, mean", value: worked(between, end), unit: "ms" },
    { name: "yaml-language-server to ours", value: median(theirs) / median(ours), unit: "×" },
  ];
}

function ourSide(project: string, folder: string, first: string): Side {
  let open = first;
  const disk = memoFiles(openWorkspaceFiles(folder, readColumnNames));
  const files: WorkspaceFiles = {
    list: (signal) => disk.list(signal),
    readText: (path, signal) => (path === FILE ? Promise.resolve(open) : disk.readText(path, signal)),
    look: (path, signal) => disk.look(path, signal),
    sha256: (path, signal) => disk.sha256(path, signal),
    columnNames: (path, signal) => disk.columnNames(path, signal),
  };
  const calendar = readCalendar(JSON.parse(readFileSync(join(project, "schemas", "regulation-calendar.json"), "utf8")));
  const unknown = { known: false, why: "there is no store" } as const;
  const registry = {
    versions: async () => unknown,
    commitOf: async () => unknown,
    manualRuns: async () => unknown,
    gpuUse: async () => unknown,
  };
  const lint = new WorkspaceLint({ files, repositories: openRepositories(folder), registry }, calendar);
  return {
    check: async (text) => {
      open = text;
      const result = await lint.lint(FILE, { settings: DEFAULT_LINT_SETTINGS, today: TODAY }, NEVER);
      return result?.findings.length ?? 0;
    },
  };
}

function yamlServer(project: string): Side {
  const service = getLanguageService({
    schemaRequestService: () => Promise.reject(new Error("no network")),
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  const schema: unknown = JSON.parse(readFileSync(join(project, "schemas", "mlops.schema.json"), "utf8"));
  service.configure({ validate: true, schemas: [{ uri: "file:///mlops.schema.json", fileMatch: ["*.yaml"], schema }], yamlVersion: "1.2" });
  let version = 0;
  return {
    check: async (text) => (await service.doValidation(TextDocument.create("file:///mlops.yaml", "yaml", ++version, text), false)).length,
  };
}

/** A time for a wrong answer is worth nothing: a mistyped key has to be seen. */
async function assertSeesTypo(name: string, { check }: Side, text: string): Promise<void> {
  const before = await check(text);
  const after = await check(text.replace("risk:", "onwer: nobody\nrisk:"));
  if (after <= before) {
    throw new Error(`${name}: a mistyped key was not seen (${before} and ${after} findings).`);
  }
}

/** The text after each keystroke: words in the middle of the file, then a new block. */
function typing(text: string): readonly string[] {
  const line = text.indexOf("origin: CRM export", text.length / 2) + "origin: CRM export".length;
  const words = " of all customers who had a contract then\n    gaps: [few customers over 80]\n    represents: customers in DE".repeat(5);
  return Array.from(
    { length: KEYSTROKES },
    (_, index) => `${text.slice(0, line)}${words.slice(0, (index % words.length) + 1)}${text.slice(line)}`,
  );
}

async function timesOf({ check }: Side, texts: readonly string[]): Promise<readonly number[]> {
  const times: number[] = [];
  for (const [index, text] of texts.entries()) {
    const start = performance.now();
    await check(text);
    if (index >= WARM_UP) {
      times.push(performance.now() - start);
    }
  }
  return times;
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? NaN;
}
