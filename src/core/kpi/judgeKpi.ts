import { meetsTarget, parseTarget, type Target } from "../config/target";
import { numberText } from "../drift/numberText";
import type { DriftStatus } from "../drift/driftReport";
import { FEW_ROWS, type KpiValue } from "./kpiValue";

export interface KpiTargets {
  /** As mlops.yaml has it, ">= 0.80"; null or absent where nobody set one. */
  readonly target?: string | null | undefined;
  /** A stricter bound from which people are warned. */
  readonly warn?: string | null | undefined;
  /** Fewest rows to be judged. */
  readonly minRows?: number;
}

export interface KpiJudgement {
  readonly status: DriftStatus;
  /** One plain sentence. */
  readonly sentence: string;
}

/**
 * Judges a figure by its targets: "fail" where the target is missed, "warn" where the stricter bound is. A figure that cannot be had, that rests on too few
 * rows, or that nobody set a target for is "unjudged", never "ok".
 * @param value A value that was measured here, or a number from elsewhere, whose rows nobody knows.
 */
export function judgeKpi(value: KpiValue | number | null, { target, warn, minRows = FEW_ROWS }: KpiTargets): KpiJudgement {
  const figure = typeof value === "number" ? value : (value?.value ?? null);
  if (figure === null || !Number.isFinite(figure)) {
    const reason = value !== null && typeof value === "object" && value.kind === "none" ? value.reason : "There is no value.";
    return { status: "unjudged", sentence: reason };
  }
  const rows = typeof value === "number" ? null : (value?.rows ?? null);
  if (rows !== null && rows < minRows) {
    return { status: "unjudged", sentence: `Too few rows to judge ${numberText(figure)}: ${rows}, at least ${minRows} are needed.` };
  }
  const bounds = { target: target == null ? null : parseTarget(target), warn: warn == null ? null : parseTarget(warn) };
  for (const [name, bound] of Object.entries(bounds)) {
    if (bound === undefined) {
      return {
        status: "unjudged",
        sentence: `The ${name} "${String(name === "target" ? target : warn)}" has no comparison with a number, such as ">= 0.8".`,
      };
    }
  }
  return judge(figure, bounds.target ?? null, bounds.warn ?? null);
}

function judge(figure: number, target: Target | null, warn: Target | null): KpiJudgement {
  if (target === null && warn === null) {
    return { status: "unjudged", sentence: `${numberText(figure)}; no target is set.` };
  }
  if (target !== null && !meetsTarget(target, figure)) {
    return { status: "fail", sentence: `${beside(figure, target.value)} misses the target ${written(target)}.` };
  }
  const holds = target === null ? "" : ` holds the target ${written(target)}`;
  if (warn !== null && !meetsTarget(warn, figure)) {
    return {
      status: "warn",
      sentence: `${beside(figure, warn.value)}${holds === "" ? "" : `${holds} but`} misses the bound for warnings ${written(warn)}.`,
    };
  }
  return {
    status: "ok",
    sentence:
      target === null
        ? `${beside(figure, warn?.value ?? 0)} holds the bound for warnings ${written(warn ?? { operator: "==", value: 0 })}.`
        : `${beside(figure, target.value)}${holds}.`,
  };
}

/** Which way a target says is better; null for "equal to". */
export function betterOf(target: string | null | undefined): "up" | "down" | null {
  const operator = target == null ? undefined : parseTarget(target)?.operator;
  return operator === undefined || operator === "==" ? null : operator.startsWith(">") ? "up" : "down";
}

function written({ operator, value }: Target): string {
  return `${operator} ${numberText(value)}`;
}

/** A number with so many digits that it does not look like the bound that it is compared with. */
function beside(value: number, bound: number): string {
  for (let digits = 3; digits < 17; digits++) {
    const text = numberText(value, digits);
    if (value === bound || text !== numberText(bound, digits)) {
      return text;
    }
  }
  return String(value);
}
