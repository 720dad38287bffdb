import type { ConfigPath } from "../config/configPath";
import { isDate, sayDate } from "../config/dates";
import type { Product } from "../config/product";
import { dutyOn, type RegulationCalendar } from "../config/regulationCalendar";
import { highRiskDuty, isHighRisk } from "./highRisk";
import { nextReview } from "./nextReview";

/** A day on which somebody has to do something for a product. */
export interface ComingDay {
  readonly kind: "review" | "duty" | "suppression";
  /** YYYY-MM-DD. */
  readonly date: string;
  /** What happens, e.g. "review" or "high-risk duties". */
  readonly what: string;
  /** One sentence more. */
  readonly why: string;
  readonly at: ConfigPath;
}

/** The review, also an overdue one, then the duties and ends of suppressions that are still to come; by day. A retired model has none. */
export function comingDays(product: Product, calendar: RegulationCalendar, today: string): readonly ComingDay[] {
  if (product.stage === "retired") {
    return [];
  }
  const later = [...duties(product, calendar), ...suppressions(product)].filter(({ date }) => date > today);
  return [...review(product), ...later].sort((left, right) => (left.date < right.date ? -1 : left.date > right.date ? 1 : 0));
}

/** @param lead stands before a day that is still to come. */
export function sayComingDay({ kind, date, what }: ComingDay, today: string, lead = ""): string {
  const day = sayDate(date);
  switch (kind) {
    case "review":
      return date < today ? `${what} was due on ${day}` : `${lead}${what} ${day}`;
    case "duty":
      return `${what} from ${day}`;
    case "suppression":
      return `${lead}${what} ends on ${day}`;
  }
}

function review(product: Product): readonly ComingDay[] {
  const date = nextReview(product)?.date;
  return date === undefined
    ? []
    : [
        {
          kind: "review",
          date,
          what: "review",
          why: "Somebody looks at the model again.",
          at: ["review", product.review?.next === undefined ? "last" : "next"],
        },
      ];
}

function duties(product: Product, calendar: RegulationCalendar): readonly ComingDay[] {
  const days: ComingDay[] = [];
  const add = (id: string, what: string, at: ConfigPath): void => {
    const { date, article, what: why } = dutyOn(calendar, id);
    days.push({ kind: "duty", date, what, why: `${why} (${article})`, at });
  };
  if (isHighRisk(product)) {
    add(highRiskDuty(product), "high-risk duties", ["risk"]);
  }
  const placed = product.ai_act?.placed_on_market;
  const { date: marking } = dutyOn(calendar, "transparency");
  if (product.tags?.includes("generated_content") === true && placed !== undefined && placed < marking) {
    add("marking-older-systems", "marking of generated content", ["tags"]);
  }
  return days;
}

function suppressions({ lint }: Product): readonly ComingDay[] {
  return (lint?.ignore ?? []).flatMap((entry, index): readonly ComingDay[] => {
    const { rule, until, why } = entry ?? {};
    return rule === undefined || until === undefined || !isDate(until)
      ? []
      : [
          {
            kind: "suppression",
            date: until,
            what: `silence of ${rule.slice(0, 60)}`,
            why: why ?? "The rule then counts again.",
            at: ["lint", "ignore", index, "until"],
          },
        ];
  });
}
