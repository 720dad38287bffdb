import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops report`: what is documented of a model, for auditors and whoever answers for it. */
export const reportCommand: Command = {
  name: "report",
  summary: "Write what is documented, missing or expired of a model, or its model card or bill of materials.",
  description:
    "Looks at the mlops.yaml, the documents that it names, sign-offs, checks, evaluation, logs and git, and writes one report: Markdown, HTML that opens\n" +
    "offline and prints, or JSON; or a Hugging Face model card, or a CycloneDX 1.7 bill of materials. Nothing is sent and no server is asked. The same\n" +
    "commit gives the same bytes but for the line with the day and the seal. Not legal advice.\n" +
    "\n" +
    "Exit code: 0 written, 2 for wrong use or a file that cannot be read.",
  argument: { value: "PRODUCT", repeatable: true, help: "A product's name, its mlops.yaml, or a folder." },
  options: [
    { name: "format", value: "FORMAT", help: "markdown (default), html, json, modelcard, or cyclonedx." },
    { name: "all", help: "All models of the folder on one page." },
    { name: "internal", help: "For readers inside (default)." },
    { name: "external", help: "For readers outside: without addresses and internal paths." },
    { name: "version", value: "V", help: "Version of the model. Default: model.version of the file." },
    { name: "write", help: "Keep it in .mlops/reports beside the mlops.yaml, where the next report says what changed since." },
    { name: "today", value: "YYYY-MM-DD", help: "Judge as on that day. Default: today." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops report churn-model > report.md",
    "mlops report churn-model --format html --external > report.html",
    "mlops report churn-model --format json --write",
    "mlops report churn-model --format cyclonedx > churn-model.cdx.json",
    "mlops report --all",
  ],
  async run(context) {
    const { reportPrograms } = await import("../report/reportPrograms");
    return reportPrograms.report(context);
  },
};
