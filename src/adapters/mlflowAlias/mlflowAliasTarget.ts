import { AppError, isAppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { DeployDraft, DeployTarget, TargetFacts, TargetHealth, TargetStep } from "../../core/deployment/deployTarget";
import type { RegistryWriter } from "../../core/deployment/registryWriter";
import type { TargetSpec } from "../../core/deployment/targetSpec";
import type { ModelVersion } from "../../core/tracking/registeredModel";
import type { Store } from "../../core/tracking/store";
import type { StoreLocation } from "../../core/tracking/storeLocation";

export interface MlflowAliasOptions {
  /** Opened for one call, which disposes of it. */
  readonly open: (location: StoreLocation, signal: CancelSignal) => Promise<Store>;
  readonly writer: RegistryWriter;
}

const SET_ALIAS = "set-alias";
const MOVE_STAGE = "move-stage";
const DELETE_ALIAS = "delete-alias";
const ARCHIVE = "archive-version";
/** Where MLflow keeps versions that are not used. */
const UNUSED = "Archived";
const PAGE = 1000;

/** What the registry holds for one target. */
interface Held {
  /** Version that the alias points at. */
  readonly byAlias: string | null;
  /** Versions in the stage, the newest first. */
  readonly inStage: readonly string[];
  readonly versions: readonly ModelVersion[];
}

/**
 * An alias of MLflow's registry, a stage, or both. MLflow has no compare-and-set, so that the registry is read right before and right after
 * each move: what somebody else moved meanwhile is said and not overwritten.
 */
export function createMlflowAliasTarget(options: MlflowAliasOptions): DeployTarget {
  return new MlflowAliasTarget(options);
}

class MlflowAliasTarget implements DeployTarget {
  readonly type = "mlflow_alias";
  readonly stop = null;
  readonly restart = null;
  readonly scale = null;

  constructor(private readonly options: MlflowAliasOptions) {}

  async inspect(spec: TargetSpec, signal: CancelSignal): Promise<TargetFacts> {
    const held = await this.look(spec, signal);
    const { alias, stage, store, model } = spec;
    const webUrl = store?.kind === "rest" ? `${store.url}/#/models/${encodeURIComponent(model)}` : null;
    if (held === null) {
      const message = `The registry has no model "${oneLine(model)}".`;
      return { ...NOTHING, health: { ok: false, message }, webUrl };
    }
    const version = versionOf(spec, held);
    const others = stage === null ? [] : held.inStage.filter((one) => one !== version);
    const warnings = [
      ...(others.length === 0 ? [] : [`The stage ${stage ?? ""} also holds version ${others.join(", ")}, which will be archived.`]),
      ...(alias !== null && stage !== null && held.byAlias !== null && !held.inStage.includes(held.byAlias)
        ? [`Alias and stage differ: ${alias} points at version ${held.byAlias}, and the stage ${stage} holds ${list(held.inStage)}.`]
        : []),
    ];
    return {
      health: { ok: true, message: `${placeOf(spec)} of ${model} ${version === null ? "holds no version" : `holds version ${version}`}.` },
      version,
      canTell: true,
      since: null,
      state: JSON.stringify({ alias: held.byAlias, stage: held.inStage }),
      warnings,
      blockers: [],
      webUrl,
    };
  }

  steps(draft: DeployDraft): readonly TargetStep[] {
    const { spec, version, previous } = draft;
    const { alias, stage, model, store } = spec;
    const now = previous === null || previous === version ? "" : `, from version ${previous}`;
    const steps: TargetStep[] = [];
    if (stage !== null) {
      const body = { name: model, version, stage, archive_existing_versions: true };
      steps.push({
        id: MOVE_STAGE,
        text: `Move version ${version} of ${model} to the stage ${stage}${now}.`,
        risk: "Other versions in this stage are archived.",
        action: actionOf(store, "POST", "model-versions/transition-stage", body, `Move the version to the stage with MLflow`),
      });
    }
    if (alias !== null) {
      steps.push({
        id: SET_ALIAS,
        text: `Point the alias ${alias} of ${model} at version ${version}${now}.`,
        risk: "Whoever loads the model by this alias gets the new version from now on.",
        action: actionOf(store, "POST", "registered-models/alias", { name: model, alias, version }, `Set the alias with MLflow`),
      });
    }
    if (steps.length === 0) {
      throw new AppError("usage", `The target ${spec.name} names neither an alias nor a stage.`, {
        remedy: "Add alias, such as champion.",
      });
    }
    return steps;
  }

  readonly removal = ({ spec, version }: DeployDraft): readonly TargetStep[] => {
    const { alias, stage, model, store } = spec;
    const body = { name: model, version, stage: UNUSED, archive_existing_versions: false };
    const archive: TargetStep = {
      id: ARCHIVE,
      text: `Archive version ${version} of ${model}, because the stage held none before.`,
      risk: null,
      action: actionOf(store, "POST", "model-versions/transition-stage", body, "Archive the version with MLflow"),
    };
    const remove: TargetStep = {
      id: DELETE_ALIAS,
      text: `Take the alias ${alias ?? ""} of ${model} away, because it was not there before.`,
      risk: null,
      action: actionOf(store, "DELETE", "registered-models/alias", { name: model, alias }, "Delete the alias with MLflow"),
    };
    return [...(alias === null ? [] : [remove]), ...(stage === null ? [] : [archive])];
  };

  async apply(draft: DeployDraft, step: TargetStep, log: (line: string) => void, signal: CancelSignal): Promise<void> {
    const { spec } = draft;
    const { writer } = this.options;
    const place = { location: storeOf(spec), model: spec.model, python: spec.python, folder: spec.folder };
    const before = await this.checked(draft, signal);
    switch (step.id) {
      case SET_ALIAS:
        if (before.byAlias !== draft.version) {
          await writer.setAlias(place, spec.alias ?? "", draft.version, signal);
        }
        break;
      case DELETE_ALIAS:
        if (before.byAlias !== null) {
          await writer.deleteAlias(place, spec.alias ?? "", signal);
        }
        break;
      case MOVE_STAGE:
        await writer.moveStage(place, draft.version, spec.stage ?? UNUSED, true, signal);
        break;
      case ARCHIVE:
        await writer.moveStage(place, draft.version, UNUSED, false, signal);
        break;
      default:
        throw new AppError("usage", `"${oneLine(step.id)}" is no step of this target.`);
    }
    await this.confirm(draft, step, log, signal);
  }

  async health(spec: TargetSpec, signal: CancelSignal): Promise<TargetHealth> {
    const held = await this.look(spec, signal);
    const version = held === null ? null : versionOf(spec, held);
    const nothing = { version, requests: null, replicas: null, since: null };
    if (held === null || version === null) {
      return { ...nothing, state: "stopped", message: `${placeOf(spec)} of ${spec.model} holds no version.` };
    }
    const found = held.versions.find((one) => one.version === version);
    if (found?.status !== "READY") {
      const message = `${placeOf(spec)} holds version ${version}, which is ${found === undefined ? "not in the registry any more" : `not ready (${found.status})`}.`;
      return { ...nothing, state: "unhealthy", message };
    }
    if (spec.alias !== null && spec.stage !== null && !held.inStage.includes(version)) {
      const message = `The alias ${spec.alias} points at version ${version}, and the stage ${spec.stage} holds ${list(held.inStage)}.`;
      return { ...nothing, state: "unhealthy", message };
    }
    return { ...nothing, state: "healthy", message: `${placeOf(spec)} holds version ${version}, which is ready.` };
  }

  score(_spec: TargetSpec, _input: unknown, signal: CancelSignal): Promise<null> {
    signal.throwIfAborted();
    return Promise.resolve(null);
  }

  /** What is there right before a move. @throws AppError `usage` where somebody else has moved it since the plan, or the version is not there. */
  private async checked(draft: DeployDraft, signal: CancelSignal): Promise<Held> {
    const { spec, version, previous } = draft;
    const held = await this.look(spec, signal);
    if (held?.versions.some((one) => one.version === version) !== true) {
      throw new AppError("model/not-found", `The registry has no version ${oneLine(version, 40)} of ${oneLine(spec.model)}.`);
    }
    const there = versionOf(spec, held);
    if (there !== version && there !== previous) {
      const place = placeOf(spec).replace("The", "the");
      const said =
        there === null
          ? `Somebody else has moved ${place} meanwhile: it holds no version any more.`
          : `Somebody else has moved ${place} to version ${there} meanwhile.`;
      throw new AppError("usage", said, { remedy: "Make the plan again." });
    }
    return held;
  }

  /** What is there right after a move. @throws AppError where it is not what was asked for. */
  private async confirm(draft: DeployDraft, step: TargetStep, log: (line: string) => void, signal: CancelSignal): Promise<void> {
    const { spec, version } = draft;
    const held = await this.look(spec, signal);
    if (step.id === MOVE_STAGE || step.id === ARCHIVE) {
      const wanted = step.id === ARCHIVE ? UNUSED : spec.stage;
      const stage = held?.versions.find((one) => one.version === version)?.stage;
      if (stage === undefined || stage !== wanted) {
        throw moved(`Version ${version} is in the stage ${stage ?? "None"} right after it was moved.`);
      }
      log(`Version ${version} is in the stage ${stage}.`);
      return;
    }
    const wanted = step.id === DELETE_ALIAS ? null : version;
    const there = held?.byAlias ?? null;
    if (there !== wanted) {
      throw moved(`The alias ${spec.alias ?? ""} points at ${there === null ? "no version" : `version ${there}`} right after it was set.`);
    }
    log(`The alias ${spec.alias ?? ""} points at ${there === null ? "no version" : `version ${there}`}.`);
  }

  /** Null where the registry does not know the model. */
  private async look(spec: TargetSpec, signal: CancelSignal): Promise<Held | null> {
    signal.throwIfAborted();
    const store = await this.options.open(storeOf(spec), signal);
    try {
      const versions: ModelVersion[] = [];
      let pageToken: string | undefined;
      do {
        const query = { pageSize: PAGE, ...(pageToken === undefined ? {} : { pageToken }) };
        const page = await store.searchModelVersions(spec.model, query, signal);
        versions.push(...page.items);
        pageToken = page.nextPageToken ?? undefined;
      } while (pageToken !== undefined);
      const { aliases } = await store.getRegisteredModel(spec.model, signal);
      return {
        byAlias: spec.alias === null ? null : (aliases.get(spec.alias) ?? null),
        inStage: spec.stage === null ? [] : versions.filter(({ stage }) => stage === spec.stage).map(({ version }) => version),
        versions,
      };
    } catch (error) {
      if (isAppError(error, "model/not-found")) {
        return null;
      }
      throw error;
    } finally {
      store.dispose();
    }
  }
}

const NOTHING: Omit<TargetFacts, "health" | "webUrl"> = {
  version: null,
  canTell: true,
  since: null,
  state: "",
  warnings: [],
  blockers: [],
};

/** The alias counts where there is one; a stage may hold several versions, of which the newest counts. */
function versionOf({ alias }: TargetSpec, { byAlias, inStage }: Held): string | null {
  return alias === null ? (inStage[0] ?? null) : byAlias;
}

function placeOf({ alias, stage }: TargetSpec): string {
  return alias === null ? `The stage ${stage ?? ""}` : `The alias ${alias}`;
}

function list(versions: readonly string[]): string {
  return versions.length === 0 ? "no version" : `version ${versions.join(", ")}`;
}

function storeOf({ store, config }: TargetSpec): StoreLocation {
  if (store === null) {
    throw new AppError("usage", `${config} names no registry, and its folder holds none.`, { remedy: "Add tracking: {uri: …}." });
  }
  return store;
}

function actionOf(store: StoreLocation | null, method: "POST" | "DELETE", path: string, body: unknown, what: string): TargetStep["action"] {
  return store?.kind === "rest" ? { kind: "request", method, url: `${store.url}/api/2.0/mlflow/${path}`, body } : { kind: "own", what };
}

function moved(what: string): AppError {
  return new AppError("usage", `${what} Somebody else may be moving it at the same time.`, {
    remedy: "Look who else releases this model.",
  });
}
