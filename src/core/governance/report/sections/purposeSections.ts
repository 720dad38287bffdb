import { sayDate } from "../../../config/dates";
import { ANNEX_III_POINTS } from "../../../config/schema/aiActFields";
import { type Duty, dutyOn } from "../../../config/regulationCalendar";
import { comingDays, sayComingDay } from "../../../lint/comingDays";
import { annexI, annexIiiPoints, highRiskDuty } from "../../../lint/highRisk";
import type { ReportBlock } from "../complianceReport";
import type { ReportWriter } from "../reportWriter";

const ROLES = [
  ["Owner", "owner"],
  ["Operation", "operator"],
  ["Requirements", "requirements"],
  ["Data steward", "data_steward"],
  ["Compliance", "compliance"],
  ["Data protection officer", "dpo"],
] as const;

/** 3: who answers for what. */
export function people(writer: ReportWriter): readonly ReportBlock[] {
  return [
    {
      kind: "table",
      caption: "Roles",
      head: ["role", "name", "address", "deputy", "trained", "where"],
      rows: ROLES.map(([label, key]) => {
        const { product } = writer.facts;
        const role = product.roles?.[key];
        return [
          label,
          role?.name ?? role?.team ?? "nobody",
          role?.email ?? "",
          role?.deputy ?? "",
          role?.trained ?? "",
          writer.place(["roles", key]),
        ];
      }),
    },
    writer.fields([
      ["Incidents are reported to", "incidents.contact"],
      ["People ask for their data at", "gdpr.rights_contact"],
      ["Who watches the model", "oversight.people"],
      ["Who is told when a check fails", "monitoring.alert"],
    ]),
  ];
}

/** 4: what the model is for and what class it has, with the way to that class. */
export function purpose(writer: ReportWriter): readonly ReportBlock[] {
  const { facts } = writer;
  const { product, calendar, today, lint } = facts;
  const days = comingDays(product, calendar, today);
  const doubts = lint.findings.filter(({ code }) => code === "COMP01" || code === "COMP02" || code === "COMP03");
  return [
    writer.fields([
      ["Purpose", "purpose"],
      ["Not for", "not_for"],
      ["Risk class", "risk"],
      ["Our role", "ai_act.role"],
      ["Placed on the market", "ai_act.placed_on_market"],
    ]),
    { kind: "heading", text: "How the class comes about" },
    { kind: "table", caption: "Questions in the order of the law", head: ["question", "answer", "where"], rows: reasoning(writer) },
    ...doubts.map(({ message, range }): ReportBlock => ({
      kind: "warning",
      text: `${message} (line ${writer.line(range.start)} of ${facts.path})`,
    })),
    {
      kind: "table",
      caption: "Days from which the law asks",
      head: ["from", "what", "source"],
      rows: dutiesOf(writer).map(({ date, what, article }) => [
        date <= today ? `applies now, since ${sayDate(date)}` : sayDate(date),
        what,
        article,
      ]),
    },
    ...(days.length === 0
      ? []
      : [
          {
            kind: "table" as const,
            caption: "Days to come",
            head: ["what", "why"],
            rows: days.map((day) => [sayComingDay(day, today), day.why]),
          },
        ]),
  ];
}

function reasoning(writer: ReportWriter): readonly (readonly [string, string, ReturnType<ReportWriter["place"]>])[] {
  const { product } = writer.facts;
  const points = annexIiiPoints(product);
  const answer = writer.say(["ai_act", "prohibited_check", "answer"]);
  const in3 = product.ai_act?.annex_iii === undefined ? "not written down" : "none";
  return [
    ["Does it do anything that Art. 5 bans?", answer, writer.place(["ai_act", "prohibited_check"])],
    [
      "Is it part of a product of Annex I that a body from outside must assess (Art. 6(1))?",
      annexI(product),
      writer.place(["ai_act", "annex_i"]),
    ],
    [
      "Does it work in an area of Annex III (Art. 6(2))?",
      points.length === 0 ? in3 : points.map((point) => `${point}: ${ANNEX_III_POINTS[point]}`).join(" "),
      writer.place(["ai_act", "annex_iii"]),
    ],
    [
      "Does it profile people? Then no exception holds (Art. 6(3)).",
      writer.say(["ai_act", "profiling"]),
      writer.place(["ai_act", "profiling"]),
    ],
    ["Is an exception of Art. 6(3) claimed?", writer.say(["ai_act", "exception"]), writer.place(["ai_act", "exception"])],
    ["Class that the file says", product.risk ?? "not written down", writer.place(["risk"])],
  ];
}

function dutiesOf({ facts: { product, calendar } }: ReportWriter): readonly Duty[] {
  const { risk, tags, personal_data: personal, transparency } = product;
  const ids = [
    ...(personal === "no" ? [] : ["gdpr"]),
    "ai-literacy",
    "prohibited",
    ...(tags !== undefined || transparency !== undefined || risk === "limited" ? ["transparency"] : []),
    ...(risk === "minimal" || risk === "limited" ? [] : [highRiskDuty(product)]),
  ];
  return ids.map((id) => dutyOn(calendar, id)).sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
