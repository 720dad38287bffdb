import type { CancelSignal } from "../../base/cancel";
import { forEachAtOnce } from "../../base/forEachAtOnce";
import type { OnHashed } from "../hashProgress";
import type { GateResult, GateWish } from "./gate";
import { gateEntryOf } from "./gateEntry";
import type { GateWorld } from "./gateWorld";
import { gatherGateFacts } from "./gatherGateFacts";
import { judgeGate } from "./judgeGate";

/** The gate of one workspace. Editor, command line and CI come through here, so that they say the same. */
export interface Gate {
  /** Looks everything up anew and judges; changes nothing. @param onHashed told how far the version's files were read. @throws only when cancelled. */
  judge(wish: GateWish, signal: CancelSignal, onHashed?: OnHashed): Promise<GateResult>;
  /** Judges many at the state of one moment, in their order. */
  judgeAll(wishes: readonly GateWish[], signal: CancelSignal): Promise<readonly GateResult[]>;
  /**
   * Keeps a decision in `.mlops/gate-log.jsonl` beside the product's file; to be called once for each decision that somebody acts on or is shown as final.
   * @throws AppError where the log does not verify or cannot be written.
   */
  record(result: GateResult, by: GateAsker, signal: CancelSignal): Promise<void>;
}

/** Who was told a decision, and when. */
export interface GateAsker {
  /** As git or the system calls them; null where neither does. */
  readonly who: string | null;
  /** Milliseconds since 1970, whatever day was judged by. */
  readonly at: number;
}

/** So many are looked up at a time. */
const AT_ONCE = 16;

export function openGate(world: GateWorld): Gate {
  const one = async (wish: GateWish, signal: CancelSignal, onHashed?: OnHashed): Promise<GateResult> =>
    judgeGate(await gatherGateFacts(wish, world, signal, onHashed), world.sha256);
  return {
    judge: (wish, signal, onHashed) => {
      world.forget();
      return one(wish, signal, onHashed);
    },
    judgeAll: async (wishes, signal) => {
      world.forget();
      const results = new Map<GateWish, GateResult>();
      await forEachAtOnce(wishes, AT_ONCE, async (wish) => {
        signal.throwIfAborted();
        results.set(wish, await one(wish, signal));
      });
      return wishes.flatMap((wish) => results.get(wish) ?? []);
    },
    record: (result, { who, at }, signal) => world.logs.append(result.config, gateEntryOf(result, who, at), signal),
  };
}
