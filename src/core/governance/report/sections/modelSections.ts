import { indexed } from "../../../lint/indexed";
import type { ReportBlock, ReportCell } from "../complianceReport";
import { kpiFigures } from "../kpiFigures";
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
  const rows = kpiFigures(writer.facts).map(({ index, name, slice, value, target, warn, why, verdict }): readonly ReportCell[] => [
    slice === null ? name : `${name} (${slice})`,
    target ?? "",
    warn ?? "",
    value === null ? "" : String(value),
    verdict,
    why ?? "",
    writer.place(["kpis", index]),
  ]);
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
