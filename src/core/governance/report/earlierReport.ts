import type { CancelSignal } from "../../base/cancel";
import type { WorkspaceFiles } from "../../lint/workspace/lintPorts";
import { inFolder } from "../../lint/workspace/workspacePath";
import { type MonitoredProduct, resultFolder } from "../../monitoring/monitoredProduct";
import type { EarlierReport } from "./reportFacts";
import { REPORT_FOLDER } from "./reportSeal";

type Json = Readonly<Record<string, unknown>>;

interface ReportFiles {
  readonly files: Pick<WorkspaceFiles, "readText">;
  readonly names: (folder: string, signal: CancelSignal) => Promise<readonly string[]>;
}

/** What a kept report is called: the day, the product as its folders call it, and the version. */
export function reportName(product: MonitoredProduct, day: string, version: string | null, extension: string): string {
  const folder = resultFolder(product);
  const slug = folder.slice(folder.lastIndexOf("/") + 1);
  const plain = (version ?? "none").replace(/[^\w.-]+/g, "-").slice(0, 40);
  return `${day}-${slug}-${plain}.${extension}`;
}

/**
 * The newest report that was kept of another commit, so that a report that is made twice says the same twice.
 * @param folder of the product's file. @param commit that the workspace stands at.
 */
export async function readEarlierReport(
  folder: string,
  product: MonitoredProduct,
  commit: string | null,
  { files, names }: ReportFiles,
  signal: CancelSignal,
): Promise<EarlierReport | null> {
  const place = inFolder(folder, REPORT_FOLDER);
  const stem = reportName(product, "", "", "").replace(/-\.$/, "-");
  const found = (await names(place, signal)).filter(
    (name) => /^\d{4}-\d{2}-\d{2}-/.test(name) && name.endsWith(".json") && name.slice(10).startsWith(stem),
  );
  for (const name of found.sort().reverse()) {
    const report = read(`${place}/${name}`, (await files.readText(`${place}/${name}`, signal)) ?? "");
    if (report !== null && report.product === product.name && report.commit !== commit) {
      return report;
    }
  }
  return null;
}

function read(file: string, text: string): (EarlierReport & { readonly product: string }) | null {
  let json: Json;
  try {
    json = JSON.parse(text) as Json;
  } catch {
    return null; // `mlops verify` names a report that was damaged.
  }
  if (typeof json !== "object" || (json as Json | null) === null) {
    return null;
  }
  const { kind, product, made, commit, version, digest, items, sign_offs: signOffs, findings } = json;
  if (kind !== "compliance-report" || typeof product !== "string") {
    return null;
  }
  return {
    ...{ file, product, commit: textOr(commit), version: textOr(version), digest: textOr(digest) },
    madeOn: textOr((made as Json | null | undefined)?.["on"]) ?? "",
    items: mapOf(items, "id", "status"),
    signOffs: mapOf(signOffs, "file", "state"),
    findings: countOf(findings),
  };
}

function textOr(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter((one): one is Json => typeof one === "object" && one !== null) : [];
}

function mapOf(list: unknown, key: string, value: string): ReadonlyMap<string, string> {
  return new Map(records(list).map((one) => [textOr(one[key]) ?? "", textOr(one[value]) ?? ""]));
}

function countOf(list: unknown): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const one of records(list)) {
    const code = textOr(one["code"]) ?? "";
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
