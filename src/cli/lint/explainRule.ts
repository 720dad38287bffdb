import { AppError } from "../../core/base/appError";
import { didYouMean } from "../closestWord";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { printable } from "../printable";
import { wrapText } from "../wrapText";
import { lintCalendar } from "./lintCalendar";
import { RULE_METAS } from "../../core/lint/allRules";
import { ruleSections } from "./ruleWords";

/** Longer lines are hard to read. */
const WIDEST = 100;

/** `mlops explain`, once it is asked for. */
export async function explainRule({ options, host }: CommandContext): Promise<number> {
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
}
