import type { CancelSignal } from "../../base/cancel";
import { AppError } from "../../base/appError";
import { oneLine } from "../../base/oneLine";
import type { Product } from "../../config/product";
import { readOldProduct } from "../../lint/workspace/readProduct";
import type { RegulationCalendar } from "../../config/regulationCalendar";
import { lineCounter } from "../../config/yaml/lineCounter";
import type { DeploymentEntry } from "../../deployment/deployment";
import { readEvaluationFigures } from "../../deployment/gate/evaluationFigures";
import type { GateEntry } from "../../deployment/gate/gateEntry";
import type { Fact, RegisteredVersionFact } from "../../lint/lintFacts";
import { DEFAULT_LINT_SETTINGS } from "../../lint/lintSettings";
import type { Repositories, RegistryReader, WorkspaceFiles } from "../../lint/workspace/lintPorts";
import { reasonOf } from "../../lint/workspace/reasonOf";
import { registeredVersions } from "../../lint/workspace/trackerFacts";
import { stageOf, type WorkspaceLint } from "../../lint/workspace/workspaceLint";
import { folderOf, inFolder, resolvePath } from "../../lint/workspace/workspacePath";
import type { CommitState } from "../../monitoring/monitoringCheck";
import type { ResultStore } from "../../monitoring/resultStore";
import type { DocumentationItems } from "../annex/documentationItems";
import { gatherDocuments } from "../annex/gatherDocuments";
import { judgeItems } from "../annex/judgeItems";
import type { ChainReading } from "../hashChain";
import { type SignOffRegister, wasApproved } from "../signOffStanding";
import { readEarlierReport } from "./earlierReport";
import type { ApprovedState, EvaluationFigures, ReportFacts } from "./reportFacts";

/** The world as a report sees it. */
export interface ReportPorts {
  readonly files: WorkspaceFiles;
  readonly repositories: Repositories;
  readonly registry: RegistryReader;
  readonly lint: Pick<WorkspaceLint, "lint" | "read">;
  readonly results: Pick<ResultStore, "history">;
  /** Names of the files of a folder of the workspace, in any order; none where there is no such folder. */
  readonly names: (folder: string, signal: CancelSignal) => Promise<readonly string[]>;
  readonly signOffs: (config: string, today: string, signal: CancelSignal) => Promise<SignOffRegister>;
  /** @param path of a hash-chained log, from the root of the workspace. @returns an empty chain where there is none. */
  readonly chain: <T>(path: string, signal: CancelSignal) => Promise<ChainReading<T>>;
  readonly commit: (config: string, signal: CancelSignal) => Promise<CommitState | null>;
  readonly calendar: RegulationCalendar;
  readonly items: DocumentationItems;
  /** Of a text, hex. */
  readonly sha256: (text: string) => string;
  readonly tool: string;
}

export interface ReportWish {
  /** The product's file, from the root of the workspace. */
  readonly config: string;
  /** Null for the one that the file names. */
  readonly version: string | null;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** So many checks of monitoring are shown. */
const MOST_CHECKS = 60;

/**
 * Looks up all that a report says, and changes nothing. What cannot be looked up is said in the report.
 * @throws AppError `file/unreadable` where the product's file is not there.
 */
export async function gatherReport(
  { config: path, version: wanted, today }: ReportWish,
  ports: ReportPorts,
  signal: CancelSignal,
): Promise<ReportFacts> {
  const { files, calendar } = ports;
  const text = await files.readText(path, signal);
  const lint = text === null ? null : await ports.lint.lint(path, { settings: DEFAULT_LINT_SETTINGS, today }, signal);
  if (text === null || lint === null) {
    throw new AppError("file/unreadable", `The file ${oneLine(path)} is not there.`);
  }
  const config = await ports.lint.read(path, text, signal);
  const product = config.value;
  const folder = folderOf(path);
  const monitored = { name: product.name ?? path, config: path };
  const [repository, register, registered, commit, history, gateLog, deployments, evaluation] = await Promise.all([
    ports.repositories.find(folder, signal),
    ports.signOffs(path, today, signal),
    registeredVersions(product, folder, ports.registry, signal),
    ports.commit(path, signal),
    ports.results.history(monitored, MOST_CHECKS, signal),
    ports.chain<GateEntry>(inFolder(folder, ".mlops/gate-log.jsonl"), signal),
    ports.chain<DeploymentEntry>(inFolder(folder, ".mlops/deployments.jsonl"), signal),
    evaluationOf(product, folder, files, signal),
  ]);
  const documents = await gatherDocuments(product, path, files, repository, signal);
  const stage = stageOf(product);
  const lineOf = lineCounter(text);
  const version = wanted ?? product.model?.version ?? null;
  const groups = judgeItems(ports.items, {
    ...{ config, product, stage, path, lineOf, calendar, today, register, ...documents },
    findings: lint.findings,
  });
  return {
    ...{
      tool: ports.tool,
      today,
      calendar,
      path,
      text,
      config,
      product,
      stage,
      version,
      registered,
      commit,
      lint,
      register,
      documents,
      groups,
    },
    ...{ evaluation, gateLog, deployments },
    configSha256: ports.sha256(text),
    digest: digestOf(product, version, registered),
    monitoring: history.results.map(({ result }) => result).reverse(),
    approved: await approvedState(path, register, ports.repositories, signal),
    earlier: await readEarlierReport(folder, monitored, commit?.commit ?? null, ports, signal),
    problems: [
      ...register.problems,
      ...history.problems,
      ...(repository.known ? [] : [`Git could not be asked: ${repository.why}.`]),
      ...(registered.known ? [] : [`The registry could not be asked: ${registered.why}.`]),
      ...(evaluation.problem === null ? [] : [evaluation.problem]),
    ],
  };
}

/** What the file says of its version; of another version what the registry says. */
function digestOf({ model }: Product, version: string | null, registered: Fact<readonly RegisteredVersionFact[]>): string | null {
  if (model?.digest !== undefined && (version === null || version === model.version)) {
    return model.digest;
  }
  return registered.known ? (registered.value.find((one) => one.version === version)?.digest ?? null) : null;
}

async function evaluationOf(product: Product, folder: string, files: WorkspaceFiles, signal: CancelSignal): Promise<EvaluationFigures> {
  const written = product.evaluation?.report;
  const file = written === undefined ? null : resolvePath(folder, written);
  const none = (problem: string | null): EvaluationFigures => ({ file, figures: [], problem });
  const kind = /\.json$/i.test(file ?? "") ? "json" : /\.ya?ml$/i.test(file ?? "") ? "yaml" : null;
  if (file === null || kind === null) {
    return none(null);
  }
  try {
    const text = await files.readText(file, signal);
    // Whether the file is there is said where it is named.
    return text === null ? none(null) : { file, figures: readEvaluationFigures(text, kind), problem: null };
  } catch (error) {
    signal.throwIfAborted();
    return none(`No figures were read from ${file}: ${reasonOf(error)}.`);
  }
}

/** The newest approval that names a commit; that of the launch before any other. */
async function approvedState(
  path: string,
  { all }: SignOffRegister,
  repositories: Repositories,
  signal: CancelSignal,
): Promise<ApprovedState | null> {
  const usable = all.filter((one) => one.commit !== null && wasApproved(one));
  const standing = usable.find(({ subject }) => subject === "launch") ?? usable[0];
  if (standing === undefined || standing.commit === null) {
    return null;
  }
  const text = await repositories.textAt(path, standing.commit, signal);
  return { standing, product: text.known && text.value !== null ? readOldProduct(text.value) : null };
}
