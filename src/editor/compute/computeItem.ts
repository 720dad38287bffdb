import * as vscode from "vscode";

import { formatDuration } from "../../core/browse/formatValues";
import { oneLine } from "../../core/base/oneLine";
import type { ProcessorState } from "../../core/compute/followProcessors";
import type { NodeState } from "../../core/compute/nodeStates";
import type { Policy } from "../../core/config/policy";
import { money } from "../../core/training/view/trainingWords";
import { sayNumber } from "../platform/sayNumber";
import { keyOf, type SourceState } from "./computeBoard";
import type { ComputeNode } from "./computeNode";

/** How a line of the view looks. @param now milliseconds since 1970. */
export function toComputeItem(node: ComputeNode, policy: Policy, now: number): vscode.TreeItem {
  switch (node.kind) {
    case "machine":
      return machineItem(node.state, node.node, policy, now);
    case "processor":
      return processorItem(node.state, node.processor, policy, now);
    case "problem": {
      const item = new vscode.TreeItem(sourceWords(node.state), vscode.TreeItemCollapsibleState.None);
      const why = node.state.problem ?? vscode.l10n.t("nvidia-smi was not found, so that nothing is known of its processors");
      item.id = `${keyOf(node.state.source)}\nproblem`;
      item.description = oneLine(why, 200);
      item.tooltip = new vscode.MarkdownString().appendText(why);
      item.iconPath = new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
      return item;
    }
  }
}

function machineItem(state: SourceState, node: NodeState, policy: Policy, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(node.node, 80), vscode.TreeItemCollapsibleState.Expanded);
  item.id = `${keyOf(state.source)}\n${node.node}`;
  item.description = machineWords(state, node, policy, now);
  const isLong = node.idleSince !== null;
  item.iconPath = new vscode.ThemeIcon("server", isLong ? new vscode.ThemeColor("list.warningForeground") : undefined);
  item.tooltip = new vscode.MarkdownString()
    .appendText(`${node.node}: ${item.description}`)
    .appendMarkdown("\n\n")
    .appendText(sourceWords(state));
  item.accessibilityInformation = { label: `${node.node}, ${item.description}` };
  return item;
}

/** A machine is paid for as a whole, so that a price stands only where all of it is idle. */
function machineWords({ source }: SourceState, { processors, idleSince, cost }: NodeState, policy: Policy, now: number): string {
  const idle = processors.filter(({ state }) => state === "idle").length;
  const unknown = processors.filter(({ state }) => state === "unknown").length;
  if (idleSince === null) {
    return [
      vscode.l10n.t("{0} of {1} idle", idle, processors.length),
      ...(unknown === 0 ? [] : [vscode.l10n.t("the use of {0} is not measured", unknown)]),
    ].join(" · ");
  }
  const price =
    cost !== null
      ? vscode.l10n.t("{0} so far", sayNumber(money(cost)))
      : source.instance === null
        ? vscode.l10n.t("no price known: the source names no kind of machine")
        : policy.prices.currency === null
          ? vscode.l10n.t("no price known: the policy names no currency")
          : vscode.l10n.t("no price known: the policy has none for {0}", oneLine(source.instance, 40));
  return vscode.l10n.t("idle since {0} ({1}) · {2}", timeText(idleSince, now), formatDuration(now - idleSince), price);
}

function processorItem(state: SourceState, { sample, state: use, since }: ProcessorState, policy: Policy, now: number): vscode.TreeItem {
  const label = vscode.l10n.t("GPU {0}", sample.index) + (sample.name === null ? "" : ` · ${oneLine(sample.name, 60)}`);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
  item.id = `${keyOf(state.source)}\n${sample.node}\n${sample.id}`;
  const words = {
    idle: vscode.l10n.t("idle since {0} ({1})", timeText(since, now), formatDuration(now - since)),
    busy: vscode.l10n.t("{0} % in use", Math.round(sample.use ?? 0)),
    unknown: vscode.l10n.t("use not measured"),
  };
  const memory =
    sample.memoryUsed === null || sample.memoryTotal === null
      ? []
      : [vscode.l10n.t("{0} of {1} GiB", gib(sample.memoryUsed), gib(sample.memoryTotal))];
  item.description = [words[use], ...memory, ...(sample.power === null ? [] : [`${Math.round(sample.power)} W`])].join(" · ");
  item.iconPath =
    use === "idle"
      ? new vscode.ThemeIcon("debug-pause", new vscode.ThemeColor("list.warningForeground"))
      : use === "busy"
        ? new vscode.ThemeIcon("pulse", new vscode.ThemeColor("testing.iconPassed"))
        : new vscode.ThemeIcon("question");
  const rule =
    use === "unknown"
      ? vscode.l10n.t("Nothing measures the use of this processor, as of one that is cut into slices (MIG); it is never counted as idle.")
      : vscode.l10n.t(
          "Idle is less than {0} % in use. What was before the first reading of this window is not known.",
          policy.idle.gpuBelow,
        );
  item.tooltip = new vscode.MarkdownString().appendText(`${label}: ${item.description}`).appendMarkdown("\n\n").appendText(rule);
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

/** Where a source is, in words. */
function sourceWords({ source }: Pick<SourceState, "source">): string {
  switch (source.type) {
    case "local":
      return vscode.l10n.t("This machine (nvidia-smi)");
    case "ray":
      return vscode.l10n.t("Ray at {0}", oneLine(source.address ?? "", 80));
    case "prometheus":
      return vscode.l10n.t("Prometheus at {0}", oneLine(source.address ?? "", 80));
  }
}

function gib(mib: number): string {
  return sayNumber((mib / 1024).toFixed(1));
}

/** The time of day, with the date where it is another. */
function timeText(at: number, now: number): string {
  const [then, today] = [new Date(at), new Date(now)];
  const time = then.toLocaleTimeString(vscode.env.language, { hour: "2-digit", minute: "2-digit" });
  return then.toDateString() === today.toDateString() ? time : `${then.toLocaleDateString(vscode.env.language)} ${time}`;
}
