import type { MessagePort, Worker } from "node:worker_threads";
import { AppError, fromErrorRecord, toErrorRecord } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { DriftTables } from "../../core/drift/computeDrift";
import type { ColumnDrift, DriftSettings } from "../../core/drift/driftReport";
import { judgeColumn } from "../../core/drift/judgeColumn";
import { DriftAnalysis } from "../../core/drift/driftAnalysis";
import type { DriftProgress, DriftRequest } from "../../core/drift/driftService";
import type { TableReader } from "../../core/tabular/tableReader";
import { RpcPeer } from "../../protocol/rpc";
import type { SessionEvents, SessionMethods } from "./driftProtocol";
import { openSide } from "./openSide";
import { pacedSide } from "./pacedSide";
import { readingProgress } from "./readingProgress";
import { connectSide, RemoteSide } from "./remoteSide";
import { earlyColumn, type ReadNames } from "./earlyColumn";
import { transferChannel } from "./transferChannel";

export interface SessionReaders {
  readonly reader: TableReader;
  readonly readNames: ReadNames;
}

/**
 * The thread of a session: it holds the current table and judges, while a second thread holds the reference, so that both are read and
 * sorted at the same time.
 */
export function serveSession(port: MessagePort, readers: SessionReaders, startSide: () => Worker): void {
  let analysis: DriftAnalysis | undefined;
  const open = (): DriftAnalysis => {
    if (analysis === undefined) {
      throw new AppError("file/unreadable", "The tables are not open.");
    }
    return analysis;
  };
  const peer: RpcPeer<SessionMethods, SessionEvents> = new RpcPeer<SessionMethods, SessionEvents>(
    transferChannel(port),
    {
      open: async ({ request, call }, signal) => {
        const tables = await openTables(
          readers,
          startSide,
          request,
          {
            progress: (progress) => peer.notify("progress", { call, progress }),
            column: (column) => peer.notify("column", { call, column }),
          },
          signal,
        );
        analysis = new DriftAnalysis(tables, () => performance.now());
        return { reference: tables.reference.summary, current: tables.current.summary, columns: tables.current.columns };
      },
      report: async ({ settings, call }, signal) => {
        const throttle = throttled((progress) => peer.notify("progress", { call, progress }));
        const events = {
          onProgress: throttle,
          onColumn: (column: Parameters<SessionEvents["column"]>[0]["column"]) => peer.notify("column", { call, column }),
        };
        const { columns, ...rest } = await open().report(settings, events, signal);
        return rest;
      },
      methods: ({ column, settings }, signal) => open().methods(column, settings, signal),
      tools: ({ column, settings }, signal) => open().tools(column, settings, signal),
      windows: async ({ wish, settings, call }, signal) => {
        const throttle = throttled((progress) => peer.notify("progress", { call, progress }));
        for (const window of await open().windows(wish, settings, { onProgress: throttle }, signal)) {
          peer.notify("window", { call, window });
        }
        return null;
      },
      chunks: ({ wish, settings, call }, signal) => {
        const onProgress = throttled((progress) => peer.notify("progress", { call, progress }));
        return open().chunks(wish, settings, { onProgress }, signal);
      },
      segments: ({ column, settings }, signal) => open().segments(column, settings, signal),
      ping: () => null,
    },
    { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
  );
}

async function openTables(
  { reader, readNames }: SessionReaders,
  startSide: () => Worker,
  request: DriftRequest,
  tell: { readonly progress: (progress: DriftProgress) => void; readonly column: (column: ColumnDrift) => void },
  signal: CancelSignal,
): Promise<DriftTables> {
  const { labels, read, hash } = request;
  const progress = readingProgress(request, tell.progress);
  const thread = connectSide(startSide(), progress.reference);
  const open = async (columns: readonly string[] | null): Promise<DriftTables & Disposable> => {
    const wish = { read, columns, hash: hash && columns === null };
    const [reference, { side, table }] = await Promise.all([
      RemoteSide.open(thread, { source: request.reference, label: labels.reference, ...wish }, signal),
      openSide(reader, { source: request.current, label: labels.current, ...wish }, progress.current, signal),
    ]);
    return { reference, current: pacedSide(side), dispose: () => table.dispose() };
  };
  const early = await earlyColumn(request, readNames, signal);
  if (early !== null) {
    const column = await judgeEarly(early, open, signal);
    if (column !== null) {
      tell.column(column);
    }
  }
  return open(null);
}

/** Null for times, which are no input, and where the column cannot be had on its own: opening the tables tells why. */
async function judgeEarly(
  { name, settings }: { readonly name: string; readonly settings: DriftSettings },
  open: (columns: readonly string[]) => Promise<DriftTables & Disposable>,
  signal: CancelSignal,
): Promise<ColumnDrift | null> {
  try {
    const tables = await open([name]);
    const [before, after] = await Promise.all([tables.reference.facts(name, false, signal), tables.current.facts(name, false, signal)]);
    tables.dispose();
    return before.kind === "time" || after.kind === "time" ? null : judgeColumn(name, before, after, settings);
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/** At most ten a second, and the last. */
function throttled(tell: (progress: DriftProgress) => void): (progress: DriftProgress) => void {
  let toldAt = -Infinity;
  return (progress) => {
    const now = performance.now();
    if (now - toldAt >= 100 || progress.done >= progress.total) {
      toldAt = now;
      tell(progress);
    }
  };
}
