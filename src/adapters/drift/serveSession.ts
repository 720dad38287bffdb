import type { MessagePort, Worker } from "node:worker_threads";
import { AppError, fromErrorRecord, toErrorRecord } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { DriftAnalysis } from "../../core/drift/driftAnalysis";
import type { DriftProgress, DriftRequest } from "../../core/drift/driftService";
import type { TableReader } from "../../core/tabular/tableReader";
import { RpcPeer } from "../../protocol/rpc";
import type { SessionEvents, SessionMethods } from "./driftProtocol";
import { openSide } from "./openSide";
import { pacedSide } from "./pacedSide";
import { readingProgress } from "./readingProgress";
import { RemoteSide } from "./remoteSide";
import { transferChannel } from "./transferChannel";

/**
 * The thread of a session: it holds the current table and judges, while a second thread holds the reference, so that both are read and
 * sorted at the same time.
 */
export function serveSession(port: MessagePort, reader: TableReader, startSide: () => Worker): void {
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
        const tables = await openTables(reader, startSide, request, (progress) => peer.notify("progress", { call, progress }), signal);
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
      segments: ({ column, settings }, signal) => open().segments(column, settings, signal),
      ping: () => null,
    },
    { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
  );
}

async function openTables(
  reader: TableReader,
  startSide: () => Worker,
  request: DriftRequest,
  tell: (progress: DriftProgress) => void,
  signal: CancelSignal,
): Promise<ConstructorParameters<typeof DriftAnalysis>[0]> {
  const { labels, read, hash } = request;
  const progress = readingProgress(request, tell);
  const [reference, { side }] = await Promise.all([
    RemoteSide.open(startSide(), { source: request.reference, label: labels.reference, read, hash }, progress.reference, signal),
    openSide(reader, { source: request.current, label: labels.current, read, hash }, progress.current, signal),
  ]);
  return { reference, current: pacedSide(side) };
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
