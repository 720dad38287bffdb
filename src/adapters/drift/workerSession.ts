import type { Worker } from "node:worker_threads";
import { AppError, fromErrorRecord, toErrorRecord } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { ColumnDrift, DriftReport, DriftSettings, MethodResult } from "../../core/drift/driftReport";
import type {
  ChunkDrift,
  ChunkWish,
  DriftEvents,
  DriftProgress,
  DriftRequest,
  DriftSession,
  SegmentDrift,
  ToolResult,
  WindowDrift,
  WindowWish,
} from "../../core/drift/driftService";
import { RpcPeer } from "../../protocol/rpc";
import type { SessionEvents, SessionMethods } from "./driftProtocol";
import { threadEnded } from "./remoteSide";
import { transferChannel } from "./transferChannel";

type Peer = RpcPeer<SessionEvents, SessionMethods>;
type Opened = ReturnType<SessionMethods["open"]>;

interface Connection {
  readonly worker: Worker;
  readonly peer: Peer;
}

/** Where what the thread sends one by one belongs. */
interface Call {
  readonly onProgress?: ((progress: DriftProgress) => void) | undefined;
  readonly onColumn?: ((column: ColumnDrift) => void) | undefined;
  readonly onWindow?: ((window: WindowDrift) => void) | undefined;
}

/** A thread that does not stop by itself so long after a cancel is ended. */
const PATIENCE_MS = 250;

/** Two tables in threads of their own. After a failure, or a cancel that needed force, the next call opens them again. */
export class WorkerSession implements DriftSession {
  private live: Connection | undefined;
  /** A thread that is still opening its tables. */
  private starting: Connection | undefined;
  private opened: Opened | undefined;
  private connecting: Promise<Connection> | undefined;
  private readonly calls = new Map<number, Call>();
  private nextCall = 1;
  private disposed = false;

  constructor(
    private readonly request: DriftRequest,
    private readonly startThread: () => Worker,
    private readonly onDispose: () => void,
  ) {}

  get reference(): DriftSession["reference"] {
    return this.known().reference;
  }

  get current(): DriftSession["current"] {
    return this.known().current;
  }

  get columns(): DriftSession["columns"] {
    return this.known().columns;
  }

  async connect(events: DriftEvents, signal: CancelSignal): Promise<void> {
    await this.connection(events, signal);
  }

  async report(settings: DriftSettings, events: DriftEvents, signal: CancelSignal): Promise<DriftReport> {
    const columns: ColumnDrift[] = [];
    const onColumn = (column: ColumnDrift): void => {
      columns.push(column);
      events.onColumn?.(column);
    };
    const call = { onProgress: events.onProgress, onColumn };
    const rest = await this.run(call, signal, (peer, id) => peer.call("report", { settings, call: id }, { signal }));
    return { ...rest, columns };
  }

  methods(column: string, settings: DriftSettings, signal: CancelSignal): Promise<readonly MethodResult[]> {
    return this.run({}, signal, (peer) => peer.call("methods", { column, settings }, { signal }));
  }

  tools(column: string, settings: DriftSettings, signal: CancelSignal): Promise<readonly ToolResult[]> {
    return this.run({}, signal, (peer) => peer.call("tools", { column, settings }, { signal }));
  }

  async windows(wish: WindowWish, settings: DriftSettings, events: DriftEvents, signal: CancelSignal): Promise<readonly WindowDrift[]> {
    const windows: WindowDrift[] = [];
    const call = { onProgress: events.onProgress, onWindow: (window: WindowDrift) => windows.push(window) };
    await this.run(call, signal, (peer, id) => peer.call("windows", { wish, settings, call: id }, { signal }));
    return windows;
  }

  chunks(wish: ChunkWish, settings: DriftSettings, events: DriftEvents, signal: CancelSignal): Promise<ChunkDrift> {
    return this.run({ onProgress: events.onProgress }, signal, (peer, call) => peer.call("chunks", { wish, settings, call }, { signal }));
  }

  segments(column: string, settings: DriftSettings, signal: CancelSignal): Promise<readonly SegmentDrift[]> {
    return this.run({}, signal, (peer) => peer.call("segments", { column, settings }, { signal }));
  }

  dispose(): void {
    if (!this.disposed) {
      this.disposed = true;
      this.end(new AppError("file/unreadable", "The comparison was closed."));
      this.onDispose();
    }
  }

  private known(): Opened {
    if (this.opened === undefined) {
      throw new Error("The tables were never open.");
    }
    return this.opened;
  }

  /** Makes a call, and sees to it that its work ends when it is cancelled. */
  private async run<T>(call: Call, signal: CancelSignal, make: (peer: Peer, id: number) => Promise<T>): Promise<T> {
    const { peer } = await this.connection({ onProgress: call.onProgress }, signal);
    const id = this.nextCall++;
    this.calls.set(id, call);
    try {
      return await make(peer, id);
    } finally {
      this.calls.delete(id);
      if (signal.aborted) {
        void this.endUnlessIdle();
      }
    }
  }

  private connection(events: DriftEvents, signal: CancelSignal): Promise<Connection> {
    if (this.live !== undefined) {
      return Promise.resolve(this.live);
    }
    if (this.disposed) {
      return Promise.reject(new AppError("file/unreadable", "The comparison was closed."));
    }
    this.connecting ??= this.open(events, signal).finally(() => (this.connecting = undefined));
    return this.connecting;
  }

  private async open(events: DriftEvents, signal: CancelSignal): Promise<Connection> {
    signal.throwIfAborted();
    const worker = this.startThread();
    const peer: Peer = new RpcPeer<SessionEvents, SessionMethods>(
      transferChannel(worker),
      {
        progress: ({ call, progress }) => this.calls.get(call)?.onProgress?.(progress),
        column: ({ call, column }) => this.calls.get(call)?.onColumn?.(column),
        window: ({ call, window }) => this.calls.get(call)?.onWindow?.(window),
      },
      { toError: toErrorRecord, fromError: fromErrorRecord, timeoutMs: 0 },
    );
    const connection = { worker, peer };
    const ended = (reason: string): void => {
      peer.close(threadEnded(reason));
      if (this.live === connection) {
        this.live = undefined;
      }
    };
    worker.on("error", (error) => ended(error.message));
    worker.on("exit", (code) => ended(`exit code ${code}`));
    const id = this.nextCall++;
    this.calls.set(id, events);
    this.starting = connection;
    try {
      this.opened = await peer.call("open", { request: this.request, call: id }, { signal });
      this.starting = undefined;
      this.live = connection;
      return connection;
    } catch (error) {
      this.end(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      this.calls.delete(id);
    }
  }

  /** A long sort cannot be talked to. Who else waits for the same thread is not cut off. */
  private async endUnlessIdle(): Promise<void> {
    const { live } = this;
    if (live === undefined || this.calls.size > 0) {
      return;
    }
    let timer: NodeJS.Timeout | undefined;
    const isBusy = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => resolve(true), PATIENCE_MS);
    });
    const isIdle = live.peer.call("ping", {}).then(
      () => false,
      () => false,
    );
    const mustEnd = await Promise.race([isBusy, isIdle]);
    clearTimeout(timer);
    if (mustEnd && this.live === live && this.calls.size === 0) {
      this.end(new AppError("file/unreadable", "The comparison was stopped."));
    }
  }

  private end(reason: Error): void {
    for (const connection of [this.live, this.starting]) {
      connection?.peer.close(reason);
      void connection?.worker.terminate();
    }
    this.live = undefined;
    this.starting = undefined;
  }
}
