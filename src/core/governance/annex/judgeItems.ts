import { sayDate } from "../../config/dates";
import type { Product } from "../../config/product";
import { applies, dutyOn, type RegulationCalendar } from "../../config/regulationCalendar";
import { highRiskDuty } from "../../lint/highRisk";
import type { Finding } from "../../lint/finding";
import { valueAt } from "../../lint/lacks";
import type { SignOffRegister } from "../signOffStanding";
import type { DocumentationGroup, DocumentationItem, DocumentationItems } from "./documentationItems";
import { expandField, keysOf } from "./expandField";
import { type FieldContext, type JudgedField, judgeField } from "./judgeField";
import type { ItemOwner, ItemPlace, ItemStatus, JudgedGroup, JudgedItem } from "./judgedItem";
import { signOffStatus } from "./signOffStatus";

export interface ItemsInput extends FieldContext {
  readonly calendar: RegulationCalendar;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly findings: readonly Finding[];
  readonly register: SignOffRegister;
}

/** The worst first: what lacks, what is too old, what waits for somebody. */
const ORDER: readonly ItemStatus[] = ["missing", "expired", "needs_person", "documented"];

/** Each item of the law with what the product says of it. Pure: the same facts give the same answer. It judges what is written, never whether it is right. */
export function judgeItems(items: DocumentationItems, input: ItemsInput): readonly JudgedGroup[] {
  return items.groups.map((group) => {
    const { asked, why } = isAsked(group, input.product);
    const judged = group.headings.flatMap((heading) =>
      heading.items.map((item) => judgeItem(item, { group, heading: heading.title, asked, input })),
    );
    return { id: group.id, title: group.title, article: group.article, asked, why, items: judged };
  });
}

function isAsked({ askedOf }: DocumentationGroup, { risk, personal_data: personal }: Product): Pick<JudgedGroup, "asked" | "why"> {
  if (askedOf === "high_risk") {
    switch (risk) {
      case "high":
        return { asked: "yes", why: "The file says that the model is high-risk." };
      case "limited":
      case "minimal":
        return { asked: "no", why: `The file says that the risk is ${risk}; the law asks this of high-risk models.` };
      default:
        return {
          asked: "undecided",
          why: "The risk class is not decided, so that it cannot be told whether the law asks this of the model.",
        };
    }
  }
  switch (personal) {
    case "yes":
      return { asked: "yes", why: "The file says that the model uses personal data." };
    case "no":
      return { asked: "no", why: "The file says that the model uses no personal data." };
    default:
      return { asked: "undecided", why: "Whether the model uses personal data is not decided." };
  }
}

interface ItemContext {
  readonly group: DocumentationGroup;
  readonly heading: string;
  readonly asked: JudgedItem["asked"];
  readonly input: ItemsInput;
}

function judgeItem(item: DocumentationItem, { group, heading, asked, input }: ItemContext): JudgedItem {
  const { product, calendar, today } = input;
  const duty = group.duty === "high-risk" ? highRiskDuty(product) : group.duty;
  const isMeant = item.when === null || appliesTo(item.when, product);
  return {
    ...{ id: item.id, group: group.id, heading, number: item.number, title: item.title, article: item.article },
    ...(isMeant ? judge(item, input) : { ...judge(item, input), why: `Not asked: ${sayWhen(item.when)}.` }),
    asked: isMeant ? asked : "no",
    due: { date: dutyOn(calendar, duty).date, applies: applies(calendar, duty, today) },
    owner: ownerOf(item.owner, product),
  };
}

function appliesTo({ field, not, ifAbsent }: NonNullable<DocumentationItem["when"]>, product: Product): boolean {
  const value = valueAt(product, keysOf(field));
  return value === undefined ? ifAbsent : value !== not;
}

function sayWhen(when: DocumentationItem["when"]): string {
  return when === null ? "" : `${when.field} is ${when.ifAbsent ? "" : "not written or "}"${when.not}"`;
}

