import { type Duty, dutyOn, type RegulationCalendar } from "../../core/config/regulationCalendar";

interface ArticleRange {
  readonly law: string;
  /** "Art." or "Annex". */
  readonly kind: string;
  readonly from: number;
  readonly to: number;
  /** "4a" is another article than "4". */
  readonly letter: string;
  /** "(2)(g)", or "" for the whole article. */
  readonly part: string;
}

const ROMAN: Readonly<Record<string, number>> = {
  I: 1,
  II: 2,
  III: 3,
  IV: 4,
  V: 5,
  VI: 6,
  VII: 7,
  VIII: 8,
  IX: 9,
  X: 10,
  XI: 11,
  XII: 12,
  XIII: 13,
};

/**
 * The days of the calendar that concern a rule's articles, the first first.
 * @param article as a rule names it: "AI Act Art. 43, Art. 47-49", "GDPR Art. 6; AI Act Annex IV".
 */
export function dutiesOf(article: string, calendar: RegulationCalendar): readonly Duty[] {
  const wanted = articleRanges(article);
  const found = calendar.duties.filter((duty) => articleRanges(duty.article).some((one) => wanted.some((other) => overlaps(one, other))));
  // The day of the GDPR holds for all of it.
  const gdpr = wanted.some(({ law }) => law === "GDPR") ? [dutyOn(calendar, "gdpr")] : [];
  return [...new Set([...gdpr, ...found])].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

function articleRanges(text: string): readonly ArticleRange[] {
  let law = "";
  const ranges: ArticleRange[] = [];
  for (const [, named, kind, first = "", letter = "", last, part = ""] of text.matchAll(
    /(AI Act|GDPR)|(Art\.|Annex) (\d+|[IVX]+)([a-z]?)(?:-(\d+))?((?:\([^)]*\))*)/g,
  )) {
    if (named !== undefined) {
      law = named;
    } else if (kind !== undefined) {
      const from = ROMAN[first] ?? Number(first);
      ranges.push({ law, kind, from, to: last === undefined ? from : Number(last), letter, part });
    }
  }
  return ranges;
}

function overlaps(one: ArticleRange, other: ArticleRange): boolean {
  return (
    one.law === other.law &&
    one.kind === other.kind &&
    one.letter === other.letter &&
    one.from <= other.to &&
    other.from <= one.to &&
    (one.part.startsWith(other.part) || other.part.startsWith(one.part))
  );
}
