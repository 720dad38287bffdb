import { indexed } from "../../../lint/indexed";
import { meetsTarget, parseTarget } from "../../../config/target";
import type { ReportBlock, ReportCell } from "../complianceReport";
import type { LabelledField, ReportWriter } from "../reportWriter";
import { signOffRows, SIGN_OFF_HEAD } from "./signOffRows";

const DATA_FIELDS: readonly LabelledField[] = [
  ["Used for", "use"],
  ["Version", "version"],
  ["Origin", "origin"],
  ["Collected for", "collected_for"],
  ["Licence", "license"],
  ["Changes", "refresh"],
  ["Preparation", "steps"],
  ["Assumptions", "assumptions"],
  ["Represents", "represents"],
  ["Bias", "bias"],
  ["Gaps", "gaps"],
  ["Verified", "verified"],
  ["Columns about people", "personal_fields"],
  ["What must be true of it", "expect"],
];

/** 5: each set of data, and who confirmed it. */
export function dataSheets(writer: ReportWriter): readonly ReportBlock[] {
  const { product, register, documents } = writer.facts;
  const sheets = indexed(product.data).flatMap(([index, { path, use }]): readonly ReportBlock[] => [
    { kind: "heading", text: `${path ?? "Data without a path"}${use === undefined ? "" : ` (${use})`}` },
    writer.fields(DATA_FIELDS, ["data", index]),
  ]);
  const signed = register.all.filter(({ subject }) => subject === "data");
  const changed = documents.dataChangedOn;
  return [
    ...(sheets.length === 0 ? [{ kind: "text" as const, text: "No data is described." }] : sheets),
    ...(changed === null ? [] : [{ kind: "text" as const, text: `Git last saw the training data change on ${changed}.` }]),
    { kind: "heading", text: "Sign-off of the data" },
    signed.length === 0
      ? { kind: "text", text: "Nobody has signed for the data." }
      : { kind: "table", caption: "Sign-offs of the data", head: SIGN_OFF_HEAD, rows: signOffRows(signed) },
  ];
}

/** 6: how the model is made, and from what. */
export function model(writer: ReportWriter): readonly ReportBlock[] {
  const { registered, version } = writer.facts;
  const entry = registered.known ? registered.value.find((one) => one.version === version) : undefined;
  return [
    writer.fields([
      ["Model", "model"],
      ["Task", "task"],
      ["Architecture", "architecture"],
      ["Built on", "base_model"],
      ["Pipeline", "pipeline"],
      ["Trained by", "train.engine"],
      ["Command", "train.command"],
      ["Parameters", "train.params"],
      ["Environment", "train.environment"],
      ["What starts a training", "train.trigger"],
      ["Resources", "train.resources"],
      ["Released to", "deploy.targets"],
      ["Way back", "deploy.rollback"],
      ["Cost", "cost"],
    ]),
    {
      kind: "text",
      text: !registered.known
        ? `The registry could not be asked: ${registered.why}.`
        : entry === undefined
          ? "The registry that is kept here does not hold this version."
          : `In the registry: version ${entry.version}, created ${entry.createdAt ?? "at an unknown time"}, aliases ${entry.aliases.length === 0 ? "none" : entry.aliases.join(", ")}, digest ${entry.digest ?? "unknown"}.`,
    },
  ];
}

/** 7: what was asked of the model beforehand, and what was measured. */
export function figures(writer: ReportWriter): readonly ReportBlock[] {
  const { product, evaluation } = writer.facts;
  const rows = indexed(product.kpis).flatMap(([index, kpi]): readonly (readonly ReportCell[])[] => {
    const { name = "without a name", target = "", warn = "", by, why = "" } = kpi;
    const place = writer.place(["kpis", index]);
    const measured = measuredOf(name, by ?? null, evaluation.metrics);
    return measured.map(({ group, value }) => [
      group === null ? name : `${name} (${by ?? ""} = ${group})`,
      target,
      warn,
      value === null ? "not measured" : String(value),
      verdict(value, target),
      why,
      place,
    ]);
  });
  return [
    writer.fields([
      ["Test report", "evaluation.report"],
      ["Commit that was measured", "evaluation.commit"],
      ["Day", "evaluation.date"],
      ["Signed by", "evaluation.signed_by"],
    ]),
    rows.length === 0
      ? { kind: "text", text: "No figure was fixed beforehand." }
      : {
          kind: "table",
          caption: "Figures against their targets",
          head: ["figure", "target", "warns at", "measured", "verdict", "why this figure", "where"],
          rows,
        },
  ];
}

interface Measured {
  readonly group: string | null;
  readonly value: number | null;
}

/** Of all rows, or of each group where the file of figures has them as `name.group`. */
function measuredOf(name: string, by: string | null, metrics: ReadonlyMap<string, number>): readonly Measured[] {
  const lower = name.toLowerCase();
  const groups =
    by === null
      ? []
      : [...metrics].flatMap(([key, value]) =>
          key.toLowerCase().startsWith(`${lower}.`) ? [{ group: key.slice(name.length + 1), value }] : [],
        );
  const whole = [...metrics].find(([key]) => key.toLowerCase() === lower)?.[1] ?? null;
  return groups.length > 0 ? [...(whole === null ? [] : [{ group: null, value: whole }]), ...groups] : [{ group: null, value: whole }];
}

function verdict(value: number | null, target: string): string {
  const bound = parseTarget(target);
  return value === null || bound === undefined ? "cannot tell" : meetsTarget(bound, value) ? "target held" : "target missed";
}
