import type { ChunkSeries, NoSeries } from "../chunks/chunkSeries";
import { univariateMethod } from "../chunks/univariateMethods";
import type { ChunkDrift, ChunkedSideSummary } from "../driftService";
import { countText, numberText } from "../numberText";

/** Parts that are named in a sentence. */
const MOST_NAMED = 5;

/** What left its limits over parts of the rows: a sentence on the inputs together, one for each column that did, and how it was looked for. */
export function chunksText({ wish, reference, current, columns, together }: ChunkDrift): readonly string[] {
  const judged = columns.filter(({ series }) => series.kind === "measured" && series.current.some(({ alert }) => alert !== null));
  const left = judged.filter(({ series }) => alerts(series).length > 0);
  const unjudged = columns.length - judged.length;
  return [
    together.kind === "none"
      ? `Inputs together: no figure. ${together.reason}`
      : `Inputs together (reconstruction error, ${countText(together.columns.length, "column")}): ${seriesText(together)}`,
    ...left.map(({ name, series }) => `${name} (${univariateMethod(wish.method).label}): ${seriesText(series)}`),
    `${countText(left.length, "column")} of ${judged.length} left the usual range of the reference at least once.${
      unjudged === 0 ? "" : ` ${countText(unjudged, "column")} could not be judged; --json says why.`
    }`,
    sideText("Reference", reference),
    sideText("Current", current),
  ];
}

function alerts(series: ChunkSeries | NoSeries): readonly string[] {
  return series.kind === "none" ? [] : series.current.flatMap(({ chunk, alert }) => (alert === true ? [chunk.label] : []));
}

function seriesText(series: ChunkSeries | NoSeries): string {
  if (series.kind === "none") {
    return series.reason;
  }
  const found = alerts(series);
  const judged = series.current.filter(({ alert }) => alert !== null).length;
  if (judged === 0) {
    return `not judged. ${series.current.find(({ reason }) => reason !== null)?.reason ?? "There are no parts."}`;
  }
  const { lower, upper } = series.thresholds;
  const limits =
    upper === null
      ? "by the test's own verdict"
      : lower === null
        ? `above ${numberText(upper)}`
        : `outside of ${numberText(lower)} to ${numberText(upper)}`;
  const more = found.length > MOST_NAMED ? `, and ${found.length - MOST_NAMED} more` : "";
  return `${limits} in ${found.length} of ${countText(judged, "part")}${found.length === 0 ? "" : `: ${found.slice(0, MOST_NAMED).join(", ")}${more}`}.`;
}

function sideText(which: string, { looked, rows, without, cut }: ChunkedSideSummary): string {
  return [
    `${which}: ${cut}`,
    ...(looked < rows ? [`Looked at ${countText(looked, "row")} of ${rows.toLocaleString("en-US")}, spread evenly.`] : []),
    ...(without > 0 ? [`${countText(without, "row")} without a time ${without === 1 ? "is" : "are"} left out.`] : []),
  ].join(" ");
}
