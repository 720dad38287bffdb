import { choice, list, object, text, yesNo } from "./field";

/** People who watch the model at work and can stop it. */
export const OVERSIGHT_FIELD = object(
  "Who watches the model at work, and how they can overrule and stop it.",
  {
    people: list("E-mail addresses of those who watch the model.", text("E-mail address of a person or team.", "email"), {
      single: true,
      article: "AI Act Art. 14(4); AI Act Art. 26(2)",
      duty: "high-risk-annex-iii",
      example: "[hr-leads@example.org]",
    }),
    training: text("File that shows what these people were taught.", "path", {
      article: "AI Act Art. 14(4)",
      duty: "high-risk-annex-iii",
      example: "docs/oversight-training.md",
    }),
    can: list(
      "What these people are able to do.",
      choice("One thing that these people are able to do.", {
        understand: "They can tell what the model is able to do and where it fails.",
        interpret: "They can tell what a result means.",
        ignore: "They can leave a result out of account.",
        override: "They can decide otherwise.",
        reverse: "They can undo what was decided.",
        stop: "They can bring the model to a halt.",
      }),
      {
        single: true,
        article: "AI Act Art. 14(4)",
        duty: "high-risk-annex-iii",
        example: "[ignore, override, stop]",
      },
    ),
    stop: text("File that says how the model is stopped.", "path", {
      article: "AI Act Art. 14(4)(e)",
      duty: "high-risk-annex-iii",
      example: "docs/stop.md",
    }),
    bias_notice: yesNo("Whether these people are told of the tendency to trust a machine too much.", {
      article: "AI Act Art. 14(4)(b)",
      duty: "high-risk-annex-iii",
    }),
    two_persons: yesNo("Whether two people confirm each result of a remote biometric identification.", {
      article: "AI Act Art. 14(5)",
      duty: "high-risk-annex-iii",
    }),
  },
  { article: "AI Act Art. 14", duty: "high-risk-annex-iii" },
);
