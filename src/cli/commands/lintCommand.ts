import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops lint`: what is wrong with mlops.yaml and pipeline files, as the editor shows it. */
export const lintCommand: Command = {
  name: "lint",
  summary: "Check mlops.yaml, policies and pipeline files, as the editor does.",
  description:
    "Checks mlops.yaml, *.mlops.yaml, .mlops/policy.yaml and pipeline files of other tools such as dvc.yaml, and says what the editor says,\n" +
    "in the same order. Folders are searched. Facts and policies are looked up in the git repository that holds a PATH, as in an editor\n" +
    "that opens the repository, or in the folder itself where there is none. No network, no server and no Python are needed.\n" +
    "\n" +
    "Exit code: 0 without errors and with at most N warnings, 1 otherwise, 2 for wrong use or a file that cannot be read.",
  argument: { value: "PATH", repeatable: true, help: "A file or a folder. Default: the current folder." },
  options: [
    { name: "format", value: "FORMAT", help: "stylish (default), json, sarif (2.1.0), junit, or github (annotations in GitHub Actions)." },
    { name: "fix", help: "Apply the fixes that need no decision, write the files, and report what is left." },
    { name: "diff", help: "Write no file; print what --fix would change, and end with 1 if there is something." },
    { name: "stage", value: "STAGE", help: "Judge as in development, staging or production, in place of each file's stage." },
    { name: "today", value: "YYYY-MM-DD", help: "Judge as on that day. Default: today." },
    { name: "max-warnings", value: "N", help: "End with 1 for more than N warnings. Default: any number is fine." },
    { name: "baseline", value: "FILE", help: "Findings that this file lists do not count, so that only new ones do." },
    { name: "update-baseline", help: "Write what is found now into the baseline; what must be mended is not taken." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops lint",
    "mlops lint models/churn --stage production --max-warnings 0",
    "mlops lint --format sarif > mlops.sarif",
    "mlops lint --baseline .mlops/lint-baseline.json --update-baseline",
  ],
  async run(context) {
    const { lintPrograms } = await import("../lint/lintPrograms");
    return lintPrograms.lint(context);
  },
};
