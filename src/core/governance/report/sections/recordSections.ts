import { STATUS_WORDS } from "../../annex/judgedItem";
import { sayDue } from "../../annex/judgeItems";
import { configChanges } from "../configChanges";
import type { ReportBlock, ReportCell } from "../complianceReport";
import { sayOwner, signOffWord } from "../gaps";
import type { ReportFacts } from "../reportFacts";
import type { ReportWriter } from "../reportWriter";
import { SIGN_OFF_HEAD, signOffRows } from "./signOffRows";

const MOST_LINES = 200;

/** 13: every item of the law, with its place. */
export function crossReference({ groups }: ReportFacts): readonly ReportBlock[] {
  return groups.flatMap((group): readonly ReportBlock[] => [
    { kind: "heading", text: group.title },
    { kind: "text", text: group.why },
    {
      kind: "table",
      caption: group.article,
      head: ["item", "what", "status", "why", "due", "who", "where"],
      rows: group.items.map((item) => {
        const [place] = item.places;
        return [
          item.number,
          item.title,
          item.asked === "no" ? "not asked" : STATUS_WORDS[item.status],
          item.why,
          item.asked === "no" ? "" : sayDue(item),
          sayOwner(item.owner),
          place === undefined ? "" : { file: place.file, line: place.line, field: place.field },
        ];
      }),
    },
  ]);
}

/** 15: who decided what, what was silenced, and what the gate said. */
export function register(writer: ReportWriter): readonly ReportBlock[] {
  const { register: signed, lint, gateLog, deployments } = writer.facts;
  const needed = signed.needed.map((need): readonly ReportCell[] => [
    need.subject,
    need.role ?? "",
    need.ask.join(", ") || "nobody is named",
    signOffWord(need),
    need.isMet || need.problem === null ? need.why : need.problem,
    need.standing === null ? "" : { file: need.standing.file, line: null, field: null },
  ]);
  return [
    table("Decisions that are needed", ["subject", "role", "who is asked", "state", "why", "where"], needed, "No decision is needed."),
    table("Sign-offs", SIGN_OFF_HEAD, signOffRows(signed.all), "There is no sign-off."),
    table(
      "Findings that are left as they are",
      ["rule", "finding", "why", "until", "by"],
      lint.suppressed.map(({ finding, suppression }) => [
        finding.code,
        finding.message,
        suppression.why,
        suppression.until,
        suppression.by,
      ]),
      "No finding is left as it is.",
    ),
    ...logBlocks(
      "Decisions of the gate",
      gateLog.fault,
      table(
        "Decisions of the gate, the newest first",
        ["line", "when", "target", "version", "decision", "stopped by", "who", "hash"],
        [...gateLog.lines]
          .reverse()
          .slice(0, MOST_LINES)
          .map(({ line, entry, hash }) => [
            String(line),
            entry.at,
            entry.target,
            entry.version ?? "",
            entry.decision.replaceAll("_", " "),
            entry.stopped_by.join(", "),
            entry.who ?? "",
            hash.slice(0, 12),
          ]),
        "The gate has not been asked.",
      ),
    ),
    ...logBlocks(
      "Deployments",
      deployments.fault,
      table(
        "Deployments, the newest first",
        ["when", "what", "target", "version", "before", "state", "by", "why"],
        [...deployments.lines]
          .reverse()
          .slice(0, MOST_LINES)
          .map(({ entry: { at, intent, target, version, previous, state, who, reason } }) => [
            at,
            intent === "rollback" ? "way back" : "deployment",
            target,
            version,
            previous ?? "",
            state.replaceAll("_", " "),
            who ?? "",
            reason ?? "",
          ]),
        "Nothing was deployed from here.",
      ),
    ),
  ];
}

function logBlocks(
  name: string,
  fault: { readonly line: number; readonly why: string } | null,
  block: ReportBlock,
): readonly ReportBlock[] {
  return fault === null
    ? [block]
    : [{ kind: "warning", text: `${name}: line ${fault.line} of the log does not verify: ${fault.why}.` }, block];
}

function table(caption: string, head: readonly string[], rows: readonly (readonly ReportCell[])[], none: string): ReportBlock {
  return rows.length === 0 ? { kind: "text", text: none } : { kind: "table", caption, head, rows };
}

