import { AppError } from "../../src/core/base/appError";
import { NO_STATUS } from "../../src/core/training/newJob";
import type { EngineFacts, JobHandle, JobStatus, LogChunk, TrainingEngine } from "../../src/core/training/trainingEngine";
import type { EngineId } from "../../src/core/training/trainSpec";

/** An engine whose answers and failures a test controls. Only for what real engines cannot be made to do on command. */
export class ScriptedEngine implements TrainingEngine {
  /** Jobs that were started, by id, as the engine itself knows them. */
  readonly started = new Map<string, JobHandle>();
  readonly calls: string[] = [];
  state: JobStatus = NO_STATUS;
  /** Thrown by every call but `submit` and `action`. */
  away: Error | null = null;
  /** Thrown by `submit`: before it starts anything, or after, when only the answer gets lost. */
  submitFailure: { readonly error: Error; readonly after: boolean } | null = null;

  constructor(readonly id: EngineId = "ray") {}

  inspect(): Promise<EngineFacts> {
    return this.answer("inspect", () => ({
      health: { ok: true, message: "It answers." },
      fields: [],
      warnings: [],
      consents: [],
      blockers: [],
      python: null,
    }));
  }

  action: TrainingEngine["action"] = (draft) => ({ kind: "request", method: "POST", url: "http://engine/jobs", body: { id: draft.jobId } });

  submit: TrainingEngine["submit"] = ({ jobId }) => {
    this.calls.push("submit");
    const failure = this.submitFailure;
    const handle: JobHandle = { engine: this.id, jobId, externalId: jobId, place: "http://engine", webUrl: null };
    if (failure === null || failure.after) {
      this.started.set(jobId, handle);
    }
    return failure === null ? Promise.resolve(handle) : Promise.reject(failure.error);
  };

  find: TrainingEngine["find"] = ({ jobId }) => this.answer("find", () => this.started.get(jobId) ?? null);
  status: TrainingEngine["status"] = () => this.answer("status", () => this.state);
  log: TrainingEngine["log"] = (_, cursor): Promise<LogChunk> =>
    this.answer("log", () => ({ text: cursor === null ? "epoch 1\n" : "", cursor: "end", isComplete: true }));

  cancel: TrainingEngine["cancel"] = () =>
    this.answer("cancel", () => {
      this.state = { ...this.state, state: "cancelled", endedAt: (this.state.startedAt ?? 0) + 1000 };
    });

  private answer<T>(name: string, value: () => T): Promise<T> {
    this.calls.push(name);
    return this.away === null ? Promise.resolve(value()) : Promise.reject(this.away);
  }
}

export const AWAY = new AppError("store/unreachable", "The engine does not answer.");
