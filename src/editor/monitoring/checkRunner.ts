import { AppError, isAppError, toUserText } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { DriftProgress } from "../../core/drift/driftService";
import type { MonitoringResult } from "../../core/monitoring/monitoringResult";
import type { MonitoringBoard } from "./monitoringBoard";
import { configPath, type WatchedProduct } from "./watchedProduct";

/** Judges a product now, the oldest window first; keeps nothing. */
export type CheckProduct = (
  watched: WatchedProduct,
  onProgress: (progress: DriftProgress) => void,
  signal: CancelSignal,
) => Promise<readonly MonitoringResult[]>;

/** What a check found, and whether that lies on disk. */
export interface CheckOutcome {
  readonly result: MonitoringResult;
  /** Why it does not, a sentence; it is shown all the same. */
  readonly notKept: string | null;
  /** It was to be kept, and could not be. */
  readonly failure: AppError | null;
}

export interface CheckRunnerParts {
  readonly board: MonitoringBoard;
  readonly check: CheckProduct;
  /** Why nothing is written, a sentence: in a folder that nobody trusts. Null where results are kept. */
  readonly notKept: () => string | null;
  /** Runs the work unless another window does the same work at the moment; null then. */
  readonly alone: <T>(key: string, work: () => Promise<T>) => Promise<T | null>;
}

/** Checks products, keeps what comes out, and has it shown. */
export class CheckRunner {
  constructor(private readonly parts: CheckRunnerParts) {}

  /** Because a person asked: also while another window checks. A result that cannot be kept is shown. @throws AppError when the check fails. */
  check(watched: WatchedProduct, onProgress: (progress: DriftProgress) => void, signal: CancelSignal): Promise<CheckOutcome> {
    return this.checkFor("person", watched, onProgress, signal);
  }

  private async checkFor(
    by: "person" | "automation",
    watched: WatchedProduct,
    onProgress: (progress: DriftProgress) => void,
    signal: CancelSignal,
  ): Promise<CheckOutcome> {
    const { board, check } = this.parts;
    const results = (await check(watched, onProgress, signal)).map((one): MonitoringResult => ({ ...one, started_by: by }));
    signal.throwIfAborted();
    const result = results.at(-1);
    if (result === undefined) {
      throw new AppError("usage", `The check of ${watched.name} gave no result.`);
    }
    const unwanted = this.parts.notKept();
    const failure = unwanted === null ? await this.keep(watched, results, signal) : null;
    const notKept = unwanted ?? (failure === null ? null : toUserText(failure));
    if (notKept === null) {
      await board.refreshOne(watched);
    } else {
      board.show(watched, result, notKept);
    }
    return { result, notKept, failure };
  }

  /** @returns what is in the way, such as a disk that is full or read-only. */
  private async keep(watched: WatchedProduct, results: readonly MonitoringResult[], signal: CancelSignal): Promise<AppError | null> {
    try {
      for (const one of results) {
        await this.parts.board.storeOf(watched)?.keep(watched, one, signal);
      }
      return null;
    } catch (error) {
      if (isAppError(error)) {
        return error;
      }
      throw error;
    }
  }

  /** Because its time has come: not where another window is at it, or has just been. @returns null where nothing was to be done. */
  checkIfDue(
    watched: WatchedProduct,
    isDue: (last: MonitoringResult | null) => boolean,
    signal: CancelSignal,
  ): Promise<CheckOutcome | null> {
    return this.parts.alone(configPath(watched), async () => {
      const last = await this.parts.board.latestOf(watched, signal);
      return isDue(last) ? this.checkFor("automation", watched, () => undefined, signal) : null;
    });
  }
}
