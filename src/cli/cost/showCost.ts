import { realpath } from "node:fs/promises";

import { AppError } from "../../core/base/appError";
import { CostDesk } from "../../core/cost/costDesk";
import type { CostReader } from "../../core/cost/costReader";
import type { CostReport } from "../../core/cost/costReport";
import type { OverviewWorld } from "../../core/health/overviewWorld";
import { readCosts } from "../../core/health/readCosts";
import { storeIdOf, type StoreLocation } from "../../core/tracking/storeLocation";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { readScopes } from "../lint/lintScopes";
import { printable } from "../printable";
import { openCliSources } from "../status/openCliOverview";
import { chooseStore, readDotEnv } from "../storeChoice";
import { costJson } from "./costJson";
import { costMarkdown } from "./costMarkdown";
import { type CostRequest, readCostRequest } from "./costOptions";
import { costText } from "./costText";

/** `mlops cost`, once it is asked for. */
export async function showCost(context: CommandContext): Promise<number> {
  const { options, host, output } = context;
  const request = readCostRequest(options, host.now());
  const report = await gather(context, request);
  const shown = { report, by: request.by, month: request.month ?? request.thisMonth, isMonthAsked: request.month !== null };
  switch (request.format) {
    case "json":
      await host.stdout.write(costJson(report));
      break;
    case "markdown":
      await host.stdout.write(costMarkdown(shown));
      break;
    case "text":
      await host.stdout.write(costText(shown, { columns: host.stdout.columns, color: output.isColored, waste: request.waste }));
  }
  for (const problem of report.problems) {
    await output.note(printable(problem));
  }
  return EXIT.fine;
}

async function gather(context: CommandContext, request: CostRequest): Promise<CostReport> {
  const { host } = context;
  const [scope] = await readScopes([], await realpath(host.cwd));
  const chosen = await chosenStores(context);
  const world = openCliSources(scope?.root ?? host.cwd, context, request.now);
  const desk = new CostDesk((location, signal) => world.stores.open(location, signal));
  try {
    const report = await readCosts(chosen === null ? world : only(chosen, world), forMonth(desk, request.month), host.signal);
    if (report === null) {
      throw new AppError("usage", "There is no store of runs: no product names one, and none lies in this folder.", {
        remedy: "Give --store URI, or name it in tracking.uri.",
      });
    }
    return report;
  } finally {
    desk.dispose();
    world.dispose();
  }
}

/** Null for all. */
async function chosenStores({ options, host }: CommandContext): Promise<readonly StoreLocation[] | null> {
  if (!options.has("store")) {
    return null;
  }
  const dotEnv = await readDotEnv(host.cwd);
  return Promise.all(options.all("store").map(async (uri) => (await chooseStore(uri, host.env, dotEnv, host.cwd)).location));
}

/** Products still say whose runs are whose, but other stores are not read. */
function only(chosen: readonly StoreLocation[], world: OverviewWorld): OverviewWorld {
  const ids = new Set(chosen.map(storeIdOf));
  return {
    ...world,
    knownStores: () => Promise.resolve(chosen),
    locate: (folder, uri) => {
      const location = world.locate(folder, uri);
      return location !== null && ids.has(storeIdOf(location)) ? location : null;
    },
  };
}

function forMonth(reader: CostReader, month: string | null): CostReader {
  return {
    runs: (location, gpuBelow, signal) => reader.runs(location, gpuBelow, signal),
    report: (question, signal) => reader.report(month === null ? question : { ...question, month }, signal),
  };
}
