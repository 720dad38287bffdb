import { AppError } from "../../core/base/appError";
import { didYouMean } from "../closestWord";
import { type Command, COMMON_OPTIONS } from "../command";
import { EXIT } from "../exitCode";
import { printable } from "../printable";
import { wrapText } from "../wrapText";

const WIDEST = 100;

/** `mlops explain RULE`: all that a rule says of itself. */
export const explainCommand: Command = {
  name: "explain",
  summary: "Say why a rule of lint exists and what to do about its findings.",
  description:
    "Says what a rule wants and why, how much it weighs, which law is behind it and from when, and how a finding is mended or left.",
  argument: { value: "RULE", required: true, help: "Code or name of the rule, such as RESP01 or owner-missing, in capitals or not." },
  options: COMMON_OPTIONS.filter(({ name }) => name === "help"),
  examples: ["mlops explain owner-missing", "mlops explain COMP07"],
  async run({ options, host }) {
    const [{ RULE_METAS, ruleSections }, { lintCalendar }] = await Promise.all([
      import("../lint/ruleWords"),
      import("../lint/lintCalendar"),
    ]);
    const wanted = (options.args[0] ?? "").trim().toLowerCase();
    const meta = RULE_METAS.find(({ code, name }) => name === wanted || code.toLowerCase() === wanted);
    if (meta === undefined) {
      const words = RULE_METAS.flatMap(({ code, name }) => [name, code]);
      throw new AppError("usage", `There is no rule "${printable(wanted.slice(0, 100))}".${didYouMean(wanted, words)}`, {
        remedy: "Run mlops rules to see them all.",
      });
    }
    const width = Math.min(WIDEST, host.stdout.columns ?? WIDEST);
    const body = ruleSections(meta, lintCalendar()).map(({ title, paragraphs }) =>
      [title, ...paragraphs.flatMap((paragraph) => wrapText(paragraph, width - 2).map((line) => `  ${line}`))].join("\n"),
    );
    const head = [`${meta.name} (${meta.code}), ${meta.challenge}`, "", ...wrapText(meta.summary, width)].join("\n");
    await host.stdout.write(`${[head, ...body].join("\n\n")}\n`);
    return EXIT.fine;
  },
};
