import * as vscode from "vscode";

import type { Severity } from "../../core/lint/ruleMeta";
import type { ComputeSource } from "../../core/compute/processor";
import type { LintSettings } from "../../core/lint/lintSettings";

/** One entry of the setting `mlops.stores`. */
export interface StoreSetting {
  readonly uri: string;
  readonly name?: string;
  readonly workspace?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caFile?: string;
  readonly clientCertFile?: string;
  readonly insecureTls?: boolean;
  readonly timeoutSeconds?: number;
}

/** All settings, read once. */
export interface Settings {
  readonly stores: readonly StoreSetting[];
  readonly refreshSeconds: number;
  readonly treeMetrics: readonly string[];
}

export function readSettings(): Settings {
  const section = vscode.workspace.getConfiguration("mlops");
  const stores = section.get<unknown>("stores");
  const metrics = section.get<unknown>("tree.metrics");
  const seconds = section.get<unknown>("refreshSeconds");
  return {
    stores: (Array.isArray(stores) ? stores : []).flatMap(toStoreSetting),
    refreshSeconds: typeof seconds === "number" && seconds >= 0 ? seconds : 10,
    treeMetrics: (Array.isArray(metrics) ? metrics : []).filter((key): key is string => typeof key === "string"),
  };
}

/** Which files lint judges by itself. */
export type LintScope = "workspace" | "openFiles" | "off";

/** What lint is told by the settings, once for a folder of the workspace. */
export interface LintConfiguration extends LintSettings {
  readonly run: LintScope;
}

const SEVERITIES: readonly unknown[] = ["error", "warning", "info", "off"] satisfies (Severity | "off")[];

export function readLintSettings(scope: vscode.Uri): LintConfiguration {
  const section = vscode.workspace.getConfiguration("mlops", scope);
  const run = section.get<unknown>("lint.run");
  const rules = section.get<unknown>("lint.rules");
  const retired = section.get<unknown>("lint.retired");
  const given = Object.entries(typeof rules === "object" && rules !== null ? rules : {});
  return {
    run: run === "openFiles" || run === "off" ? run : "workspace",
    rules: new Map(given.filter((entry): entry is [string, Severity | "off"] => SEVERITIES.includes(entry[1]))),
    retired: retired === "off" ? "off" : "development",
  };
}

/** Whether the line above configurations is shown. */
export function readCodeLens(scope: vscode.Uri): boolean {
  const section = vscode.workspace.getConfiguration("mlops", scope);
  return section.get<unknown>("codeLens.enabled") !== false;
}

/** Whether checks that are due are made while the editor is open. */
export function readCheckWhileOpen(): boolean {
  const section = vscode.workspace.getConfiguration("mlops");
  return section.get<unknown>("monitoring.checkWhileOpen") !== false;
}

/** This machine, where nothing is said. */
const LOCAL: ComputeSource = { type: "local", address: null, instance: null };

/** Where processors are looked at. */
export function readComputeSources(): readonly ComputeSource[] {
  const section = vscode.workspace.getConfiguration("mlops");
  const written = section.get<unknown>("compute.sources");
  return Array.isArray(written) ? written.flatMap(toComputeSource) : [LOCAL];
}

/** Whether somebody is told of processors that are idle for long. */
export function readComputeReminders(): boolean {
  const section = vscode.workspace.getConfiguration("mlops");
  return section.get<unknown>("compute.reminders") !== false;
}

function toComputeSource(item: unknown): readonly ComputeSource[] {
  if (typeof item !== "object" || item === null) {
    return [];
  }
  const { type, address, instance } = item as Record<string, unknown>;
  const kind = typeof instance === "string" && instance.trim() !== "" ? instance.trim() : null;
  if (type === "local") {
    return [{ ...LOCAL, instance: kind }];
  }
  return (type === "ray" || type === "prometheus") && typeof address === "string" && address.trim() !== ""
    ? [{ type, address: address.trim(), instance: kind }]
    : [];
}

/** Settings are typed by hand: what does not fit is left out here and underlined by VS Code's own schema check. */
function toStoreSetting(item: unknown): readonly StoreSetting[] {
  if (typeof item === "string") {
    return item.trim() === "" ? [] : [{ uri: item }];
  }
  if (typeof item !== "object" || item === null || !("uri" in item) || typeof item.uri !== "string") {
    return [];
  }
  const record = item as Record<string, unknown>;
  const text = (key: string): string | undefined => (typeof record[key] === "string" ? record[key] : undefined);
  const headers = Object.entries((record["headers"] ?? {}) as Record<string, unknown>).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return [
    {
      uri: item.uri,
      ...optional("name", text("name")),
      ...optional("workspace", text("workspace")),
      ...optional("caFile", text("caFile")),
      ...optional("clientCertFile", text("clientCertFile")),
      ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}),
      ...(record["insecureTls"] === true ? { insecureTls: true } : {}),
      ...(typeof record["timeoutSeconds"] === "number" ? { timeoutSeconds: record["timeoutSeconds"] } : {}),
    },
  ];
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}

export async function addStoreSetting(uri: string): Promise<void> {
  const section = vscode.workspace.getConfiguration("mlops");
  const hasWorkspace = (vscode.workspace.workspaceFolders ?? []).length > 0;
  const inspected = section.inspect<unknown[]>("stores");
  const before = (hasWorkspace ? inspected?.workspaceValue : inspected?.globalValue) ?? [];
  await section.update("stores", [...before, uri], hasWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
}
