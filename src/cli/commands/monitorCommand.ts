import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops monitor`: drift, missing values and KPIs of models at work. */
export const monitorCommand: Command = {
  name: "monitor",
  summary: "Check models at work: drift of live data, missing values, KPIs.",
  description:
    "Judges the newest window of live data that is over, as monitoring and kpis of each mlops.yaml say, and keeps the result as a small\n" +
    "file in .mlops/monitoring beside it. Without a PRODUCT, the products of the current folder that are monitored are checked.\n" +
    "\n" +
    "A webhook that --webhook or MLOPS_WEBHOOK_URL names is told when a product becomes worse, or fails for another day.\n" +
    "\n" +
    "Exit code: 0 fine or with warnings, 1 drift or a KPI failed, 2 for wrong use, a result that could not be kept or an alert that could\n" +
    "not be sent, 3 if something could not be judged.",
  argument: { value: "PRODUCT", repeatable: true, help: "A product's name, its mlops.yaml, or a folder." },
  options: [
    { name: "all", help: "Check all products of the repository that are monitored." },
    { name: "due", help: "Pass over products whose last check is younger than monitoring.checks.every." },
    { name: "format", value: "FORMAT", help: "text (default), json, markdown, or junit." },
    { name: "markdown", help: "The same as --format markdown." },
    { name: "junit", help: "The same as --format junit." },
    {
      name: "window",
      value: "WINDOW",
      help: "What is judged: hour, day, week, month or 5000rows (the last one that is over), a day (the window that holds it), FROM..TO, or all.",
    },
    { name: "missed", help: "Judge the windows that ended since the last check as well, at most 52." },
    { name: "mode", value: "MODE", help: "own, or evidently: methods and limits as Evidently picks them. Default: as the product says." },
    { name: "separator", value: "CHARACTER", help: "Between fields of CSV files, e.g. ; or tab, in place of monitoring.read." },
    { name: "encoding", value: "NAME", help: "Of text files, e.g. windows-1252, in place of monitoring.read." },
    { name: "missing", value: "TEXT", repeatable: true, help: "Text that stands for a missing value, in place of monitoring.read." },
    { name: "ignore", value: "COLUMN", repeatable: true, help: "Leave this column out as well. Can be repeated." },
    { name: "type", value: "COLUMN=TYPE", repeatable: true, help: "Judge a column as num, cat or text, where the guess is wrong." },
    { name: "no-write", help: "Keep no result." },
    { name: "webhook", value: "URL", help: "Tell this address of what becomes worse. Default: MLOPS_WEBHOOK_URL." },
    { name: "today", value: "YYYY-MM-DD", help: "Judge as on that day. Default: now." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops monitor churn-model",
    "mlops monitor models/churn --window 2026-11-02 --no-write",
    'mlops monitor --all --format markdown >> "$GITHUB_STEP_SUMMARY"',
    "mlops monitor --all --due --quiet",
  ],
  async run(context) {
    const { monitorPrograms } = await import("../monitor/monitorPrograms");
    return monitorPrograms.monitor(context);
  },
};
