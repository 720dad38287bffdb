import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops gate`: whether a version may go to a target. */
export const gateCommand: Command = {
  name: "gate",
  summary: "Judge whether a version may be released to a target.",
  description:
    "Judges the product's mlops.yaml, its sign-offs, evaluation, drift, registry entry and git state, as the editor does. Each check says what\n" +
    "it rests on and what to do. What cannot be judged does not pass. The decision is kept in .mlops/gate-log.jsonl beside the file.\n" +
    "\n" +
    "Exit code: 0 it may be released, 1 it is blocked (with --strict also for a warning), 2 for wrong use or a decision that could not be\n" +
    "kept, 3 if it could not be judged.",
  argument: { value: "PRODUCT", required: true, help: "A product's name, its mlops.yaml, or its folder." },
  options: [
    { name: "target", value: "TARGET", help: "Key below deploy.targets. Default: the only one." },
    { name: "version", value: "VERSION", help: "Version of the model. Default: model.version of the file." },
    {
      name: "rollback",
      help: "Judge going back to this version: allowed to one that the gate let through here, or that was approved and not rejected since.",
    },
    { name: "format", value: "FORMAT", help: "text (default), json, sarif, junit, or markdown." },
    { name: "strict", help: "Exit with 1 for warnings as well." },
    { name: "no-write", help: "Do not keep the decision." },
    { name: "today", value: "YYYY-MM-DD", help: "Judge as on that day. Default: today." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops gate applicant-ranking --target production",
    "mlops gate models/churn --target production --version 14 --json",
    'mlops gate churn-model --target production --format markdown >> "$GITHUB_STEP_SUMMARY"',
    "mlops gate churn-model --target production --version 13 --rollback",
  ],
  async run(context) {
    const { gatePrograms } = await import("../gate/gatePrograms");
    return gatePrograms.gate(context);
  },
};
