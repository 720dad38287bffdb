import type { Worker } from "node:worker_threads";
import { AppError, fromErrorRecord, toErrorRecord } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { ColumnFacts, DriftSide, RowCut, SideCorrelations } from "../../core/drift/driftSide";
import type { SideSummary } from "../../core/drift/driftReport";
import type { Column, ColumnKind } from "../../core/tabular/column";
import { RpcPeer } from "../../protocol/rpc";
import type { OpenColumns, SideEvents, SideMethods, SideRequest } from "./driftProtocol";
import { transferChannel } from "./transferChannel";

type Peer = RpcPeer<SideEvents, SideMethods>;

/** Columns that are got ready while one is judged; each is as large as the column. */
const AHEAD = 2;

/** A thread that serves a side, and how to talk to it. */
export interface SideThread {
  readonly peer: Peer;
}

/** @param worker is the caller's to end. @param onProgress bytes read of all bytes. */
export function connectSide(worker: Worker, onProgress: (done: number, total: number) => void): SideThread {
  const peer: Peer = new RpcPeer<SideEvents, SideMethods>(
    transferChannel(worker),
    { progress: ({ done, total }) => onProgress(done, total) },
    { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
  );
  const end = (reason: string): void => peer.close(threadEnded(reason));
  worker.on("error", (error) => end(error.message));
  worker.on("exit", (code) => end(`exit code ${code}`));
  return { peer };
}

/** A table in another thread. */
export class RemoteSide implements DriftSide {
  private coming: readonly string[] = [];
  private readonly ahead = new Map<string, Promise<ColumnFacts>>();

  private constructor(
    private readonly peer: Peer,
    readonly summary: SideSummary,
    readonly columns: OpenColumns,
  ) {}

  static async open(thread: SideThread, request: SideRequest, signal: CancelSignal): Promise<RemoteSide> {
    const { summary, columns } = await thread.peer.call("open", request, { signal });
    return new RemoteSide(thread.peer, summary, columns);
  }

  prepare(names: readonly string[]): void {
    this.coming = names;
    this.ahead.clear();
  }

  facts(name: string, whole: boolean, signal: CancelSignal): Promise<ColumnFacts> {
    const ready = whole ? undefined : this.ahead.get(name);
    this.ahead.delete(name);
    const facts = ready ?? this.peer.call("facts", { name, whole }, { signal });
    const place = this.coming.indexOf(name);
    if (place >= 0) {
      this.coming = this.coming.slice(place + 1);
    }
    for (const next of this.coming.slice(0, AHEAD)) {
      if (!this.ahead.has(next)) {
        const early = this.peer.call("facts", { name: next, whole: false }, { signal });
        // Whoever asks for it hears of a failure.
        early.catch(() => undefined);
        this.ahead.set(next, early);
      }
    }
    return facts;
  }

  timeFacts(name: string, signal: CancelSignal): Promise<ColumnFacts> {
    return this.peer.call("timeFacts", { name }, { signal });
  }

  parts(name: string, cut: RowCut, signal: CancelSignal): Promise<readonly ColumnFacts[]> {
    return this.peer.call("parts", { name, cut }, { signal });
  }

  partRows(cut: RowCut, signal: CancelSignal): Promise<readonly number[]> {
    return this.peer.call("partRows", { cut }, { signal });
  }

  rows(name: string, kind: ColumnKind | null, limit: number, signal: CancelSignal): Promise<Column> {
    return this.peer.call("rows", { name, kind, limit }, { signal });
  }

  correlations(names: readonly string[], signal: CancelSignal): Promise<SideCorrelations> {
    return this.peer.call("correlations", { names }, { signal });
  }
}

/** What people are told when a thread dies: most often it ran out of memory. */
export function threadEnded(reason: string): AppError {
  const isMemory = /memory|heap/i.test(reason);
  return new AppError(
    "file/unreadable",
    isMemory
      ? "Comparing the data needed more memory than there is."
      : `The thread that compares the data stopped: ${reason.replace(/\.$/, "")}.`,
    { remedy: isMemory ? "Compare fewer columns, or a sample of the rows." : "Try again; it starts anew." },
  );
}
