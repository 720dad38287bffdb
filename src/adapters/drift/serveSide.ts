import type { MessagePort } from "node:worker_threads";
import { AppError, fromErrorRecord, toErrorRecord } from "../../core/base/appError";
import type { TableSide } from "../../core/drift/tableSide";
import type { Table, TableReader } from "../../core/tabular/tableReader";
import { RpcPeer } from "../../protocol/rpc";
import type { SideEvents, SideMethods } from "./driftProtocol";
import { openSide } from "./openSide";
import { transferChannel } from "./transferChannel";

/** Holds one table in a thread of its own, for the thread of a session. */
export function serveSide(port: MessagePort, reader: TableReader): void {
  let opened: TableSide | undefined;
  let table: Table | undefined;
  const side = (): TableSide => {
    if (opened === undefined) {
      throw new AppError("file/unreadable", "The table is not open.");
    }
    return opened;
  };
  const peer: RpcPeer<SideMethods, SideEvents> = new RpcPeer<SideMethods, SideEvents>(
    transferChannel(port),
    {
      open: async (request, signal) => {
        const onProgress = (done: number, total: number): void => peer.notify("progress", { done, total });
        table?.dispose();
        const { side: own, table: read } = await openSide(reader, request, onProgress, signal);
        [opened, table] = [own, read];
        return { summary: opened.summary, columns: opened.columns };
      },
      facts: ({ name, whole }, signal) => side().facts(name, whole, signal),
      timeFacts: ({ name }, signal) => side().timeFacts(name, signal),
      parts: ({ name, cut }, signal) => side().parts(name, cut, signal),
      partRows: ({ cut }, signal) => side().partRows(cut, signal),
      rows: ({ name, kind, limit }, signal) => side().rows(name, kind, limit, signal),
      correlations: ({ names }, signal) => side().correlations(names, signal),
    },
    { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
  );
}
