import { AppError, toUserText } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { isOver } from "../../core/training/jobState";
import type {
  EngineAction,
  EngineFacts,
  EngineSecrets,
  JobDraft,
  JobHandle,
  JobStatus,
  LogChunk,
  TrainingEngine,
} from "../../core/training/trainingEngine";
import type { TrainSpec } from "../../core/training/trainSpec";
import { isLoopbackUrl, serverAddress } from "../node/httpJson";
import { loginWanted } from "../node/loginWanted";
import { lookAgain } from "../node/lookAgain";
import { SendOnce } from "../node/sendOnce";
import { RayApi } from "./rayApi";
import { RayHttp } from "./rayHttp";
import { addressOf, rayRequest, trackingUri } from "./rayRequest";
import { lostStatus, stateOf, toJobStatus } from "./rayStatus";

export interface RayEngineOptions {
  /** The login for this address, and for no other. Only `token` and `login` are used: `env` would be open to all who see the dashboard. */
  readonly secrets: (address: string, signal: CancelSignal) => Promise<EngineSecrets>;
  /** Milliseconds that one call may take. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 30_000;
/** At most three bytes each, so that a chunk stays below a megabyte. */
const CHUNK_CHARACTERS = 300_000;

/** Trains by a submission to a Ray cluster's dashboard. */
export function createRayEngine(options: RayEngineOptions): TrainingEngine {
  return new RayEngine(options);
}

class RayEngine implements TrainingEngine {
  readonly id = "ray";
  private readonly sending = new SendOnce();

  constructor(private readonly options: RayEngineOptions) {}

  async inspect(spec: TrainSpec, signal: CancelSignal): Promise<EngineFacts> {
    signal.throwIfAborted();
    try {
      const address = addressOf(spec);
      const api = await this.api(address, signal);
      const version = await api.version(signal);
      const { nodes, gpus } = await api.nodes(signal);
      const message = `Ray ${version} at ${address} has ${nodes === 1 ? "one node" : `${nodes} nodes`} and ${gpus === 0 ? "no GPU" : gpus === 1 ? "one GPU" : `${gpus} GPUs`}.`;
      return { ...NOTHING, health: { ok: true, message }, warnings: warningsOf(spec, address, gpus) };
    } catch (error) {
      signal.throwIfAborted();
      const message = toUserText(error);
      return { ...NOTHING, health: { ok: false, message }, blockers: [message], ...loginWanted(error, () => addressOf(spec)) };
    }
  }

  action(draft: JobDraft): EngineAction {
    return { kind: "request", method: "POST", ...rayRequest(draft) };
  }

  submit(draft: JobDraft, action: EngineAction, signal: CancelSignal): Promise<JobHandle> {
    return this.sending.start(draft.jobId, () => this.start(draft, action, signal));
  }

  async find({ jobId, spec }: Pick<JobDraft, "jobId" | "spec">, signal: CancelSignal): Promise<JobHandle | null> {
    const address = addressOf(spec);
    return this.findAt(await this.api(address, signal), jobId, signal);
  }

  async status(handle: JobHandle, signal: CancelSignal): Promise<JobStatus> {
    const job = await (await this.apiOf(handle, signal)).job(handle.externalId, signal);
    return job === null ? lostStatus() : toJobStatus(job);
  }

  /** Ray hands out the whole text each time; the cursor counts what was passed on. */
  async log(handle: JobHandle, cursor: string | null, signal: CancelSignal): Promise<LogChunk> {
    const api = await this.apiOf(handle, signal);
    // The state comes first: what was over before the text was read adds nothing to it.
    const job = await api.job(handle.externalId, signal);
    const from = /^\d{1,15}$/.test(cursor ?? "") ? Number(cursor) : 0;
    if (job === null) {
      return { text: "", cursor: String(from), isComplete: true };
    }
    const whole = await api.log(handle.externalId, signal);
    const wanted = Math.min(whole.length, from + CHUNK_CHARACTERS);
    // No character is cut in two.
    const to = /[\uD800-\uDBFF]/.test(whole.charAt(wanted - 1)) ? wanted - 1 : wanted;
    const next = Math.max(from, to);
    return { text: whole.slice(from, next), cursor: String(next), isComplete: isOver(stateOf(job)) && next >= whole.length };
  }

