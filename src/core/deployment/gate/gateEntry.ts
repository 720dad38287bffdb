import type { GateResult } from "./gate";

/** One line of `.mlops/gate-log.jsonl`, hash-chained: what the gate said, and to whom. Never edited; it belongs in git. */
export interface GateEntry {
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly product: string;
  readonly config: string;
  readonly config_sha256: string;
  readonly target: string;
  readonly model: string | null;
  readonly version: string | null;
  readonly digest: string | null;
  readonly commit: string | null;
  /** YYYY-MM-DD by which it was judged. */
  readonly today: string;
  readonly decision: string;
  readonly mode: string;
  readonly is_rollback: boolean;
  readonly exception: GateResult["exception"];
  /** Ids of the checks that stop it, in their order. */
  readonly stopped_by: readonly string[];
  /** Of those that warn. */
  readonly warned_by: readonly string[];
  /** Hash of the whole answer. */
  readonly result: string;
  /** As git or the system calls them; null where neither does. */
  readonly who: string | null;
}

/** @param at milliseconds since 1970. */
export function gateEntryOf(result: GateResult, who: string | null, at: number): GateEntry {
  const {
    product,
    config,
    config_sha256,
    target,
    model,
    version,
    digest,
    commit,
    today,
    decision,
    mode,
    is_rollback,
    exception,
    checks,
    hash,
  } = result;
  const idsOf = (...results: readonly string[]): readonly string[] =>
    checks.filter((one) => results.includes(one.result)).map(({ id }) => id);
  return {
    at: new Date(at).toISOString(),
    ...{ product, config, config_sha256, target, model, version, digest, commit, today, decision, mode, is_rollback, exception },
    stopped_by: idsOf("block", "could_not_judge"),
    warned_by: idsOf("warn"),
    result: hash,
    who,
  };
}
