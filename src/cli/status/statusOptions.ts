import { webhookUrl } from "../../adapters/node/postWebhook";
import { AppError } from "../../core/base/appError";
import { isDate } from "../../core/config/dates";
import type { OptionValues } from "../command";
import { readToday } from "../monitor/monitorOptions";
import { printable } from "../printable";

export interface StatusRequest {
  readonly format: "text" | "json" | "markdown";
  readonly all: boolean;
  readonly mine: boolean;
  readonly workflow: boolean;
  /** Milliseconds since 1970; null where it was not asked for. */
  readonly since: number | null;
  readonly webhook: URL | null;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const UNITS: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };
/** Older events are not kept in a portfolio. */
const LONGEST_MS = 35 * 86_400_000;

/** @throws AppError `usage` for a value that makes no sense, and for options that exclude each other. */
export function readStatusRequest(options: OptionValues, env: Readonly<Record<string, string | undefined>>, now: number): StatusRequest {
  const [json, markdown] = [options.has("json"), options.has("markdown")];
  if (json && markdown) {
    throw new AppError("usage", "The formats json and markdown exclude each other.", { remedy: "Choose one." });
  }
  if (options.has("all") && options.args.length > 0) {
    throw new AppError("usage", "--all and a PATH exclude each other.", { remedy: "Name paths, or show all products." });
  }
  const at = readToday(options.text("today")) ?? now;
  const since = options.text("since");
  // An address in the environment is for digests; whoever only looks sends nothing.
  const webhook = options.text("webhook") ?? (since === undefined ? undefined : env["MLOPS_WEBHOOK_URL"]);
  return {
    format: json ? "json" : markdown ? "markdown" : "text",
    all: options.has("all"),
    mine: options.has("mine"),
    workflow: options.has("workflow"),
    since: since === undefined ? null : readSince(since, at),
    webhook: webhook === undefined || webhook.trim() === "" ? null : webhookUrl(webhook),
    now: at,
  };
}

function readSince(text: string, now: number): number {
  const [, amount = "", unit = ""] = /^(\d{1,4})([hdw])$/.exec(text.trim()) ?? [];
  const length = UNITS[unit];
  const since = length !== undefined ? now - Number(amount) * length : isDate(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(since) || since > now) {
    throw new AppError("usage", `--since does not take "${printable(text.slice(0, 100))}".`, {
      remedy: "Write 7d, 24h, 2w, or a day such as 2026-11-23.",
    });
  }
  if (now - since > LONGEST_MS) {
    throw new AppError("usage", "--since goes back 35 days at most.", { remedy: "Write 35d, or less." });
  }
  return since;
}
