import { daysBetween } from "../config/dates";
import type { SignOffRegister } from "./signOffStanding";

/** Something that people are told of once. */
export interface SignOffReminder {
  /** The same as long as it is the same reminder. */
  readonly key: string;
  readonly product: string;
  readonly sentence: string;
}

/** Days before its end on which people are told of a sign-off, the nearest first. */
const DAYS = [7, 30] as const;

/** Reminders of sign-offs that hold and end within 30 days, and again within 7. An exception lasts three days at most, so that nobody is reminded of one. */
export function dueReminders(registers: readonly SignOffRegister[], today: string): readonly SignOffReminder[] {
  return registers.flatMap(({ product, all }) =>
    all.flatMap(({ file, state, subject, expires, reason }): readonly SignOffReminder[] => {
      const left =
        state === "expiring" && subject !== "exception" && expires !== null ? daysBetween(today, expires) : Number.POSITIVE_INFINITY;
      const before = DAYS.find((days) => left <= days);
      return before === undefined
        ? []
        : [{ key: `${product}\n${file}\n${expires ?? ""}\n${before}`, product, sentence: `${product}: ${reason}` }];
    }),
  );
}
