import type { ProductEvent } from "../../../core/health/productHealth";

/** More would not be read in a digest. */
const MOST = 5;

/** What happened to one product, in one line: trainings counted, everything else told. */
export function sayEvents(events: readonly ProductEvent[]): string {
  const count = (kind: ProductEvent["kind"]): number => events.filter((event) => event.kind === kind).length;
  const [trained, failed] = [count("trained"), count("training_failed")];
  const trainings = trained + failed;
  const told = events.filter(({ kind }) => kind !== "trained" && kind !== "training_failed").map(({ text }) => text);
  return [
    ...(trainings === 0
      ? []
      : [`trained ${trainings === 1 ? "once" : `${trainings} times`}${failed === 0 ? "" : `, ${failed} of them failed`}`]),
    ...told.slice(0, MOST),
    ...(told.length > MOST ? [`${told.length - MOST} more events`] : []),
  ].join("; ");
}
