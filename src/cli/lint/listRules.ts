import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { onePage } from "../pages";
import { RULE_METAS } from "../../core/lint/allRules";

/** `mlops rules`, once it is asked for. */
export async function listRules({ output }: CommandContext): Promise<number> {
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
}

function letter(severity: string): string {
  return severity === "off" ? "–" : severity.charAt(0).toUpperCase();
}
