import { type Command, COMMON_OPTIONS } from "../command";

/** `mlops request-sign-off`: drafts for people to fill in. */
export const requestSignOffCommand: Command = {
  name: "request-sign-off",
  summary: "Draft the sign-offs that are needed, for people to fill in and commit.",
  description:
    "Writes a draft into .mlops/signoffs beside the product's mlops.yaml for each decision that is due and that nobody was asked for, and says\n" +
    "whom to ask and why. A draft is bound to the commit, the model and what the decision covers. Who decides, what and why is left empty:\n" +
    "whoever decides fills that in and commits the file alone, with an own address as the author. Nothing is signed here.\n" +
    "\n" +
    "Exit code: 0 written, or nothing to ask for; 2 for wrong use, or a draft that could not be written.",
  argument: { value: "PRODUCT", required: true, help: "A product's name, its mlops.yaml, or its folder." },
  options: [
    {
      name: "subject",
      value: "SUBJECT",
      help: "launch, data, risk, dpia, fria, review, exception or early, also where it is not due. Default: all that are due.",
    },
    { name: "today", value: "YYYY-MM-DD", help: "Judge as on that day. Default: today." },
    ...COMMON_OPTIONS,
  ],
  examples: ["mlops request-sign-off churn-model", "mlops request-sign-off models/churn --subject early --json"],
  async run(context) {
    const { verifyPrograms } = await import("../verify/verifyPrograms");
    return verifyPrograms.requestSignOff(context);
  },
};
