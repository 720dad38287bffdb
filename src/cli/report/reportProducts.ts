import { realpath } from "node:fs/promises";

import { AppError, isAppError, toUserText } from "../../core/base/appError";
import {
  buildOverview,
  overviewHtml,
  overviewJson,
  overviewMarkdown,
  type OverviewReport,
  type OverviewRow,
  toOverviewRow,
} from "../../core/governance/report/overviewReport";
import { reportName } from "../../core/governance/report/earlierReport";
import { gatherReport } from "../../core/governance/report/gatherReport";
import { redactText } from "../../core/governance/report/redactReport";
import { REPORT_FOLDER, seal } from "../../core/governance/report/reportSeal";
import { reportFor, writeReport } from "../../core/governance/report/writeReport";
import { folderOf, inFolder } from "../../core/lint/workspace/workspacePath";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { openMonitoredFiles } from "../monitor/openMonitoring";
import { findProducts } from "../monitor/findProducts";
import { printable } from "../printable";
import { findOneProduct } from "../retrain/findOneProduct";
import { openReport, sha256Of } from "./openReport";
import { EXTENSIONS, readReportRequest, type ReportRequest } from "./reportOptions";

/** `mlops report`, once it is asked for. */
export async function reportProducts(context: CommandContext): Promise<number> {
  const request = readReportRequest(context.options, context.host.now());
  return request.all ? reportAll(context, request) : reportOne(context, request);
}

async function reportOne(context: CommandContext, request: ReportRequest): Promise<number> {
  const { options, host, output } = context;
  const openFiles = openMonitoredFiles();
  const { root, product } = await findOneProduct(options.args[0] ?? "", await realpath(host.cwd), openFiles, host.signal);
  const opened = openReport(root, openFiles(root), context);
  try {
    const { ports } = opened;
    const { version, today, format, audience } = request;
    const facts = await gatherReport({ config: product.path, version, today }, ports, host.signal);
    const text = writeReport(facts, { format, audience, itemsCheckedOn: ports.items.checkedOn, sha256: ports.sha256 });
    for (const problem of facts.problems) {
      await output.note(printable(problem));
    }
    if (request.write) {
      const monitored = { name: product.name, config: product.path };
      const name = reportName(monitored, today, facts.version, `${audience === "external" ? "external." : ""}${EXTENSIONS[format]}`);
      const path = inFolder(folderOf(product.path), `${REPORT_FOLDER}/${name}`);
      if (!(await opened.keep(path, text))) {
        throw new AppError(
          "file/unwritable",
          `${printable(path)} is there already and says something else; a report that was kept is not written over.`,
          {
            remedy: "Commit what has changed and try again tomorrow, or take that file away.",
          },
        );
      }
      await output.note(`Kept as ${printable(path)}.`);
      return EXIT.fine;
    }
    await host.stdout.write(text);
    return EXIT.fine;
  } finally {
    opened.dispose();
  }
}

/** One line a model. A file that cannot be read is told and stops nothing. */
async function reportAll(context: CommandContext, { format, audience, today }: ReportRequest): Promise<number> {
  const { options, host } = context;
  const openFiles = openMonitoredFiles();
  const scopes = await findProducts(
    { args: options.args.length === 0 ? ["."] : options.args, all: false, cwd: await realpath(host.cwd) },
    openFiles,
    host.signal,
  );
  const rows: OverviewRow[] = [];
  const failures: string[] = [];
  for (const { root, products } of scopes) {
    const opened = openReport(root, openFiles(root), context);
    try {
      const { ports } = opened;
      for (const { path } of products) {
        try {
          const facts = await gatherReport({ config: path, version: null, today }, ports, host.signal);
          const { needed } = facts.register;
          const met = needed.filter(({ isMet }) => isMet).length;
          rows.push(toOverviewRow(reportFor(facts, audience, ports.items.checkedOn), { needed: needed.length, met }));
        } catch (error) {
          if (!isAppError(error)) {
            throw error;
          }
          failures.push(toUserText(error));
        }
      }
    } finally {
      opened.dispose();
    }
  }
  const report = buildOverview(rows, {
    ...{ audience, today, tool: `mlops ${context.version}` },
    failures: audience === "external" ? failures.map((failure) => redactText(failure, [])) : failures,
  });
  await host.stdout.write(seal(overviewText(report, format), sha256Of));
  for (const failure of failures) {
    await host.stderr.write(`mlops: ${printable(failure)}\n`);
  }
  return failures.length > 0 ? EXIT.unusable : EXIT.fine;
}

function overviewText(report: OverviewReport, format: ReportRequest["format"]): string {
  switch (format) {
    case "html":
      return overviewHtml(report);
    case "json":
      return overviewJson(report);
    default:
      return overviewMarkdown(report);
  }
}