/** 16: what is not as it was when somebody last approved it, and when the last report was made. */
export function changes(facts: ReportFacts): readonly ReportBlock[] {
  return [...sinceApproval(facts), ...sinceReport(facts)];
}

function sinceApproval({ approved, product, version }: ReportFacts): readonly ReportBlock[] {
  if (approved === null) {
    return [{ kind: "text", text: "Nothing was approved so far, so that nothing can have changed since." }];
  }
  const { standing, product: before } = approved;
  const who = standing.who.name ?? standing.who.email ?? "somebody";
  const when = standing.when?.slice(0, 10) ?? "an unknown day";
  const head = `The last approval (${standing.subject}) was given by ${who} on ${when} at commit ${standing.commit ?? "unknown"}`;
  if (before === null) {
    return [{ kind: "text", text: `${head}; git does not hold that state, so that what changed cannot be told.` }];
  }
  const rows = configChanges(before, product).map(({ field, before: was, after }) => [field, was ?? "nothing", after ?? "nothing"]);
  const other =
    standing.model.version !== null && standing.model.version !== version
      ? ` It was for version ${standing.model.version}; this is ${version ?? "none"}.`
      : "";
  return [
    { kind: "text", text: `${head}.${other}${rows.length === 0 ? " The file says the same as then." : ""}` },
    ...(rows.length === 0
      ? []
      : [{ kind: "table" as const, caption: "Changed since the last approval", head: ["field", "then", "now"], rows }]),
  ];
}

function sinceReport({ earlier, groups, register: signed, lint, version, digest }: ReportFacts): readonly ReportBlock[] {
  if (earlier === null) {
    return [{ kind: "text", text: "No earlier report was kept." }];
  }
  const rows: (readonly string[])[] = [];
  const add = (what: string, before: string | null | undefined, after: string | null): void => {
    if ((before ?? null) !== after) {
      rows.push([what, before ?? "nothing", after ?? "nothing"]);
    }
  };
  add("version", earlier.version, version);
  add("digest", earlier.digest, digest);
  groups.flatMap(({ items }) => items).forEach(({ id, number, title, status }) => add(`${number} ${title}`, earlier.items.get(id), status));
  signed.all.forEach(({ file, state }) => add(`sign-off ${file}`, earlier.signOffs.get(file), state));
  const counts = new Map<string, number>();
  lint.findings.forEach(({ code }) => counts.set(code, (counts.get(code) ?? 0) + 1));
  for (const code of [...new Set([...earlier.findings.keys(), ...counts.keys()])].sort()) {
    add(`findings of ${code}`, String(earlier.findings.get(code) ?? 0), String(counts.get(code) ?? 0));
  }
  const head = `The last report of another commit was made on ${earlier.madeOn}`;
  return rows.length === 0
    ? [{ kind: "text", text: `${head}; nothing that reports compare has changed.` }]
    : [
        { kind: "text", text: `${head}.` },
        { kind: "table", caption: "Changed since the last report", head: ["what", "then", "now"], rows },
      ];
}

/** 17: what the rules found, and what the files were. */
export function appendix(writer: ReportWriter): readonly ReportBlock[] {
  const { lint, documents, register: signed, path, configSha256 } = writer.facts;
  const files: (readonly ReportCell[])[] = [[{ file: path, line: null, field: null }, "file", configSha256]];
  for (const { path: file, kind, sha256 } of documents.documents.values()) {
    if (file !== null) {
      files.push([{ file, line: null, field: null }, kind, sha256 ?? "not hashed"]);
    }
  }
  signed.all.forEach(({ file, sha256 }) => files.push([{ file, line: null, field: null }, "sign-off", sha256 ?? "not hashed"]));
  return [
    table(
      "Findings",
      ["rule", "severity", "finding", "law", "where"],
      lint.findings.map(({ code, severity, message, meta, range }) => [
        code,
        severity,
        message,
        meta.article ?? "",
        { file: path, line: writer.line(range.start), field: null },
      ]),
      "The rules found nothing.",
    ),
    { kind: "table", caption: "Files", head: ["file", "what", "SHA-256"], rows: files },
  ];
}
