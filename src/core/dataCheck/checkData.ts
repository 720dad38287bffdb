import { toUserText } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { ConfigFile } from "../config/configFile";
import type { Product } from "../config/product";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { reasonOf } from "../lint/workspace/reasonOf";
import { folderOf, resolvePath } from "../lint/workspace/workspacePath";
import type { CommitState } from "../monitoring/monitoringCheck";
import { type TableReading, tableReading } from "../tabular/tableReading";
import type { DataCheckReport, DataFinding } from "./dataCheckReport";
import { type DataEntry, type Expectation, expectationsOf } from "./expectations";
import { locateExpected } from "./locateExpected";
import { readContract } from "./odcs";
import type { TableChecks } from "./tableWish";

/** The world as a check of data sees it. */
export interface DataCheckPorts {
  readonly files: Pick<WorkspaceFiles, "list" | "look" | "readText">;
  readonly tables: TableChecks;
  /** Of a path of the workspace. */
  readonly toAbsolute: (path: string) => string;
  /** Null where there is no repository, or git cannot be asked. */
  readonly commit: (config: string, signal: CancelSignal) => Promise<CommitState | null>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Name and version of this program. */
  readonly tool: string;
}

export interface DataCheckProgress {
  /** "Checking data/train.csv". */
  readonly text: string;
  /** Bytes. */
  readonly done: number;
  readonly total: number;
}

/**
 * Judges all data of a product by what its file and its contracts expect. What is missing, damaged or cannot be judged is a finding; only cancelling
 * is an error.
 * @param config the product's file, in the workspace.
 * @param file as `readProduct` reads it.
 */
export async function checkData(
  config: string,
  file: ConfigFile<Product>,
  ports: DataCheckPorts,
  onProgress: (progress: DataCheckProgress) => void,
  signal: CancelSignal,
): Promise<DataCheckReport> {
  const now = ports.now();
  const parts: PartReport[] = [brokenPart(config, file)];
  for (const [index, entry] of (file.value.data ?? []).entries()) {
    signal.throwIfAborted();
    parts.push(await new EntryCheck(config, file, index, entry ?? {}, now, ports, onProgress, signal).run());
  }
  const findings = parts.flatMap((part) => part.findings);
  const notes = [...new Set(parts.flatMap((part) => part.notes))];
  return {
    schema: 1,
    product: file.value.name ?? config,
    config,
    result: resultOf(findings),
    files: parts.flatMap((part) => part.files),
    findings,
    notes: findings.length === 0 && notes.length === 0 ? ["Nothing is expected of any data."] : notes,
    commit: (await ports.commit(config, signal))?.commit ?? null,
    checkedAt: now,
    tool: ports.tool,
  };
}

type PartReport = Pick<DataCheckReport, "files" | "findings"> & { readonly notes: readonly string[] };

function resultOf(findings: readonly DataFinding[]): DataCheckReport["result"] {
  const has = (result: DataFinding["result"]): boolean => findings.some((one) => one.result === result);
  return findings.length === 0 ? "nothing_expected" : has("fail") ? "fail" : has("unknown") ? "unknown" : "pass";
}

