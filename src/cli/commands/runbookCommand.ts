import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops runbook`: one page about a model, made from its mlops.yaml. */
export const runbookCommand: Command = {
  name: "runbook",
  summary: "Write a model's page from its mlops.yaml: what runs when, whom to call, how to retrain and roll back.",
  description:
    "Prints the page; --write keeps it as RUNBOOK.md beside the product's mlops.yaml, where what people wrote outside of the generated part\n" +
    "stays. --check changes nothing and tells whether the file is up to date.\n" +
    "\n" +
    "Exit code: 0 fine, 1 if --check finds the file missing or out of date, 2 for wrong use.",
  argument: { value: "PRODUCT", required: true, help: "A product's name, its mlops.yaml, or its folder." },
  options: [
    { name: "write", help: "Write RUNBOOK.md." },
    { name: "check", help: "Tell whether RUNBOOK.md is up to date." },
    ...COMMON_OPTIONS,
  ],
  examples: ["mlops runbook churn-model", "mlops runbook churn-model --write", "mlops runbook churn-model --check"],
  async run(context) {
    const { retrainPrograms } = await import("../retrain/retrainPrograms");
    return retrainPrograms.runbook(context);
  },
};
