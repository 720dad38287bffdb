import { AppError } from "../../core/base/appError";
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

export interface CheckRunnerParts {
  readonly board: MonitoringBoard;
  readonly check: CheckProduct;
  /** Nothing is written in a folder that nobody trusts. */
  readonly isTrusted: () => boolean;
  /** Runs the work unless another window does the same work at the moment; null then. */
  readonly alone: <T>(key: string, work: () => Promise<T>) => Promise<T | null>;
}

/** Checks products, keeps what comes out, and has it shown. */
export class CheckRunner {
  constructor(private readonly parts: CheckRunnerParts) {}

  /** Because a person asked: also while another window checks. @throws AppError when the check or the keeping fails. */
  async check(watched: WatchedProduct, onProgress: (progress: DriftProgress) => void, signal: CancelSignal): Promise<MonitoringResult> {
    const { board, check, isTrusted } = this.parts;
    const results = await check(watched, onProgress, signal);
    signal.throwIfAborted();
    const result = results.at(-1);
    if (result === undefined) {
      throw new AppError("usage", `The check of ${watched.name} gave no result.`);
    }
    if (isTrusted()) {
      for (const one of results) {
        await board.storeOf(watched)?.keep(watched, one, signal);
      }
      await board.refreshOne(watched);
    } else {
      board.show(watched, result);
    }
    return result;
  }

  /** Because its time has come: not where another window is at it, or has just been. @returns null where nothing was to be done. */
  checkIfDue(
    watched: WatchedProduct,
    isDue: (last: MonitoringResult | null) => boolean,
    signal: CancelSignal,
  ): Promise<MonitoringResult | null> {
    return this.parts.alone(configPath(watched), async () => {
      const last = await this.parts.board.latestOf(watched, signal);
      return isDue(last) ? this.check(watched, () => undefined, signal) : null;
    });
  }
}
