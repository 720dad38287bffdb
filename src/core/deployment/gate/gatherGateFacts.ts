import { type CancelSignal, isCancelled } from "../../base/cancel";
import type { Product } from "../../config/product";
import type { Fact } from "../../lint/lintFacts";
import { DEFAULT_LINT_SETTINGS } from "../../lint/lintSettings";
import { gatherEvaluation } from "../../lint/workspace/evaluationFact";
import { readProduct } from "../../lint/workspace/readProduct";
import { reasonOf } from "../../lint/workspace/reasonOf";
import { folderOf, resolvePath } from "../../lint/workspace/workspacePath";
import { latestDriftState } from "../../monitoring/latestDriftState";
import { MLFLOW_TAG, type Run } from "../../tracking/run";
import type { OnHashed } from "../hashProgress";
import { changedBlocks, changedTraining, countsAsChange } from "./changedModel";
import { readEvaluationFigures } from "./evaluationFigures";
import type { GateWish } from "./gate";
import type { DocumentFact, DriftFact, EvaluationReport, GateFacts, GateFile, SinceEvaluation, TreeFact } from "./gateFacts";
import { gateLevelOf } from "./gateLevel";
import type { GateWorld, StoredVersion } from "./gateWorld";
import { modelFilesOf } from "./modelFilesOf";

/** Looks up all that the gate judges by. @throws only when cancelled: whatever else fails is a fact that is not known, with the reason. */
export async function gatherGateFacts(wish: GateWish, world: GateWorld, signal: CancelSignal, onHashed?: OnHashed): Promise<GateFacts> {
  const { calendar } = world;
  const [today, now] = [world.today(), world.now()];
  const file = await fact(() => readFile(wish.config, world, signal));
  const base = { wish, today, now, calendar, file };
  if (!file.known) {
    const lost = { known: false, why: `${wish.config} cannot be read` } as const;
    const looked = { lint: lost, registry: lost, digest: lost, evaluation: lost, run: lost, tree: lost, since: lost, drift: lost };
    return { ...base, ...looked, signOffs: lost, deployments: lost, oversightTraining: lost };
  }
  const gatherer = new Gatherer(wish, world, file.value, { today, now }, signal, onHashed);
  return { ...base, ...(await gatherer.all()) };
}

async function readFile(config: string, { files, sha256 }: GateWorld, signal: CancelSignal): Promise<GateFile> {
  const text = await files.readText(config, signal);
  if (text === null) {
    throw new Error("there is no such file");
  }
  const read = await readProduct(config, text, files, signal);
  return { text, sha256: (await files.sha256(config, signal)) ?? sha256(text), config: read };
}

class Gatherer {
  private readonly product: Product;
  private readonly folder: string;

  constructor(
    private readonly wish: GateWish,
    private readonly world: GateWorld,
    private readonly file: GateFile,
    private readonly clock: { readonly today: string; readonly now: number },
    private readonly signal: CancelSignal,
    private readonly onHashed: OnHashed | undefined,
  ) {
    this.product = file.config.value;
    this.folder = folderOf(wish.config);
  }

  async all(): Promise<Omit<GateFacts, "wish" | "today" | "now" | "calendar" | "file">> {
    const { world, signal, wish } = this;
    const stored = fact(() => this.stored());
    const evaluation = this.evaluation();
    const run = stored.then((found): Fact<Run | null> => (found.known ? { known: true, value: found.value.run } : found));
    const at = new Date(this.clock.now).toISOString();
    const [lint, registry, digest, report, ofRun, tree, since, drift, signOffs, deployments, oversightTraining] = await Promise.all([
      fact(() => this.lint()),
      stored.then((found): GateFacts["registry"] =>
        found.known ? { known: true, value: { version: found.value.version, aliases: found.value.aliases } } : found,
      ),
      stored.then((found) => this.digest(found)),
      evaluation,
      run,
      flat(() => this.tree()),
      flat(async () => this.since(await evaluation, await run)),
      fact(() => this.drift()),
      fact(() => world.signOffs(wish.config, at, signal)),
      fact(() => world.logs.deployments(wish.config, signal)),
      fact(() => this.oversightTraining()),
    ]);
    return { lint, registry, digest, evaluation: report, run: ofRun, tree, since, drift, signOffs, deployments, oversightTraining };
  }

  private async lint(): Promise<NonNullable<Awaited<ReturnType<GateWorld["lint"]>>>> {
    const options = { settings: DEFAULT_LINT_SETTINGS, today: this.clock.today, stage: gateLevelOf(this.product, this.wish.target) };
    const found = await this.world.lint(this.wish.config, options, this.signal);
    if (found === null) {
      throw new Error("there is no such file, or lint does not judge it");
    }
    return found;
  }

  private async stored(): Promise<StoredVersion> {
    const { model } = this.product;
    const version = this.wish.version ?? model?.version;
    if (model?.name === undefined || version === undefined) {
      throw new Error(`${this.wish.config} does not name the registered model and its version`);
    }
    const kind = model.registry ?? "mlflow";
    if (kind.toLowerCase() !== "mlflow") {
      throw new Error(`a registry of the kind "${kind}" is not read`);
    }
    return this.world.registry.version(this.wish.config, this.product, version, this.signal);
  }

  private async digest(stored: Fact<StoredVersion>): Promise<Fact<string>> {
    if (!stored.known) {
      return stored;
    }
    const { version } = stored.value;
    return version === null
      ? { known: false, why: "the registry has no such version" }
      : fact(() => this.world.registry.digest(this.wish.config, this.product, version, this.signal, this.onHashed));
  }

