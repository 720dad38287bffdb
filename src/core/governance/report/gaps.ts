import { sayDue } from "../annex/judgeItems";
import type { ItemOwner, ItemStatus, JudgedItem } from "../annex/judgedItem";
import { signOffStatus } from "../annex/signOffStatus";
import { holdsToday, type NeededSignOff } from "../signOffStanding";
import type { ReportGap } from "./complianceReport";
import type { ReportFacts } from "./reportFacts";

const ORDER: readonly ItemStatus[] = ["expired", "missing", "needs_person", "documented"];

/** What is not documented, the most pressing first: what is asked already, then by the day from which it will be. */
export function gapsOf({ groups, register, stage }: Pick<ReportFacts, "groups" | "register" | "stage">): readonly ReportGap[] {
  const open = groups
    .flatMap(({ items }) => items)
    .filter(({ asked, status }) => asked !== "no" && status !== "documented")
    .map((item, index) => ({ gap: itemGap(item), day: item.due.date, status: item.status, isSure: item.asked === "yes", index }));
  const unsigned = register.needed
    .filter(({ isMet, isDue }) => isDue && !isMet)
    .map((need, index) => ({
      gap: signOffGap(need, stage),
      // A release waits for it, so that it comes after what the law asks already and before what it will ask.
      day: stage === "production" ? "0" : "2020-01-01",
      status: signOffStatus(need),
      isSure: true,
      index,
    }));
  return [...unsigned, ...open]
    .sort(
      (a, b) =>
        Number(b.isSure) - Number(a.isSure) ||
        (a.day < b.day ? -1 : a.day > b.day ? 1 : 0) ||
        ORDER.indexOf(a.status) - ORDER.indexOf(b.status) ||
        a.index - b.index,
    )
    .map(({ gap }) => gap);
}

function itemGap(item: JudgedItem): ReportGap {
  const [place] = item.places;
  return {
    what: `${item.number} ${item.title}`,
    article: item.article,
    status: item.status,
    why: item.why,
    owner: sayOwner(item.owner),
    due: sayDue(item),
    place: place === undefined ? null : { file: place.file, line: place.line, field: place.field },
  };
}

function signOffGap(need: NeededSignOff, stage: string): ReportGap {
  const { subject, role, ask, why, standing, problem } = need;
  return {
    what: `Sign-off: ${subject}${role === null ? "" : ` (${role.replaceAll("_", " ")})`}`,
    article: null,
    status: signOffStatus(need),
    why: standing === null ? why : (problem ?? standing.reason),
    owner: ask.length > 0 ? ask.join(", ") : role === null ? "anybody who may" : `nobody holds the role ${role}`,
    due: stage === "production" ? "now" : "before the release",
    place: standing === null ? null : { file: standing.file, line: null, field: null },
  };
}

/** As a person reads it: "given", "open", "stale", or "later" for a decision that a later stage needs. */
export function signOffWord({ isMet, isDue, standing }: NeededSignOff): string {
  if (isMet) {
    return "given";
  }
  if (standing === null) {
    return isDue ? "open" : "later";
  }
  // It holds, but somebody else has to decide, or conditions are open.
  return holdsToday(standing) ? "not enough" : standing.state;
}

/** "Ana Ruiz <ana@example.org> (owner)", or that nobody holds the role. */
export function sayOwner({ role, name, address }: ItemOwner): string {
  const words = role.replaceAll("_", " ");
  if (name === null && address === null) {
    return `nobody holds the role ${words}`;
  }
  return `${[name, address === null ? null : name === null ? address : `<${address}>`].filter((part) => part !== null).join(" ")} (${words})`;
}