/** Data that are written and cannot be read at all would otherwise look as if nothing were expected. */
function brokenPart(config: string, { value, source, problems }: ConfigFile<Product>): PartReport {
  const [first] = problems;
  const isLost = value.data === undefined && first !== undefined && /^[ \t"']*data["']?[ \t]*:/m.test(source.text);
  return { files: [], notes: [], findings: isLost ? [configFinding(config, config, null, first.message)] : [] };
}

function configFinding(path: string, config: string, use: string | null, message: string): DataFinding {
  const said = `${config} has a mistake, so that what is expected is not known: ${message}`;
  return {
    path,
    use,
    column: null,
    rule: "readable",
    result: "unknown",
    message: said,
    limit: null,
    found: null,
    rows: null,
    from: config,
  };
}

/** The check of one set of data. */
class EntryCheck {
  private readonly findings: DataFinding[] = [];
  private readonly notes: string[] = [];

  constructor(
    private readonly config: string,
    private readonly file: ConfigFile<Product>,
    private readonly index: number,
    private readonly entry: DataEntry,
    private readonly now: number,
    private readonly ports: DataCheckPorts,
    private readonly onProgress: (progress: DataCheckProgress) => void,
    private readonly signal: CancelSignal,
  ) {}

  async run(): Promise<PartReport> {
    const { config, entry, ports, signal } = this;
    const written = entry.path ?? "";
    const use = entry.use ?? null;
    const reading = this.reading();
    const mistakes = typeof reading === "string" ? [...this.mistakes(), reading] : this.mistakes();
    const shown = written === "" ? config : (resolvePath(folderOf(config), written) ?? written);
    this.findings.push(...mistakes.map((message) => configFinding(shown, config, use, message)));
    const asks = entry.expect !== undefined || entry.contract !== undefined;
    if (written === "") {
      if (asks && mistakes.length === 0) {
        this.findings.push(configFinding(config, config, use, "Something is expected of data that have no path."));
      }
      return this.report([]);
    }
    const expectations = [...expectationsOf(entry, config), ...(await this.fromContract(shown, use))];
    if (expectations.length === 0) {
      if (this.findings.length === 0) {
        this.notes.push(`Nothing that can be judged is expected of ${shown}.`);
      }
      return this.report([]);
    }
    if (typeof reading === "string") {
      return this.report([]);
    }
    const located = await locateExpected(folderOf(config), written, ports.files, signal);
    if (located.problem !== null) {
      const from = expectations[0]?.from ?? config;
      const bare = { column: null, limit: null, found: null, rows: null, from };
      this.findings.push({
        ...bare,
        path: located.path,
        use,
        rule: "readable",
        result: located.isUnknown ? "unknown" : "fail",
        message: located.problem,
      });
      return this.report([]);
    }
    const names = Object.fromEntries(located.files.map((path) => [ports.toAbsolute(path), path]));
    const { files, findings } = await ports.tables.checkTable(
      {
        path: located.path,
        use,
        source: { paths: Object.keys(names), ...reading },
        bytes: located.bytes,
        names,
        expectations,
        personal: (entry.personal_fields ?? []).flatMap((field) => field?.name ?? []),
        now: this.now,
      },
      (done, total) => this.onProgress({ text: `Checking ${located.path}`, done, total }),
      signal,
    );
    this.findings.push(...findings);
    return this.report(files.length > 0 ? files : located.files.map((path) => ({ path, sha256: null, rows: null, bytes: null })));
  }

  private report(files: PartReport["files"]): PartReport {
    return { files, findings: this.findings, notes: this.notes };
  }

  /** How the table is read; a sentence where that makes no sense. */
  private reading(): TableReading | string {
    try {
      return tableReading(this.entry.read);
    } catch (error) {
      return toUserText(error);
    }
  }

  /** Mistakes in what is expected: a limit that cannot be read must not count as none. */
  private mistakes(): readonly string[] {
    const { source, problems } = this.file;
    const parts =
      this.file.value.data?.[this.index] === undefined ? [[]] : [["expect"], ["path"], ["read"], ["contract"], ["personal_fields"]];
    const ranges = parts.flatMap((part) => source.valueRange(["data", this.index, ...part]) ?? []);
    return problems
      .filter(({ range }) => ranges.some(({ start, end }) => range.start >= start && range.start <= end))
      .slice(0, 5)
      .map(({ message }) => message);
  }

  private async fromContract(dataPath: string, use: string | null): Promise<readonly Expectation[]> {
    const { config, entry } = this;
    if (entry.contract === undefined) {
      return [];
    }
    const place = resolvePath(folderOf(config), entry.contract);
    const reading = await this.readContract(place, dataPath);
    if (typeof reading === "string") {
      const from = place ?? config;
      const bare = { column: null, limit: null, found: null, rows: null, from };
      this.findings.push({ ...bare, path: dataPath, use, rule: "readable", result: "unknown", message: reading });
      return [];
    }
    this.notes.push(...reading.notes.map((note) => `${place ?? ""}: ${note}`));
    return reading.list;
  }

  private async readContract(
    place: string | null,
    dataPath: string,
  ): Promise<string | { readonly list: readonly Expectation[]; readonly notes: readonly string[] }> {
    if (place === null) {
      return "The contract lies outside of the workspace. Name a path below the opened folder.";
    }
    try {
      const text = await this.ports.files.readText(place, this.signal);
      if (text === null) {
        return `There is no contract ${place}. Check its path.`;
      }
      const reading = readContract(text, place, dataPath);
      return reading.problem ?? reading;
    } catch (error) {
      this.signal.throwIfAborted();
      return `The contract ${place} cannot be read: ${reasonOf(error)}.`;
    }
  }
}
