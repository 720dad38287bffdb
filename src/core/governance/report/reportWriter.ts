import type { ConfigPath } from "../../config/configPath";
import { pathText } from "../../config/configPath";
import { lineCounter } from "../../config/yaml/lineCounter";
import { isPlaceholder } from "../../config/placeholder";
import { valueAt } from "../../lint/lacks";
import type { ReportBlock, ReportCell, ReportPlace } from "./complianceReport";
import type { ReportFacts } from "./reportFacts";
import { sayField } from "./sayField";

export const NOT_WRITTEN = "not written down";

/** A label and the path of the field that answers it, with dots. */
export type LabelledField = readonly [label: string, field: string];

/** Writes parts of a report from a product's file, each with its place. */
export class ReportWriter {
  private readonly lineOf: (offset: number) => number;

  constructor(readonly facts: ReportFacts) {
    this.lineOf = lineCounter(facts.text);
  }

  /** Fields of the file with what it says, and where. */
  fields(rows: readonly LabelledField[], base: ConfigPath = []): ReportBlock {
    return {
      kind: "facts",
      rows: rows.map(([label, field]) => {
        const path = [...base, ...field.split(".")];
        return { label, value: this.say(path), place: this.place(path) };
      }),
    };
  }

  /** A list of the file as a table: a row an item, a column a key, and the place. @param head label and key of each column. */
  list(caption: string, path: ConfigPath, columns: readonly LabelledField[]): ReportBlock {
    const value = valueAt(this.facts.product, path);
    const items = Array.isArray(value) ? (value as readonly unknown[]) : [];
    const rows = items.flatMap((item, index): readonly (readonly ReportCell[])[] =>
      item === undefined
        ? []
        : [[...columns.map(([, key]) => this.say([...path, index, ...key.split(".")])), this.place([...path, index])]],
    );
    if (rows.length === 0) {
      return { kind: "text", text: `${caption}: ${Array.isArray(value) ? "none, as the file says" : NOT_WRITTEN}.` };
    }
    return { kind: "table", caption, head: [...columns.map(([label]) => label), "where"], rows };
  }

  say(path: ConfigPath): string {
    const text = sayField(valueAt(this.facts.product, path));
    return text === null || (text !== "none" && isPlaceholder(text)) ? NOT_WRITTEN : text;
  }

  place(path: ConfigPath): ReportPlace {
    const { config, path: file } = this.facts;
    return { file, line: this.lineOf(config.source.nearestRange(path).start), field: pathText(path) };
  }

  line(offset: number): number {
    return this.lineOf(offset);
  }
}
