import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops verify`: whether records are as they were written. */
export const verifyCommand: Command = {
  name: "verify",
  summary: "Check that sign-offs, logs and reports are as they were written.",
  description:
    "Looks at the records beside each mlops.yaml: who committed the sign-offs and whether anybody changed them or their evidence since, the\n" +
    "hash-chained logs of gate and deployments, also against their committed versions, and the seals of kept reports. The first broken link is\n" +
    "named with its file and line.\n" +
    "\n" +
    "Exit code: 0 all is as it was written, 1 something is not, 2 for wrong use, 3 if not all could be judged.",
  argument: { value: "PATH", help: "A folder, a product's mlops.yaml, or its name. Default: the current folder." },
  options: [{ name: "today", value: "YYYY-MM-DD", help: "Judge as on that day. Default: today." }, ...COMMON_OPTIONS],
  examples: ["mlops verify", "mlops verify models/churn", "mlops verify --json"],
  async run(context) {
    const { verifyPrograms } = await import("../verify/verifyPrograms");
    return verifyPrograms.verify(context);
  },
};
