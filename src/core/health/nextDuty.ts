import { holdsToday } from "../governance/signOffStanding";
import { nextReview } from "../lint/nextReview";
import type { ProductEvidence } from "./evidence";
import type { ProductHealth } from "./productHealth";
import { subjectWords } from "../governance/subjectWords";

type DatedDuty = NonNullable<ProductHealth["nextDuty"]>;

/** The next day on which something is due: a review, also one that nobody held yet, a sign-off that ends, or a duty of the law that begins for the risk class. Null for none. */
export function nextDuty(evidence: ProductEvidence): DatedDuty | null {
  if (evidence.product.stage === "retired") {
    return null;
  }
  const duties = [...review(evidence), ...endingSignOffs(evidence), ...lawDays(evidence)];
  return duties.reduce<DatedDuty | null>((first, one) => (first === null || one.date < first.date ? one : first), null);
}

function review({ product, needed }: ProductEvidence): readonly DatedDuty[] {
  const next = nextReview(product);
  const isHeld = needed.some(({ subject, isMet }) => subject === "review" && isMet);
  return next === null || isHeld ? [] : [{ date: next.date, what: "Review of the model" }];
}

function endingSignOffs({ needed }: ProductEvidence): readonly DatedDuty[] {
  return needed.flatMap(({ subject, standing, isMet }) =>
    isMet && standing !== null && holdsToday(standing) && standing.expires !== null
      ? [{ date: standing.expires, what: `The sign-off of the ${subjectWords(subject)} ends` }]
      : [],
  );
}

/** Days that are still to come: from then on lint tells what they ask. */
function lawDays({ product, calendar, today }: ProductEvidence): readonly DatedDuty[] {
  const wanted = product.risk === "high" ? "high-risk-annex-iii" : null;
  return calendar.duties
    .filter(({ id, date }) => id === wanted && date > today)
    .map(({ date, article, what }) => ({ date, what: `${article}: ${what}` }));
}
