import { realpath } from "node:fs/promises";

import { postWebhook } from "../../adapters/node/postWebhook";
import { DIGEST_WORKFLOW, digestWorkflow } from "../../core/health/digestWorkflow";
import type { Portfolio, ProductHealth } from "../../core/health/productHealth";
import { uniformStack } from "../../core/health/uniformStack";
import { waitsFor } from "../../core/health/waitsFor";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { type LintScope, readScopes } from "../lint/lintScopes";
import { printable } from "../printable";
import { digestMessage } from "./formats/digestMessage";
import { statusJson } from "./formats/statusJson";
import { statusMarkdown } from "./formats/statusMarkdown";
import { statusText } from "./formats/statusText";
import { openCliOverview } from "./openCliOverview";
import { readStatusRequest, type StatusRequest } from "./statusOptions";
import type { StatusReport } from "./statusReport";

/** `mlops status`, once it is asked for. */
export async function showStatus(context: CommandContext): Promise<number> {
  const { options, host, output } = context;
  const request = readStatusRequest(options, host.env, host.now());
  if (request.workflow) {
    await host.stdout.write(digestWorkflow({ kind: "npm", version: context.version }));
    await output.note(`Keep it as ${DIGEST_WORKFLOW}.`);
    return EXIT.fine;
  }
  const report = await gather(context, request);
  await host.stdout.write(formatted(report, request, context));
  for (const problem of report.problems) {
    await output.note(printable(problem));
  }
  if (request.webhook !== null) {
    await postWebhook(request.webhook, digestMessage(report), host.signal, {
      subject: "The digest",
      remedy: "It stands on standard output all the same.",
    });
  }
  return EXIT.fine;
}

async function gather(context: CommandContext, { all, mine, since, now }: StatusRequest): Promise<StatusReport> {
  const { options, host } = context;
  const scopes = await readScopes(options.args, await realpath(host.cwd));
  const products: ProductHealth[] = [];
  const problems = new Set<string>();
  for (const scope of scopes) {
    const overview = openCliOverview(scope.root, context, now);
    try {
      const portfolio = await overview.portfolio(host.signal);
      const shown = all ? portfolio.products : portfolio.products.filter((product) => isIn(scope, product));
      products.push(...(mine ? onlyMine(shown, await overview.myAddresses(portfolio, host.signal)) : shown));
      portfolio.problems.forEach((problem) => problems.add(problem));
    } finally {
      overview.dispose();
    }
  }
  return { at: now, since, products, stack: uniformStack(products), problems: [...problems] };
}

/** Products with something that waits for one of the addresses, and of what waits only that. */
function onlyMine(products: Portfolio["products"], addresses: readonly string[]): readonly ProductHealth[] {
  const mine = new Set(waitsFor({ products }, addresses).map(({ item }) => item));
  return products
    .map((product) => ({ ...product, waits: product.waits.filter((item) => mine.has(item)) }))
    .filter(({ waits }) => waits.length > 0);
}

/** A model that no file owns belongs to the whole folder. */
function isIn({ folders, files }: LintScope, { config }: ProductHealth): boolean {
  return folders.includes("") || (config !== null && (files.includes(config) || folders.some((folder) => config.startsWith(`${folder}/`))));
}

function formatted(report: StatusReport, { format }: StatusRequest, { host, output }: CommandContext): string {
  switch (format) {
    case "json":
      return statusJson(report);
    case "markdown":
      return statusMarkdown(report);
    case "text":
      return statusText(report, { columns: host.stdout.columns, color: output.isColored });
  }
}
