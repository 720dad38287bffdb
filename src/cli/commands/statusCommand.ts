import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops status`: all products, five challenges, cost, what waits for whom. */
export const statusCommand: Command = {
  name: "status",
  summary: "Show all models: five challenges, cost, and what waits for whom.",
  description:
    "One row a product of the current folder, and one a registered model that no mlops.yaml owns. Each of the five lights (effort, cost,\n" +
    "knowledge, responsibility, compliance) follows from findings, checks, trainings, deployments, sign-offs and runs that exist; what is\n" +
    "not known says what is missing. Nothing is written, and targets are not asked.\n" +
    "\n" +
    "With --since it also tells what happened meanwhile, as a digest for a chat or a mail. A webhook that --webhook or MLOPS_WEBHOOK_URL\n" +
    "names is sent the digest. --workflow prints a GitHub Actions workflow that does so once a week.\n" +
    "\n" +
    "Exit code: 0 also where something is in trouble, since this reports and judges nothing; 2 for wrong use or a digest that could not be sent.",
  argument: { value: "PATH", repeatable: true, help: "A folder, or a product's mlops.yaml. Default: the current folder." },
  options: [
    { name: "all", help: "Show all products of the repository." },
    { name: "since", value: "TIME", help: "Tell what happened since: 7d, 24h, 2w (at most 35 days), or a day." },
    { name: "markdown", help: "Write Markdown, for a chat, a mail or $GITHUB_STEP_SUMMARY." },
    { name: "mine", help: "Show only what waits for you, by the e-mail address of git." },
    { name: "webhook", value: "URL", help: "Send the digest to this address. Default with --since: MLOPS_WEBHOOK_URL." },
    { name: "workflow", help: "Print a workflow of GitHub Actions that posts the digest once a week." },
    { name: "today", value: "YYYY-MM-DD", help: "Judge as on that day. Default: now." },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "mlops status",
    "mlops status --all --json",
    'mlops status --all --since 7d --markdown >> "$GITHUB_STEP_SUMMARY"',
    "mlops status --workflow > .github/workflows/mlops-digest.yml",
  ],
  async run(context) {
    const { statusPrograms } = await import("../status/statusPrograms");
    return statusPrograms.status(context);
  },
};
