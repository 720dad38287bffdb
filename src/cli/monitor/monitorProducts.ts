import { realpath } from "node:fs/promises";

import { postWebhook } from "../../adapters/node/postWebhook";
import { isAppError, toUserText } from "../../core/base/appError";
import { alertRecipients, alertsOf, type MonitoringAlert } from "../../core/monitoring/alerts";
import { checkEvery, dueProducts } from "../../core/monitoring/checkSchedule";
import type { WindowChoice } from "../../core/monitoring/chooseWindows";
import type { CheckWish } from "../../core/monitoring/monitoringCheck";
import type { MonitoringResult } from "../../core/monitoring/monitoringResult";
import { webhookMessage } from "../../core/monitoring/webhookMessage";
import type { CommandContext } from "../command";
import { printable } from "../printable";
import { findProducts, type FoundProduct } from "./findProducts";
import { monitorJunit } from "./formats/monitorJunit";
import { monitorMarkdown } from "./formats/monitorMarkdown";
import { monitorText } from "./formats/monitorText";
import { type MonitorRequest, readMonitorRequest } from "./monitorOptions";
import { alertJson, exitCode, type MonitorReport } from "./monitorReport";
import { openMonitoring, type OpenedMonitoring, openMonitoredFiles } from "./openMonitoring";

/** Earlier results that are looked at to tell a change, and since when something fails. */
const LOOKED_BACK = 60;
const SOON_MS = 3_600_000;

/** `mlops monitor`, once it is asked for. */
export async function monitorProducts(context: CommandContext): Promise<number> {
  const { options, host, output } = context;
  const request = readMonitorRequest(options, host.env, host.now());
  const openFiles = openMonitoredFiles();
  const scopes = await findProducts({ args: options.args, all: request.all, cwd: await realpath(host.cwd) }, openFiles, host.signal);
  const results: MonitoringResult[] = [];
  const alerts: MonitoringAlert[] = [];
  const failures: string[] = [];
  let checked = 0;
  for (const { root, products } of scopes) {
    const opened = openMonitoring(root, openFiles(root), context, request.now);
    try {
      const wanted = request.due ? await whichAreDue(opened, products, context, request.now) : products;
      for (const product of wanted) {
        checked++;
        await output.note(`Checking ${printable(product.name)} …`);
        const one = await checkProduct(opened, product, request, context);
        results.push(...one.results);
        alerts.push(...one.alerts);
        failures.push(...one.failures);
      }
    } finally {
      opened.dispose();
    }
  }
  if (checked === 0) {
    const isNothing = scopes.every(({ products }) => products.length === 0);
    await output.note(isNothing ? "There is nothing to check: no mlops.yaml with monitoring was found." : "No check is due.");
  }
  failures.push(...(await sendAlerts(alerts, request, context)));
  const report: MonitorReport = { results, alerts, failures };
  await host.stdout.write(formatted(report, request, output.isColored));
  // Told also with --quiet.
  for (const sentence of failures) {
    await host.stderr.write(`mlops: ${printable(sentence)}\n`);
  }
  return exitCode(report);
}

function formatted(report: MonitorReport, { format }: MonitorRequest, color: boolean): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ products: report.results, alerts: report.alerts.map(alertJson), failures: report.failures })}\n`;
    case "markdown":
      return monitorMarkdown(report);
    case "junit":
      return monitorJunit(report);
    case "text":
      return monitorText(report, color);
  }
}

async function whichAreDue(
  { results }: OpenedMonitoring,
  products: readonly FoundProduct[],
  { host }: CommandContext,
  now: number,
): Promise<readonly FoundProduct[]> {
  const scheduled = products.map((found) => ({
    name: found.name,
    config: found.path,
    // What cannot be read cannot say when it is due, and somebody should hear of it soon.
    every: (found.config === null ? null : checkEvery(found.config)) ?? SOON_MS,
    found,
  }));
  const overview = await results.overview(scheduled, host.signal);
  return dueProducts(scheduled, overview, now).map(({ found }) => found);
}

async function checkProduct(
  { check, results: store }: OpenedMonitoring,
  found: FoundProduct,
  request: MonitorRequest,
  { host, output }: CommandContext,
): Promise<MonitorReport> {
  const product = { name: found.name, config: found.path };
  const failures: string[] = [];
  const { results: earlier, problems } = await store.history(product, LOOKED_BACK, host.signal);
  for (const problem of problems) {
    await output.note(printable(problem));
  }
  const wish: CheckWish = { ...windowWish(request, earlier[0]?.result ?? null), mode: request.mode, read: request.read };
  const { config, results: judged } = await check.check(found.path, wish, {}, host.signal);
  const results = judged.map((result): MonitoringResult => ({ ...result, started_by: startedBy(request, host) }));
  if (request.keep) {
    for (const result of results) {
      try {
        await store.keep(product, result, host.signal);
      } catch (error) {
        if (!isAppError(error)) {
          throw error;
        }
        failures.push(`${toUserText(error)} The result was not kept.`);
      }
    }
  }
  const newest = results.at(-1);
  const recipients = config === null ? [] : alertRecipients(config);
  const alerts =
    newest === undefined
      ? []
      : alertsOf(
          earlier.map(({ result }) => result),
          newest,
          recipients,
        );
  return { results, alerts, failures };
}

/** A timer asks for what is due; whoever sits at a terminal is a person. Of all else nobody can tell. */
function startedBy({ due }: MonitorRequest, { env, stdout }: CommandContext["host"]): MonitoringResult["started_by"] {
  const isContinuous = !["", "0", "false"].includes((env["CI"] ?? "").toLowerCase());
  return due || isContinuous ? "automation" : stdout.isTerminal ? "person" : null;
}

/** Since the last check that judged something; a product that was never checked has missed nothing. */
function windowWish({ window, missed }: MonitorRequest, last: MonitoringResult | null): Pick<CheckWish, "window" | "by"> {
  if (window.kind !== "newest") {
    return { window, by: null };
  }
  const since = last?.window?.to ?? null;
  const choice: WindowChoice = missed && since !== null ? { kind: "missed", since } : { kind: "newest" };
  return { window: choice, by: window.by };
}

async function sendAlerts(
  alerts: readonly MonitoringAlert[],
  { webhook }: MonitorRequest,
  { host, output }: CommandContext,
): Promise<readonly string[]> {
  const failures: string[] = [];
  for (const alert of alerts) {
    await output.note(printable(alert.title));
    if (webhook !== null) {
      try {
        await postWebhook(webhook, webhookMessage(alert), host.signal);
      } catch (error) {
        if (!isAppError(error)) {
          throw error;
        }
        failures.push(toUserText(error));
      }
    }
  }
  return failures;
}
