import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops check-data`: whether data are complete and correct, before anything is trained. */
export const checkDataCommand: Command = {
  name: "check-data",
  summary: "Check whether data are complete and correct before a training.",
  description:
    "Judges the data of a product by what its mlops.yaml expects (data[].expect) and by data contracts (data[].contract, Open Data\n" +
    "Contract Standard 3). Nothing is changed. Of rows nothing is told but counts, row numbers and the limits that they break.\n" +
    "\n" +
    "Exit code: 0 fine or nothing expected, 1 data that are not as expected, 2 for wrong use, an mlops.yaml that cannot be read or a\n" +
    "result that could not be kept, 3 if something could not be judged.",
  argument: { value: "PRODUCT", repeatable: true, required: true, help: "A product's name, its mlops.yaml, or a folder." },
  options: [
    { name: "write", help: "Keep the result in .mlops/data-checks beside the mlops.yaml, for a sign-off to name with its SHA-256." },
    { name: "format", value: "FORMAT", help: "text (default), json, markdown, or junit." },
    { name: "markdown", help: "The same as --format markdown." },
    { name: "junit", help: "The same as --format junit." },
    { name: "today", value: "YYYY-MM-DD", help: "Judge how new data are as on that day. Default: now." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops check-data churn-classifier",
    'mlops check-data models/churn --markdown >> "$GITHUB_STEP_SUMMARY"',
    "mlops check-data . --write",
  ],
  async run(context) {
    const { dataCheckPrograms } = await import("../dataCheck/dataCheckPrograms");
    return dataCheckPrograms.checkData(context);
  },
};
