import type { Product } from "../config/product";
import type { ConfigChange, ConfigValue } from "../lint/fix";
import { TODO } from "../lint/setFix";
import { isExcepted } from "./riskClass";
import { riskDraftOf } from "./riskDraft";
import { listOf, type RiskDraft } from "./riskQuestion";

/**
 * What a person's answers change in the file. An open answer changes nothing: what stood there stays, and what lacked lacks, so that lint goes on
 * asking.
 * @param today day of the answers, YYYY-MM-DD.
 */
export function riskChanges(draft: RiskDraft, product: Product, today: string): readonly ConfigChange[] {
  const act: Record<string, ConfigValue> = {
    ...words(draft, "role", "role"),
    ...prohibited(draft, product, today),
    ...(listOf(draft, "areas") === null ? {} : { annex_iii: listOf(draft, "areas") ?? [] }),
    ...annexI(draft, product),
    ...profiling(draft, product),
    ...exception(draft, product),
  };
  const isNew = product.ai_act === undefined;
  const set = (path: readonly string[], value: ConfigValue): ConfigChange => ({ kind: "set", path, value });
  const tags = (listOf(draft, "told") ?? []).filter((tag) => product.tags?.includes(tag) !== true);
  return [
    ...(typeof draft.purpose === "string" && draft.purpose !== product.purpose ? [set(["purpose"], draft.purpose)] : []),
    ...(typeof draft.risk === "string" && draft.risk !== product.risk ? [set(["risk"], draft.risk)] : []),
    ...(Object.keys(act).length === 0
      ? []
      : isNew
        ? [set(["ai_act"], act)]
        : Object.entries(act).map(([key, value]) => set(["ai_act", key], value))),
    ...tags.map((tag): ConfigChange => ({ kind: "append", path: ["tags"], value: tag })),
  ];
}

function words(draft: RiskDraft, id: "role", key: string): Readonly<Record<string, ConfigValue>> {
  const answer = draft[id];
  return typeof answer === "string" ? { [key]: answer } : {};
}

/** The answer is dated and bears the name of whoever was said to answer for it; nobody is taken for that by himself. */
function prohibited(draft: RiskDraft, { ai_act: act }: Product, today: string): Readonly<Record<string, ConfigValue>> {
  const banned = listOf(draft, "banned");
  if (banned === null) {
    return {};
  }
  const before = act?.prohibited_check;
  const text = (answer: RiskDraft["banned"]): string => (typeof answer === "string" ? answer : TODO);
  const isSame =
    before?.answer === (banned.length > 0 ? "yes" : "no") &&
    banned.every((use) => before.answers?.[use] === "yes") &&
    (before.reason ?? TODO) === text(draft.bannedWhy) &&
    (before.by ?? TODO) === text(draft.bannedBy);
  if (isSame) {
    return {};
  }
  return {
    prohibited_check:
      banned.length > 0
        ? { answer: "yes", answers: Object.fromEntries(banned.map((use) => [use, "yes"])), by: text(draft.bannedBy), date: today }
        : { answer: "no", reason: text(draft.bannedWhy), by: text(draft.bannedBy), date: today },
  };
}

/** `yes` and `true` mean the same, so that what says so already is left as it was written. */
function profiling({ profiling: answer }: RiskDraft, { ai_act: act }: Product): Readonly<Record<string, ConfigValue>> {
  return (answer === "yes" || answer === "no") && act?.profiling !== (answer === "yes") ? { profiling: answer === "yes" } : {};
}

function annexI(draft: RiskDraft, product: Product): Readonly<Record<string, ConfigValue>> {
  const before = riskDraftOf(product);
  if (draft.product === "no") {
    return before.product === "no" ? {} : { annex_i: "none" };
  }
  const isSame = (["product", "law", "safety", "assessed"] as const).every((id) => (draft[id] ?? undefined) === before[id]);
  if (draft.product !== "yes" || isSame) {
    return {};
  }
  const half = (key: string, answer: RiskDraft["safety"]): Readonly<Record<string, ConfigValue>> =>
    answer === "yes" || answer === "no" ? { [key]: answer === "yes" } : {};
  return {
    annex_i: {
      law: typeof draft.law === "string" ? draft.law : TODO,
      ...half("safety_component", draft.safety),
      ...half("third_party_assessment", draft.assessed),
    },
  };
}

/** Assessment and registration are documents that only people can make. */
function exception(draft: RiskDraft, { ai_act: act }: Product): Readonly<Record<string, ConfigValue>> {
  const before = act?.exception;
  if (isExcepted(draft) && typeof draft.exception === "string") {
    return before?.ground === draft.exception
      ? {}
      : { exception: { ground: draft.exception, assessment: before?.assessment ?? TODO, registration: before?.registration ?? TODO } };
  }
  const isClaimed = before?.ground !== undefined && before.ground !== "none";
  return draft.exception === "none" || (isClaimed && draft.profiling === "yes") ? { exception: "none" } : {};
}
