import { ownValue } from "../base/ownValue";
import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { chunkDrift } from "./chunkDrift";
import { computeDrift, type DriftTables } from "./computeDrift";
import { decide } from "./decide";
import type { DriftReport, DriftSettings, MethodResult } from "./driftReport";
import type { ChunkDrift, ChunkWish, DriftEvents, SegmentDrift, ToolResult, WindowDrift, WindowWish } from "./driftService";
import type { ColumnFacts } from "./driftSide";
import { otherMethods } from "./judgeColumn";
import { segmentDrift } from "./segmentDrift";
import { toolResults } from "./toolResults";
import { windowDrift } from "./windowDrift";

/** What can be asked about two open tables; `DriftSession` without its thread. */
export class DriftAnalysis {
  constructor(
    private readonly tables: DriftTables,
    private readonly now: () => number,
  ) {}

  report(settings: DriftSettings, events: DriftEvents, signal: CancelSignal): Promise<DriftReport> {
    return computeDrift(this.tables, settings, events, signal, this.now);
  }

  async methods(column: string, settings: DriftSettings, signal: CancelSignal): Promise<readonly MethodResult[]> {
    const [reference, current] = await this.both(column, settings, signal);
    const { samples, result } = decide(column, reference, current, settings);
    return samples === null ? [] : otherMethods(samples.reference, samples.current, result, { ...settings, allMethods: true });
  }

  async tools(column: string, settings: DriftSettings, signal: CancelSignal): Promise<readonly ToolResult[]> {
    const [reference, current] = await this.both(column, settings, signal);
    return toolResults(column, reference, current, settings);
  }

  windows(wish: WindowWish, settings: DriftSettings, events: DriftEvents, signal: CancelSignal): Promise<readonly WindowDrift[]> {
    return windowDrift(this.tables, wish, settings, events, signal);
  }

  chunks(wish: ChunkWish, settings: DriftSettings, events: DriftEvents, signal: CancelSignal): Promise<ChunkDrift> {
    return chunkDrift(this.tables, wish, settings, events, signal);
  }

  segments(column: string, settings: DriftSettings, signal: CancelSignal): Promise<readonly SegmentDrift[]> {
    return segmentDrift(this.tables, column, settings, signal);
  }

  private async both(column: string, { types }: DriftSettings, signal: CancelSignal): Promise<readonly [ColumnFacts, ColumnFacts]> {
    const { reference, current } = this.tables;
    for (const [side, where] of [
      [reference, "The reference has"],
      [current, "The current data have"],
    ] as const) {
      if (!side.columns.some(({ name }) => name === column)) {
        throw new AppError("usage", `${where} no column ${column}.`, { remedy: "Choose a column that both sides have." });
      }
    }
    const whole = ownValue(types, column) === "cat";
    return Promise.all([reference.facts(column, whole, signal), current.facts(column, whole, signal)]);
  }
}
