import { sayDate } from "../../../config/dates";
import { countItems, STATUS_WORDS } from "../../annex/judgedItem";
import { signOffStatus } from "../../annex/signOffStatus";
import { holdsToday } from "../../signOffStanding";
import { NOTICE, type ReportBlock } from "../complianceReport";
import { gapsOf } from "../gaps";
import type { ReportFacts } from "../reportFacts";
import { NOT_WRITTEN } from "../reportWriter";

const TOP_GAPS = 5;

/** 1: which system in which state. */
export function cover(facts: ReportFacts): readonly ReportBlock[] {
  const { product, version, digest, commit, calendar, tool, path, configSha256, problems } = facts;
  const row = (label: string, value: string): { label: string; value: string; place: null } => ({ label, value, place: null });
  return [
    { kind: "text", text: NOTICE },
    ...exceptions(facts),
    {
      kind: "facts",
      rows: [
        row("System", product.name ?? NOT_WRITTEN),
        row("Model", product.model?.name ?? NOT_WRITTEN),
        row("Version", version ?? NOT_WRITTEN),
        row("Digest of the model", digest ?? "unknown"),
        row("Stage", product.stage ?? NOT_WRITTEN),
        { label: "File", value: `SHA-256 ${configSha256}`, place: { file: path, line: 1, field: null } },
        row("Commit", commit === null ? "unknown" : `${commit.commit}${commit.dirty ? ", with changes that are not committed" : ""}`),
        row("Made with", tool),
        row("Calendar of the law", `last compared on ${sayDate(calendar.checkedOn)}`),
      ],
    },
    ...(problems.length === 0
      ? []
      : [{ kind: "table" as const, caption: "What could not be looked up", head: ["what"], rows: problems.map((problem) => [problem]) }]),
  ];
}

/** An emergency exception is seen by whoever opens the report. */
function exceptions({ register }: ReportFacts): readonly ReportBlock[] {
  return register.all
    .filter((one) => one.subject === "exception" && holdsToday(one))
    .map(({ who, expires, statement, file }) => ({
      kind: "warning",
      text: `An emergency exception is in force until ${expires ?? "an unknown time"}, signed by ${who.name ?? who.email ?? "nobody"} (${file}): ${statement ?? "no reason"}`,
    }));
}

/** 2: how much is there, and what is most pressing. */
export function summary(facts: ReportFacts): readonly ReportBlock[] {
  const { groups, register } = facts;
  const counts = countItems(groups);
  const gaps = gapsOf(facts);
  const perGroup = [...groups.map((group) => ({ name: group.title, asked: group.asked, counts: countItems([group]) }))];
  const signed = { documented: 0, missing: 0, expired: 0, needs_person: 0 };
  register.needed.filter(({ isDue }) => isDue).forEach((need) => signed[signOffStatus(need)]++);
  const total = counts.documented + counts.missing + counts.expired + counts.needs_person;
  return [
    {
      kind: "text",
      text:
        total === 0
          ? "Nothing of Annex IV and of the record of processing is asked of this model, as its file says what it is."
          : `Of ${total} items that are asked or may be, ${counts.documented} are documented, ${counts.missing} missing, ${counts.expired} expired, and ${counts.needs_person} need a person.`,
    },
    {
      kind: "table",
      caption: "Items by status",
      head: ["what", "asked", "documented", "missing", "expired", "needs a person"],
      rows: [
        ...perGroup.map(({ name, asked, counts: of }) => [
          name,
          asked,
          ...[of.documented, of.missing, of.expired, of.needs_person].map(String),
        ]),
        ["Sign-offs", "yes", ...[signed.documented, signed.missing, signed.expired, signed.needs_person].map(String)],
      ],
    },
    ...(gaps.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            caption: gaps.length > TOP_GAPS ? `The first ${TOP_GAPS} of ${gaps.length} gaps` : "Gaps",
            head: ["what", "status", "why", "who", "due", "where"],
            rows: gaps
              .slice(0, TOP_GAPS)
              .map(({ what, article, status, why, owner, due, place }) => [
                article === null ? what : `${what} (${article})`,
                STATUS_WORDS[status],
                why,
                owner,
                due,
                place ?? "",
              ]),
          },
        ]),
  ];
}
