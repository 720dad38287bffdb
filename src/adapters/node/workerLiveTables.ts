import type { Worker } from "node:worker_threads";

import { AppError, fromErrorRecord, toErrorRecord } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import { checkTable } from "../../core/dataCheck/checkTable";
import type { CheckProgress, TableChecks, TableOutcome, TableWish } from "../../core/dataCheck/tableWish";
import { type KpisOverTime, kpisOverTime, type KpisOverTimeWish } from "../../core/monitoring/kpisOverTime";
import type { LiveTables, SurveyWish, TableSurvey } from "../../core/monitoring/liveTables";
import type { EstimatedFigure, EstimateWish, Figure, FigureWish } from "../../core/monitoring/scoredFigures";
import type { TableReader, TableSource } from "../../core/tabular/tableReader";
import { RpcPeer, type RpcHandlers } from "../../protocol/rpc";
import { workerChannel } from "./workerChannel";

/** The methods that the thread answers; the same as those of `LiveTables`, with one parameter object. */
export interface LiveTablesMethods {
  survey(params: { readonly source: TableSource; readonly wish: SurveyWish }): TableSurvey;
  figures(params: { readonly wish: FigureWish }): readonly Figure[];
  estimates(params: { readonly wish: EstimateWish }): readonly EstimatedFigure[];
  kpisOverTime(params: { readonly wish: KpisOverTimeWish }): KpisOverTime;
  checkTable(params: { readonly wish: TableWish }): TableOutcome;
}

/** What the thread tells on the way. */
export interface LiveTablesEvents {
  /** Bytes read of all that must be read. */
  progress(params: { readonly done: number; readonly total: number }): void;
}

/** Looks into tables in a thread, which lasts for one look: a check comes once a day, and what a thread holds is given back. */
export class WorkerLiveTables implements LiveTables, TableChecks, Disposable {
  private readonly live = new Set<() => void>();

  constructor(private readonly startThread: () => Worker) {}

  survey(source: TableSource, wish: SurveyWish, signal: CancelSignal): Promise<TableSurvey> {
    return this.inThread(signal, (peer) => peer.call("survey", { source, wish }, { signal }));
  }

  figures(wish: FigureWish, signal: CancelSignal): Promise<readonly Figure[]> {
    return this.inThread(signal, (peer) => peer.call("figures", { wish }, { signal }));
  }

  estimates(wish: EstimateWish, signal: CancelSignal): Promise<readonly EstimatedFigure[]> {
    return this.inThread(signal, (peer) => peer.call("estimates", { wish }, { signal }));
  }

  kpisOverTime(wish: KpisOverTimeWish, signal: CancelSignal): Promise<KpisOverTime> {
    return this.inThread(signal, (peer) => peer.call("kpisOverTime", { wish }, { signal }));
  }

  checkTable(wish: TableWish, onProgress: CheckProgress, signal: CancelSignal): Promise<TableOutcome> {
    return this.inThread(signal, (peer) => peer.call("checkTable", { wish }, { signal }), onProgress);
  }

  dispose(): void {
    [...this.live].forEach((end) => end());
  }

  private async inThread<T>(
    signal: CancelSignal,
    work: (peer: RpcPeer<LiveTablesEvents, LiveTablesMethods>) => Promise<T>,
    onProgress?: CheckProgress,
  ): Promise<T> {
    signal.throwIfAborted();
    const worker = this.startThread();
    const peer = new RpcPeer<LiveTablesEvents, LiveTablesMethods>(
      workerChannel(worker),
      { progress: ({ done, total }) => onProgress?.(done, total) },
      { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
    );
    const end = (reason = "it was closed"): void => {
      this.live.delete(end);
      peer.close(new AppError("file/unreadable", `The data could not be read: ${reason}.`));
      void worker.terminate();
    };
    this.live.add(end);
    worker.on("error", (error) => end(error.message));
    worker.on("exit", (code) => end(`its thread ended with code ${String(code)}`));
    try {
      return await work(peer);
    } finally {
      end();
    }
  }
}

/** The thread's end. @param onProgress tells the other end. */
export function serveLiveTables(tables: LiveTables, reader: TableReader, onProgress: CheckProgress): RpcHandlers<LiveTablesMethods> {
  return {
    survey: ({ source, wish }, signal) => tables.survey(source, wish, signal),
    figures: ({ wish }, signal) => tables.figures(wish, signal),
    estimates: ({ wish }, signal) => tables.estimates(wish, signal),
    kpisOverTime: ({ wish }, signal) => kpisOverTime(reader, wish, signal),
    checkTable: ({ wish }, signal) => checkTable(reader, wish, onProgress, signal),
  };
}
