import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops drift`: whether the data that a model meets still look like the data that it was made from. */
export const driftCommand: Command = {
  name: "drift",
  summary: "Compare two tables and say which columns drifted.",
  description:
    "Compares current data with reference data column by column: CSV, Parquet or JSON lines, no Python needed. A path may be a pattern\n" +
    "such as data/2026-11-*.parquet, and may be given more than once; all files of a side are one table.\n" +
    "\n" +
    "Its own mode judges by the population stability index over ten reference quantiles (limits 0.1 and 0.25) and judges nothing below\n" +
    "200 values a side. Mode evidently takes the methods and limits that Evidently 0.7 takes, with the same figures.\n" +
    "\n" +
    "Exit code: 0 no drift, 1 the data as a whole drifted, 2 wrong use or a file that cannot be read, 3 no column could be judged.",
  options: [
    { name: "reference", value: "FILE", repeatable: true, required: true, help: "Data that the model was made from, or a pattern." },
    { name: "current", value: "FILE", repeatable: true, required: true, help: "Data that it meets now, or a pattern." },
    { name: "mode", value: "MODE", help: "own or evidently. Default: as --config says, else own." },
    { name: "method", value: "METHOD", help: "Judge by this method, e.g. psi, ks, wasserstein, jensenshannon, chisquare." },
    { name: "threshold", value: "NUMBER", help: "Limit from which a column has drifted, in place of the method's own." },
    { name: "dataset-share", value: "SHARE", help: "Share of drifted columns from which the data as a whole drifted. Default: 0.5." },
    { name: "min-rows", value: "N", help: "Judge nothing below so many values a side. Default: 200; 1 in mode evidently." },
    { name: "config", value: "FILE", help: "Take limits, and how tables are read, from monitoring of this mlops.yaml." },
    { name: "column", value: "COLUMN", repeatable: true, help: "Judge only this column. Can be repeated." },
    { name: "ignore", value: "COLUMN", repeatable: true, help: "Leave this column out, such as an id. Can be repeated." },
    { name: "type", value: "COLUMN=TYPE", repeatable: true, help: "Judge a column as num, cat or text, where the guess is wrong." },
    { name: "all-methods", help: "Write what every method says of each column." },
    {
      name: "chunks",
      value: "LENGTH",
      help: "Also follow both tables over parts: so many rows, or hour, day, week, month of --time-column.",
    },
    { name: "chunk-method", value: "METHOD", help: "For --chunks, as NannyML names it. Default: jensen_shannon." },
    { name: "format", value: "FORMAT", help: "text (default), json, csv, markdown, html or junit." },
    { name: "separator", value: "CHARACTER", help: "Between fields of CSV files, e.g. ; or tab. Default: found out." },
    { name: "encoding", value: "NAME", help: "Of text files, e.g. windows-1252. Default: UTF-8." },
    { name: "missing", value: "TEXT", repeatable: true, help: "Text that stands for a missing value, e.g. NA, beside the empty field." },
    { name: "where", value: "COLUMN=VALUE", help: "Only rows with this value, on both sides; nothing behind = for rows without one." },
    { name: "time-column", value: "COLUMN", help: "Column of times by which --from and --to choose current rows, and --chunks cuts." },
    { name: "from", value: "TIME", help: "Only current rows from this day or time on (UTC)." },
    { name: "to", value: "TIME", help: "Only current rows before this day or time (UTC)." },
    { name: "sample", value: "N", help: "Compare a random sample of so many rows a side." },
    { name: "seed", value: "N", help: "Of the sample; the same seed draws the same rows. Default: 1." },
    { name: "max-rows", value: "N", help: "Above so many rows a side is a sample. Default: 5,000,000." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops drift --reference train.parquet --current live.parquet",
    "mlops drift --reference train.csv --current 'live/2026-11-*.csv' --mode evidently --json",
    "mlops drift --reference train.csv --current live.csv --time-column seen_at --from 2026-11-02 --to 2026-11-09 --config mlops.yaml",
  ],
  async run(context) {
    const { driftPrograms } = await import("../drift/driftPrograms");
    return driftPrograms.drift(context);
  },
};
