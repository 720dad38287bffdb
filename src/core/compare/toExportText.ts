import type { CompareDirection, CompareExport, CompareOptions } from "../../protocol/compare";
import type { Steps } from "../base/steps";
import { type ArrangedComparison, arrangeInSteps } from "./arrangeComparison";
import type { RunComparison } from "./runComparison";
import { toCsvInSteps } from "./toCsv";
import { toHtmlInSteps } from "./toHtml";
import { toJsonTextInSteps } from "./toJson";
import { toMarkdownInSteps } from "./toMarkdown";

export interface ExportRequest {
  readonly format: CompareExport;
  /** Indexes of the rows to write, in order. */
  readonly rows: readonly number[];
  /** Pictures, which only a page can hold. */
  readonly charts: readonly string[];
}

/** A comparison with whole values as a text in one of the formats, in steps of one row. */
export function* toExportTextInSteps(
  comparison: RunComparison,
  options: CompareOptions,
  configured: ReadonlyMap<string, CompareDirection>,
  request: ExportRequest,
): Steps<string> {
  return yield* toTextInSteps(yield* arrangeInSteps(comparison, options, configured), request);
}

function toTextInSteps(arranged: ArrangedComparison, { format, rows, charts }: ExportRequest): Steps<string> {
  switch (format) {
    case "csv":
      return toCsvInSteps(arranged, rows);
    case "json":
      return toJsonTextInSteps(arranged, rows);
    case "markdown":
      return toMarkdownInSteps(arranged, rows);
    case "html":
      return toHtmlInSteps(arranged, rows, { charts });
  }
}
