import { type Command, COMMON_OPTIONS } from "../command";
import { EXIT } from "../exitCode";
import { onePage } from "../pages";

/** `mlops rules`: all lint rules. */
export const rulesCommand: Command = {
  name: "rules",
  summary: "List the rules of lint.",
  description: "Lists each rule with how much it weighs in development, staging and production, and the law behind it.",
  options: COMMON_OPTIONS,
  examples: ["mlops rules", "mlops rules --json | jq -r '.rules[] | select(.severity.production == \"error\") | .name'"],
  async run({ output }) {
    const { RULE_METAS } = await import("../lint/ruleWords");
    if (output.isJson) {
      await output.jsonList("rules", onePage(RULE_METAS), (meta) => ({
        code: meta.code,
        name: meta.name,
        challenge: meta.challenge,
        severity: meta.severity,
        article: meta.article,
        fixable: meta.noFix === null,
        no_fix: meta.noFix,
        suppressible: meta.suppressible,
        summary: meta.summary,
        docs: `docs/rules/${meta.name}.md`,
      }));
      return EXIT.fine;
    }
    await output.table(onePage(RULE_METAS), () => [
      { title: "CODE", cell: ({ code }) => code },
      { title: "RULE", cell: ({ name }) => name },
      { title: "CHALLENGE", isOptional: true, cell: ({ challenge }) => challenge },
      {
        title: "DEV/STAGING/PROD",
        cell: ({ severity }) => [severity.development, severity.staging, severity.production].map(letter).join("/"),
      },
      { title: "LAW", shrinkTo: 12, isOptional: true, cell: ({ article }) => article ?? "" },
      { title: "QUICK FIX", cell: ({ noFix }) => (noFix === null ? "always" : "") },
      { title: "WHAT MUST BE THERE", shrinkTo: 20, cell: ({ summary }) => summary },
    ]);
    await output.note("E is an error, W a warning, I a hint. mlops explain RULE says more.");
    return EXIT.fine;
  },
};

function letter(severity: string): string {
  return severity === "off" ? "–" : severity.charAt(0).toUpperCase();
}
