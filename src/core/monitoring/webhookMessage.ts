import type { DriftStatus } from "../drift/driftReport";
import type { MonitoringAlert } from "./alerts";
import { sayWindow } from "./sayResult";

/** What Slack and all that reads its format take: a text, blocks for those who show them, and the facts for scripts. */
export interface WebhookMessage {
  readonly text: string;
  readonly blocks: readonly object[];
  readonly mlops: {
    readonly product: string;
    readonly config: string;
    readonly status: DriftStatus;
    readonly reason: MonitoringAlert["reason"];
    readonly verdict: string;
    readonly checked_at: number;
    readonly window: { readonly from: number | null; readonly to: number | null } | null;
    readonly commit: string | null;
    readonly drifted_columns: readonly string[];
    readonly failed_kpis: readonly string[];
    readonly problems: readonly string[];
    readonly recipients: readonly string[];
  };
}

/** Slack's own limits: a message with more is refused as a whole. */
const LONGEST_HEADER = 150;
const LONGEST_SECTION = 2900;
const MOST_LINES = 12;

export function webhookMessage(alert: MonitoringAlert): WebhookMessage {
  const { result } = alert;
  const { window, drift, kpis, problems } = result;
  const lines = alert.lines.slice(0, MOST_LINES).map((line) => `• ${cut(line, 400)}`);
  const more = alert.lines.length - lines.length;
  const details = [...lines, ...(more > 0 ? [`… and ${more} more`] : [])].join("\n");
  const facts = [`Window: ${sayWindow(window)}`, ...(result.commit === null ? [] : [`Commit: ${result.commit.slice(0, 12)}`])];
  return {
    text: escapeMarkup(cut(alert.title, 1000)),
    blocks: [
      { type: "header", text: { type: "plain_text", text: cut(alert.title, LONGEST_HEADER), emoji: false } },
      ...(details === ""
        ? []
        : [{ type: "section", text: { type: "mrkdwn", text: cut(escapeMarkup(details), LONGEST_SECTION), verbatim: true } }]),
      { type: "context", elements: [{ type: "mrkdwn", text: cut(escapeMarkup(facts.join(" · ")), LONGEST_SECTION), verbatim: true }] },
    ],
    mlops: {
      product: alert.product,
      config: alert.config,
      status: alert.status,
      reason: alert.reason,
      verdict: result.verdict,
      checked_at: result.checked_at,
      window: window === null ? null : { from: window.from, to: window.to },
      commit: result.commit,
      drifted_columns: (drift?.columns ?? []).filter(({ status }) => status === "fail" || status === "warn").map(({ name }) => name),
      failed_kpis: kpis.filter(({ status }) => status === "fail").map(({ name, group }) => (group === null ? name : `${name} (${group})`)),
      problems,
      recipients: alert.recipients,
    },
  };
}

/** Names of columns and groups come from data: none may mention people or make a link. */
function escapeMarkup(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function cut(text: string, length: number): string {
  const plain = text.replace(/[\u0000-\u0009\u000b-\u001f\u007f]+/g, " ");
  return plain.length <= length ? plain : `${plain.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
