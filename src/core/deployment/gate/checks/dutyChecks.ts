import { addDays, addDuration, isDate, sayDate } from "../../../config/dates";
import { isPlaceholder } from "../../../config/placeholder";
import type { Product } from "../../../config/product";
import { comingDays } from "../../../lint/comingDays";
import { isHighRisk } from "../../../lint/highRisk";
import { indexed } from "../../../lint/indexed";
import { sameAddress } from "../../../lint/person";
import type { DocumentFact, GateFacts, GateFile } from "../gateFacts";
import { draft, type GateDraft, inFile, notJudged } from "./gateDraft";

const LAW_DAYS = 180;
const SUPPRESSION_DAYS = 30;
const YEAR = { months: 12, days: 0, seconds: 0 };

/** What ends or begins soon. */
export function comingDayChecks({ calendar, today, wish }: GateFacts, file: GateFile): readonly GateDraft[] {
  return comingDays(file.config.value, calendar, today).flatMap(({ kind, date, what, why, at }): readonly GateDraft[] => {
    const evidence = [inFile(file, wish.config, at)];
    if (kind === "duty" && date <= addDays(today, LAW_DAYS)) {
      const message = `From ${sayDate(date)} the law asks for more: ${what}. ${why}`;
      return [draft({ id: `law:${date}`, result: "warn", message, evidence, remedy: "Look at what the rules of lint still ask for." })];
    }
    if (kind === "suppression" && date <= addDays(today, SUPPRESSION_DAYS)) {
      const id = `suppression:${what.replace(/^silence of /, "")}:${date}`;
      const message = `The ${what} ends on ${sayDate(date)}; the rule then counts again.`;
      return [draft({ id, result: "warn", message, evidence, remedy: "Mend what it finds before that day." })];
    }
    return [];
  });
}

/** What a high-risk model needs on top, whatever lint was told to leave alone. */
export function highRiskChecks(facts: GateFacts, file: GateFile): readonly GateDraft[] {
  return isHighRisk(file.config.value) ? [rollbackTested(facts, file), overseersTrained(facts, file)] : [];
}

function rollbackTested({ today, wish }: GateFacts, file: GateFile): GateDraft {
  const tested = file.config.value.deploy?.rollback?.tested;
  const evidence = [inFile(file, wish.config, ["deploy", "rollback", "tested"])];
  const isTested = tested !== undefined && isDate(tested) && tested <= today && addDuration(tested, YEAR) >= today;
  return isTested
    ? draft({ id: "rollback-tested", result: "pass", message: `The way back was tested on ${sayDate(tested)}.`, evidence })
    : draft({
        id: "rollback-tested",
        result: "block",
        from: "production",
        message:
          tested !== undefined && isDate(tested) && tested <= today
            ? `The way back was last tested on ${sayDate(tested)}, more than 12 months ago.`
            : "The way back of a high-risk model has not been tested, as far as the file says.",
        evidence,
        remedy: "Try the way back, then write its day as deploy.rollback.tested.",
      });
}

function overseersTrained({ today, wish, oversightTraining }: GateFacts, file: GateFile): GateDraft {
  const product = file.config.value;
  const id = "oversight-trained";
  const people = trainedPeople(product, today);
  const evidence = [inFile(file, wish.config, ["oversight", "training"])];
  if (people !== null) {
    return draft({ id, result: "pass", message: `${people.email} was trained for oversight on ${sayDate(people.date)}.`, evidence });
  }
  if (!oversightTraining.known) {
    return notJudged(id, "when those who oversee the model were trained", oversightTraining.why, { from: "production", evidence });
  }
  const day = oversightTraining.value === null ? null : newestDay(oversightTraining.value, today);
  return day !== null
    ? draft({
        id,
        result: "pass",
        message: `${oversightTraining.value?.file ?? ""} names a training of ${sayDate(day)}.`,
        evidence: [...evidence, { file: oversightTraining.value?.file ?? null, value: day }],
      })
    : draft({
        id,
        result: "block",
        from: "production",
        message: "Nothing says on which day those who oversee the model were trained.",
        evidence,
        remedy: "Write the day (YYYY-MM-DD) into the document that oversight.training names, or as trained of the role of an overseer.",
      });
}

/** An overseer with a role, and the day of the last training for it. */
function trainedPeople({ oversight, roles }: Product, today: string): { readonly email: string; readonly date: string } | null {
  const overseers = indexed(oversight?.people).map(([, email]) => email);
  for (const role of Object.values(roles ?? {})) {
    const { email, trained } = role ?? {};
    if (
      email !== undefined &&
      trained !== undefined &&
      isDate(trained) &&
      trained <= today &&
      overseers.some((one) => sameAddress(one, email))
    ) {
      return { email, date: trained };
    }
  }
  return null;
}

function newestDay({ text }: DocumentFact, today: string): string | null {
  const days = isPlaceholder(text) ? [] : (text.match(/\b\d{4}-\d{2}-\d{2}\b/g) ?? []).filter((day) => isDate(day) && day <= today);
  return days.reduce<string | null>((newest, day) => (newest === null || day > newest ? day : newest), null);
}
