import type { ComplianceChange, ComplianceGroup, ComplianceItem, CompliancePageData, CompliancePlace } from "../../../protocol/compliance";
import { oneLine } from "../../base/oneLine";
import { sayDate } from "../../config/dates";
import { lineCounter } from "../../config/yaml/lineCounter";
import { sayDue } from "../annex/judgeItems";
import { countItems, type ItemPlace, type JudgedGroup, type JudgedItem } from "../annex/judgedItem";
import { signOffStatus } from "../annex/signOffStatus";
import { NOTICE } from "../report/complianceReport";
import { configChanges } from "../report/configChanges";
import { sayOwner, signOffWord } from "../report/gaps";
import type { ReportFacts } from "../report/reportFacts";
import { holdsToday, type NeededSignOff } from "../signOffStanding";
import { earlyHint } from "./earlyHint";

/** More changes are a new file, which nobody reads line by line. */
const MOST_CHANGES = 100;

/** All that the compliance page shows of one version, in the words of the page. */
export function toCompliancePage(facts: ReportFacts): CompliancePageData {
  const { product, version, digest, commit, groups, register, problems } = facts;
  const owner = product.roles?.owner;
  const fact = (label: string, value: string | null | undefined): { label: string; value: string } => ({
    label,
    value: oneLine(value ?? "not written down"),
  });
  return {
    notice: NOTICE,
    facts: [
      fact("Version", version),
      fact("Stage", product.stage),
      fact("Risk class", product.risk),
      fact("Owner", owner?.name ?? owner?.email),
      fact("Digest", digest === null ? "unknown" : digest.length > 22 ? `${digest.slice(0, 19)}…` : digest),
      fact("Commit", commit === null ? "unknown" : `${commit.commit.slice(0, 12)}${commit.dirty ? ", with changes" : ""}`),
    ],
    counts: countItems(groups),
    exceptions: register.all
      .filter((one) => one.subject === "exception" && holdsToday(one))
      .map(({ who, expires, statement }) =>
        oneLine(
          `Emergency exception until ${expires ?? "an unknown time"}, signed by ${who.name ?? who.email ?? "nobody"}: ${statement ?? "no reason"}`,
          600,
        ),
      ),
    hint: earlyHint(facts),
    groups: groups.map(toGroup),
    signOffs: register.needed.map(toSignOff),
    changes: toChanges(facts),
    problems: problems.map((problem) => oneLine(problem, 400)),
  };
}

function toGroup(group: JudgedGroup): ComplianceGroup {
  const titles = [...new Set(group.items.map(({ heading }) => heading))];
  return {
    ...{ id: group.id, title: group.title, article: group.article, asked: group.asked, why: group.why },
    counts: countItems([group]),
    headings: titles.map((title) => ({ title, items: group.items.filter(({ heading }) => heading === title).map(toItem) })),
  };
}

function toItem(item: JudgedItem): ComplianceItem {
  return {
    ...{ id: item.id, number: item.number, title: item.title, article: item.article, status: item.status },
    why: oneLine(item.why, 400),
    isAsked: item.asked !== "no",
    due: sayDue(item),
    owner: oneLine(sayOwner(item.owner)),
    places: item.places.map(toPlace),
  };
}

function toPlace({ file, line, field, status }: ItemPlace): CompliancePlace {
  return { file, line, status, label: oneLine(field ?? file, 120) };
}

function toSignOff(need: NeededSignOff): CompliancePageData["signOffs"][number] {
  const { subject, role, ask, why, standing, isMet, isDue, problem } = need;
  const status = signOffStatus(need);
  return {
    ...{ subject, role, status, isDue },
    ask: oneLine(ask.join(", ")),
    state: signOffWord(need),
    why: oneLine(
      isMet
        ? `${standing?.who.name ?? standing?.who.email ?? "Somebody"} on ${standing?.when?.slice(0, 10) ?? "an unknown day"}. ${why}`
        : standing === null
          ? why
          : (problem ?? standing.reason),
      400,
    ),
    place: standing === null ? null : { file: standing.file, line: null, label: oneLine(standing.file, 120), status },
  };
}

function toChanges({ approved, product, version, config, text, path }: ReportFacts): CompliancePageData["changes"] {
  if (approved === null) {
    return { text: "Nothing was signed off so far.", rows: [] };
  }
  const { standing, product: before } = approved;
  const who = standing.who.name ?? standing.who.email ?? "somebody";
  const day = standing.when?.slice(0, 10);
  const head = `Since ${who} signed (${standing.subject}${day === undefined ? "" : `, ${sayDate(day)}`})`;
  if (before === null) {
    return { text: `${head}: git does not hold that state, so that what changed cannot be told.`, rows: [] };
  }
  const changes = configChanges(before, product);
  const lineOf = lineCounter(text);
  const rows = changes.slice(0, MOST_CHANGES).map(({ path: at, field, before: was, after }): ComplianceChange => {
    const place: CompliancePlace = { file: path, line: lineOf(config.source.nearestRange(at).start), label: field, status: "documented" };
    return { field, before: oneLine(was ?? "", 300), after: oneLine(after ?? "", 300), place };
  });
  const other =
    standing.model.version !== null && standing.model.version !== version
      ? ` It was signed for version ${standing.model.version}; this is ${version ?? "none"}.`
      : "";
  const more = changes.length > rows.length ? ` The first ${rows.length} of ${changes.length} are shown.` : "";
  return {
    text: oneLine(
      `${head} ${changes.length === 0 ? "the file says the same" : `${changes.length} ${changes.length === 1 ? "value has" : "values have"} changed`}.${other}${more}`,
      400,
    ),
    rows,
  };
}