function judge(item: DocumentationItem, input: ItemsInput): Pick<JudgedItem, "status" | "why" | "places"> {
  const need = item.signOff === null ? undefined : input.register.needed.find(({ subject }) => subject === item.signOff);
  const signedOn = need?.isMet === true ? (need.standing?.when?.slice(0, 10) ?? null) : null;
  const ways = item.any.map((way) =>
    judgeWay(
      way.flatMap((one) => expandField(input.product, one).map((path) => judgeField(one, path, { number: item.number, signedOn }, input))),
    ),
  );
  // The way that people chose is the one on which most is written.
  const best = ways.reduce((one, other) =>
    other.status === "documented" && one.status !== "documented"
      ? other
      : other.written > one.written && one.status !== "documented"
        ? other
        : one,
  );
  const byRule = item.rules.flatMap(({ code, status }) =>
    input.findings.filter((finding) => finding.code === code && finding.severity !== "info").map((finding) => ({ finding, status })),
  );
  const [found] = byRule;
  if (best.status === "documented" && found !== undefined) {
    const place: ItemPlace = { file: input.path, line: input.lineOf(found.finding.range.start), field: null, status: found.status };
    return { status: found.status, why: found.finding.message, places: [place, ...best.places] };
  }
  if (best.status === "documented" && need !== undefined && !need.isMet) {
    const { standing, subject } = need;
    const status = signOffStatus(need);
    const places = standing === null ? best.places : [{ file: standing.file, line: null, field: null, status }, ...best.places];
    return {
      status,
      why: standing === null ? `It is written down; the ${subject} sign-off is open.` : (need.problem ?? standing.reason),
      places,
    };
  }
  return { status: best.status, why: best.why, places: best.places };
}

interface JudgedWay {
  readonly status: ItemStatus;
  readonly why: string;
  readonly places: readonly ItemPlace[];
  /** Share of its fields that say something. */
  readonly written: number;
}

function judgeWay(fields: readonly JudgedField[]): JudgedWay {
  const status = ORDER.find((one) => fields.some((field) => field.status === one)) ?? "documented";
  const first = [...fields].sort((a, b) => ORDER.indexOf(a.status) - ORDER.indexOf(b.status));
  const open = first.filter((field) => field.status === status && field.why !== null);
  const more = open.length > 1 ? ` And ${open.length - 1} more.` : "";
  const places = first.flatMap((field) => field.places);
  return {
    status,
    why: open[0]?.why == null ? `Written down: ${fieldsText(places)}.` : `${open[0].why}${more}`,
    places,
    written: fields.filter((field) => field.status !== "missing").length / Math.max(1, fields.length),
  };
}

function fieldsText(places: readonly ItemPlace[]): string {
  const names = [...new Set(places.map(({ field, file }) => field ?? file))];
  return names.length > 4 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}

function ownerOf(role: string, product: Product): ItemOwner {
  const roles: Readonly<Record<string, { name?: string | undefined; email?: string | undefined; team?: string | undefined } | undefined>> =
    product.roles ?? {};
  const held = Object.hasOwn(roles, role) ? roles[role] : undefined;
  return { role, name: held?.name ?? held?.team ?? null, address: held?.email ?? null };
}

/** "applies now, since 2 Aug 2026" or "from 2 Dec 2027"; the day of the GDPR is left out. */
export function sayDue({ group, due }: Pick<JudgedItem, "group" | "due">): string {
  return due.applies ? (group === "art-30" ? "applies now" : `applies now, since ${sayDate(due.date)}`) : `from ${sayDate(due.date)}`;
}

/** "data[0].origin, line 20 of mlops.yaml", or the name of a document. */
export function sayPlace({ file, line, field }: Omit<ItemPlace, "status">): string {
  return field === null ? `${file}${line === null ? "" : `, line ${line}`}` : line === null ? field : `${field}, line ${line} of ${file}`;
}