  private async evaluation(): Promise<Fact<EvaluationReport | null>> {
    const { files } = this.world;
    const written = this.product.evaluation?.report;
    const path = written === undefined ? null : resolvePath(this.folder, written);
    if (written === undefined) {
      return { known: true, value: null };
    }
    if (path === null) {
      return { known: false, why: `${written} lies outside of the workspace` };
    }
    const about = await gatherEvaluation(written, this.folder, files, this.signal);
    if (!about.known) {
      return { known: false, why: `${path} cannot be read: ${about.why}` };
    }
    return fact(async () => {
      const text = await files.readText(path, this.signal);
      if (about.value === null || text === null) {
        throw new Error(`there is no file ${path}`);
      }
      return { ...about.value, file: path, sha256: await files.sha256(path, this.signal), figures: figuresIn(path, text) };
    });
  }

  private async tree(): Promise<Fact<TreeFact>> {
    const found = await this.world.git.tree(this.folder, this.signal);
    if (!found.known) {
      return found;
    }
    // What git does not know may be anybody's notes, but in the product's own folder it may be code that the model needs.
    const isOwn = (path: string): boolean => (this.folder === "" ? !path.startsWith("../") : path.startsWith(`${this.folder}/`));
    const changed = found.value.changed.filter(({ path, isTracked }) => countsAsChange(path) && (isTracked || isOwn(path)));
    return { known: true, value: { commit: found.value.commit, changed: changed.map(({ path }) => path) } };
  }

  private async since(evaluation: Fact<EvaluationReport | null>, run: Fact<Run | null>): Promise<Fact<SinceEvaluation | null>> {
    if (!evaluation.known) {
      return evaluation;
    }
    const named = this.evaluatedCommit(evaluation.value, run);
    if (named === null) {
      return evaluation.value === null && !run.known ? run : { known: true, value: null };
    }
    const { commit, source } = named;
    const changed = await this.world.git.changedSince(this.folder, commit, this.signal);
    if (!changed.known) {
      return changed;
    }
    if (changed.value === null) {
      return { known: true, value: { commit, source, isFound: false, changed: [], blocks: [] } };
    }
    // Git is asked for the old file only where it may have been another one.
    const isSame = !changed.value.includes(this.wish.config) && !this.file.text.includes("$include");
    const before = isSame ? ({ known: true, value: null } as const) : await this.world.git.textAt(this.wish.config, commit, this.signal);
    if (!before.known) {
      return before;
    }
    const files = await modelFilesOf(this.product, this.wish.config, this.world.files, this.signal);
    return {
      known: true,
      value: {
        commit,
        source,
        isFound: true,
        changed: changedTraining(changed.value, this.wish.config, files),
        // A product whose file came later had no other one.
        blocks: before.value === null ? [] : changedBlocks(await this.readOld(before.value, commit), this.product),
      },
    };
  }

  /** With what it included at that commit. */
  private async readOld(text: string, commit: string): Promise<Product> {
    const then = {
      readText: async (path: string, signal: CancelSignal): Promise<string | null> => {
        const found = await this.world.git.textAt(path, commit, signal);
        return found.known ? found.value : null;
      },
    };
    return (await readProduct(this.wish.config, text, then, this.signal)).value;
  }

  private evaluatedCommit(report: EvaluationReport | null, run: Fact<Run | null>): Pick<SinceEvaluation, "commit" | "source"> | null {
    const ofFile = this.product.evaluation?.commit;
    if (report !== null && report.commit !== null) {
      return { commit: report.commit, source: "report" };
    }
    if (ofFile !== undefined) {
      return { commit: ofFile.trim(), source: "file" };
    }
    // The figures of a run are those of the code that it ran.
    const ofRun = report === null && run.known ? run.value?.tags.get(MLFLOW_TAG.gitCommit) : undefined;
    return ofRun === undefined ? null : { commit: ofRun, source: "run" };
  }

  private async drift(): Promise<DriftFact | null> {
    const product = { name: this.product.name ?? this.wish.config, config: this.wish.config };
    const options = { now: this.clock.now, configSha256: null };
    const state = await latestDriftState(product, this.product, this.world.results, options, this.signal);
    const [problem] = state?.problems ?? [];
    if (problem !== undefined) {
      throw new Error(problem);
    }
    if (state === null) {
      return null;
    }
    const { status, verdict, withoutScores, checkedAt, isOld, path } = state;
    return { status, verdict, withoutScores, checkedAt, isOld, file: path };
  }

  private async oversightTraining(): Promise<DocumentFact | null> {
    const written = this.product.oversight?.training;
    const file = written === undefined ? null : resolvePath(this.folder, written);
    const text = file === null ? null : await this.world.files.readText(file, this.signal);
    return file === null || text === null ? null : { file, text };
  }
}

/** @throws Error with a sentence that names the report. */
function figuresIn(path: string, text: string): EvaluationReport["figures"] {
  try {
    return readEvaluationFigures(text, /\.json$/i.test(path) ? "json" : "yaml");
  } catch (error) {
    throw new Error(`${path} cannot be judged: ${reasonOf(error)}`, { cause: error });
  }
}

async function fact<T>(work: () => Promise<T>): Promise<Fact<T>> {
  try {
    return { known: true, value: await work() };
  } catch (error) {
    return lost(error);
  }
}

/** For work that answers a fact itself. */
async function flat<T>(work: () => Promise<Fact<T>>): Promise<Fact<T>> {
  try {
    return await work();
  } catch (error) {
    return lost(error);
  }
}

function lost(error: unknown): { readonly known: false; readonly why: string } {
  if (isCancelled(error)) {
    throw error;
  }
  return { known: false, why: reasonOf(error) };
}