  async cancel(handle: JobHandle, signal: CancelSignal): Promise<void> {
    const api = await this.apiOf(handle, signal);
    const job = await api.job(handle.externalId, signal);
    if (job === null) {
      throw new AppError("usage", "Ray does not know this job any more, so that it cannot be ended.");
    }
    if (!isOver(stateOf(job))) {
      await api.stop(handle.externalId, signal);
    }
  }

  private async start(draft: JobDraft, action: EngineAction, signal: CancelSignal): Promise<JobHandle> {
    const address = addressOf(draft.spec);
    if (action.kind !== "request" || action.url !== `${address}/api/jobs/` || action.body["submission_id"] !== draft.jobId) {
      throw new AppError("usage", "The cluster or the job is another one than in the plan.", { remedy: "Make the plan again." });
    }
    const api = await this.api(address, signal);
    const earlier = await this.findAt(api, draft.jobId, signal);
    if (earlier !== null) {
      return earlier;
    }
    try {
      await api.submit(action.body, signal);
    } catch (error) {
      // Ray answers 500 for an id that it has, and an answer may get lost.
      return lookAgain(() => this.findAt(api, draft.jobId, signal), error, signal);
    }
    return this.handle(address, draft.jobId);
  }

  private async findAt(api: RayApi, jobId: string, signal: CancelSignal): Promise<JobHandle | null> {
    const job = await api.job(jobId, signal);
    if (job !== null && job.metadata?.["job"] !== jobId) {
      throw new AppError("usage", `The cluster has another job that is called "${jobId}".`, {
        remedy: "Make the plan again; it gets a new name.",
      });
    }
    return job === null ? null : this.handle(api.address, jobId);
  }

  private async apiOf({ place }: JobHandle, signal: CancelSignal): Promise<RayApi> {
    return this.api(serverAddress(place ?? "", "The address of the job's cluster"), signal);
  }

  private async api(address: string, signal: CancelSignal): Promise<RayApi> {
    signal.throwIfAborted();
    const secrets = await this.options.secrets(address, signal);
    signal.throwIfAborted();
    return new RayApi(new RayHttp(address, secrets, this.options.timeoutMs ?? TIMEOUT_MS));
  }

  private handle(address: string, jobId: string): JobHandle {
    return { engine: this.id, jobId, externalId: jobId, place: address, webUrl: `${address}/#/jobs/${encodeURIComponent(jobId)}` };
  }
}

const NOTHING: Pick<EngineFacts, "fields" | "warnings" | "consents" | "blockers" | "python"> = {
  fields: [],
  warnings: [],
  consents: [],
  blockers: [],
  python: null,
};

function warningsOf(spec: TrainSpec, address: string, gpus: number): readonly string[] {
  const { ray, resources } = spec;
  const wanted = resources.gpus ?? 0;
  const warnings: readonly (readonly [boolean, string])[] = [
    [
      wanted > gpus,
      `The training asks for ${wanted === 1 ? "one GPU" : `${wanted} GPUs`}, and the cluster has ${gpus === 0 ? "none" : String(gpus)}: it waits until a node brings them.`,
    ],
    [
      (ray?.workingDir ?? null) === null,
      "train.ray.working_dir is not set, so that the command runs wherever the cluster's head was started.",
    ],
    [
      trackingUri(spec, address) === null,
      "The cluster is not told of a tracking store that it could reach, so that its runs may go elsewhere. Name a server under tracking.uri.",
    ],
    [
      !isLoopbackUrl(address) && address.startsWith("http:"),
      "The cluster's address is not encrypted; a login would be readable on the way.",
    ],
  ];
  return warnings.flatMap(([holds, text]) => (holds ? [text] : []));
}
