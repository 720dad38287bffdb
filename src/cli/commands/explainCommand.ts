import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops explain RULE`: all that a rule says of itself. */
export const explainCommand: Command = {
  name: "explain",
  summary: "Say why a rule of lint exists and what to do about its findings.",
  description:
    "Says what a rule wants and why, how much it weighs, which law is behind it and from when, and how a finding is mended or left.",
  argument: { value: "RULE", required: true, help: "Code or name of the rule, such as RESP01 or owner-missing, in capitals or not." },
  options: COMMON_OPTIONS.filter(({ name }) => name === "help"),
  examples: ["mlops explain owner-missing", "mlops explain COMP07"],
  async run(context) {
    const { lintPrograms } = await import("../lint/lintPrograms");
    return lintPrograms.explain(context);
  },
};
