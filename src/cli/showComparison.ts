import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { AppError } from "../core/base/appError";
import { type ArrangedComparison, arrangeComparison } from "../core/compare/arrangeComparison";
import type { ComparedRun } from "../core/compare/comparedRun";
import { compareRuns } from "../core/compare/compareRuns";
import { readKpiDirections } from "../core/compare/kpiDirections";
import { toCsv } from "../core/compare/toCsv";
import { toHtml } from "../core/compare/toHtml";
import { toJson } from "../core/compare/toJson";
import { toMarkdown } from "../core/compare/toMarkdown";
import { withGainPrices } from "../core/compare/withGainPrices";
import type { CompareDirection } from "../protocol/compare";
import type { CommandContext, OptionValues } from "./command";
import { compareColumns, toCompareLines } from "./compareColumns";
import { EXIT } from "./exitCode";
import { findComparedRuns } from "./findComparedRuns";
import { onePage } from "./pages";
import { printable } from "./printable";
import { withPrices } from "./withPrices";

const FORMATS = ["json", "markdown", "csv", "html"] as const;

/** `mlops compare`, once it is asked for. */
export async function showComparison({ options, host, output, openStores }: CommandContext): Promise<number> {
  const { runIds, baseline } = readRuns(options);
  const format = readFormat(options);
  const stores = await openStores();
  const { runs: found, notes } = await findComparedRuns(stores, runIds, host.signal);
  const [runs, directions] = await Promise.all([withPrices(found, host.cwd, host.now(), host.signal), readDirections(host.cwd)]);
  const comparison = withGainPrices(compareRuns(runs, host.now()), baseline, directions);
  const arranged = arrangeComparison(comparison, { baseline, groupBy: null, directions: [] }, directions);
  const shown = [...arranged.rows.keys()].filter((index) => options.has("all") || (arranged.rows[index]?.distinct ?? 0) > 1);
  switch (format) {
    case "json":
      await host.stdout.write(`${JSON.stringify(toJson(arranged, shown))}\n`);
      break;
    case "markdown":
      await host.stdout.write(toMarkdown(arranged, shown));
      break;
    case "csv":
      await host.stdout.write(toCsv(arranged, shown));
      break;
    case "html":
      await writeHtml(resolve(host.cwd, options.text("html") ?? ""), toHtml(arranged, shown, { charts: [] }));
      break;
    case null:
      await output.table(onePage(toCompareLines(arranged, shown)), () => compareColumns(arranged));
  }
  for (const note of [...notes, ...priceNotes(runs)]) {
    await output.note(note);
  }
  await output.note(sentence(arranged, shown.length));
  return EXIT.fine;
}

function readRuns(options: OptionValues): { readonly runIds: readonly string[]; readonly baseline: number | null } {
  const runIds = [...options.all("run")];
  const twice = runIds.find((runId, index) => runIds.indexOf(runId) !== index);
  if (twice !== undefined) {
    throw new AppError("usage", `--run ${twice.slice(0, 200)} is given twice.`, { remedy: "Name each run once." });
  }
  const baseline = options.text("baseline");
  if (baseline !== undefined && !runIds.includes(baseline)) {
    runIds.unshift(baseline);
  }
  if (runIds.length < 2) {
    throw new AppError("usage", "A comparison needs two runs or more.", { remedy: "Add another --run ID." });
  }
  return { runIds, baseline: baseline === undefined ? null : runIds.indexOf(baseline) };
}

function readFormat(options: OptionValues): (typeof FORMATS)[number] | null {
  const given = FORMATS.filter((format) => options.has(format));
  if (given.length > 1) {
    throw new AppError("usage", `${given.map((format) => `--${format}`).join(" and ")} exclude each other.`, {
      remedy: "Give one of them.",
    });
  }
  return given[0] ?? null;
}

/** The directions that this folder's mlops.yaml gives; most folders have none. */
async function readDirections(cwd: string): Promise<ReadonlyMap<string, CompareDirection>> {
  try {
    return readKpiDirections(await readFile(join(cwd, "mlops.yaml"), "utf8"));
  } catch {
    // The names of the metrics tell as well.
    return new Map();
  }
}

async function writeHtml(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new AppError("usage", `The file ${path} cannot be written${error instanceof Error ? `: ${error.message}` : ""}.`, {
      remedy: "Name a file in a folder that you can write to.",
      cause: error,
    });
  }
}

function priceNotes(runs: readonly ComparedRun[]): readonly string[] {
  return runs.flatMap(({ run, priceNote }) =>
    priceNote == null ? [] : `${printable(run.name === "" ? run.runId : run.name)}: ${priceNote}`,
  );
}

function sentence({ rows, comparison }: ArrangedComparison, shown: number): string {
  const differing = rows.filter(({ distinct }) => distinct > 1).length;
  const what =
    differing === 0 ? `Nothing differs between the ${comparison.runs.length} runs.` : `${differing} of ${rows.length} rows differ.`;
  return shown === rows.length || differing === 0 ? what : `${what} --all shows the others too.`;
}
