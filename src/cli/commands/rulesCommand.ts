import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops rules`: all lint rules. */
export const rulesCommand: Command = {
  name: "rules",
  summary: "List the rules of lint.",
  description: "Lists each rule with how much it weighs in development, staging and production, and the law behind it.",
  options: COMMON_OPTIONS,
  examples: ["mlops rules", "mlops rules --json | jq -r '.rules[] | select(.severity.production == \"error\") | .name'"],
  async run(context) {
    const { lintPrograms } = await import("../lint/lintPrograms");
    return lintPrograms.rules(context);
  },
};
