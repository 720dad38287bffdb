import { toUserText } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import { followProcessors, type ProcessorState } from "../../core/compute/followProcessors";
import { type NodeState, nodeStates } from "../../core/compute/nodeStates";
import type { ComputeSource } from "../../core/compute/processor";
import { EMPTY_POLICY, type Policy } from "../../core/config/policy";
import { instancePrice } from "../../core/cost/price";
import type { ComputeServices } from "./computeServices";

/** What is known of one source after its newest reading. */
export interface SourceState {
  readonly source: ComputeSource;
  readonly nodes: readonly NodeState[];
  /** Why nothing could be read; null where something was. */
  readonly problem: string | null;
  /** There is no program to ask on this machine. */
  readonly isAbsent: boolean;
}

/** While somebody looks, and while nobody does, in milliseconds. */
const LOOKED_AT_MS = 15_000;
const ALONE_MS = 60_000;
/** Nobody knows what was in a longer gap between two readings, as while the machine slept. */
const MAX_GAP_MS = 3 * ALONE_MS;

/** Reads all sources again and again once somebody has looked, so that "idle since" can be told. */
export class ComputeBoard implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  readonly onDidChange = this.changed.event;
  private readonly work = new AbortController();
  private states: readonly SourceState[] = [];
  private processors = new Map<string, readonly ProcessorState[]>();
  private known: Policy = EMPTY_POLICY;
  private reading: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly services: ComputeServices,
    private readonly sources: () => readonly ComputeSource[],
    private readonly isLookedAt: () => boolean,
    private readonly logError: (error: unknown) => void,
  ) {
    this.disposables.add({
      dispose: () => {
        clearTimeout(this.timer);
        this.work.abort();
      },
    });
  }

  get all(): readonly SourceState[] {
    return this.states;
  }

  get policy(): Policy {
    return this.known;
  }

  /** The newest states; the first call reads, and has the board read on from then. */
  async ready(): Promise<readonly SourceState[]> {
    if (this.timer === undefined) {
      await this.refresh();
    }
    return this.states;
  }

  /** Reads now; who asks while it reads waits for the same reading. */
  refresh(): Promise<void> {
    this.reading ??= this.readAll().finally(() => {
      this.reading = undefined;
      this.readAgain();
    });
    return this.reading;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private readAgain(): void {
    clearTimeout(this.timer);
    if (!this.work.signal.aborted) {
      this.timer = setTimeout(() => void this.refresh(), this.isLookedAt() ? LOOKED_AT_MS : ALONE_MS);
    }
  }

  private async readAll(): Promise<void> {
    const { signal } = this.work;
    try {
      this.known = await this.services.policy(signal);
      const sources = this.sources();
      const states = await Promise.all(sources.map((source) => this.readOne(source, signal)));
      const keys = new Set(sources.map(keyOf));
      [...this.processors.keys()].filter((key) => !keys.has(key)).forEach((key) => this.processors.delete(key));
      this.states = states;
      this.changed.fire();
    } catch (error) {
      if (!isCancelled(error)) {
        this.logError(error);
      }
    }
  }

  private async readOne(source: ComputeSource, signal: AbortSignal): Promise<SourceState> {
    try {
      const samples = await this.services.read(source, signal);
      const now = this.services.now();
      const limits = { gpuBelow: this.known.idle.gpuBelow, maxGapMs: MAX_GAP_MS };
      const states = followProcessors(this.processors.get(keyOf(source)) ?? [], samples ?? [], now, limits);
      this.processors.set(keyOf(source), states);
      const nodes = nodeStates(states, instancePrice(this.known, source.instance), now);
      return { source, nodes, problem: null, isAbsent: samples === null };
    } catch (error) {
      signal.throwIfAborted();
      // What was seen before stays in memory for a while: a source that is back soon goes on where it was.
      return { source, nodes: [], problem: toUserText(error), isAbsent: false };
    }
  }
}

/** Tells two sources apart. */
export function keyOf({ type, address }: ComputeSource): string {
  return `${type} ${address ?? ""}`;
}
