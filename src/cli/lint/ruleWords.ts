import { sayDate } from "../../core/config/dates";
import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { LintStage, RuleMeta } from "../../core/lint/ruleMeta";
import { dutiesOf } from "./ruleArticles";

const STAGES: readonly LintStage[] = ["development", "staging", "production"];

/** A heading and what stands below it, for a page in a terminal or in a code scanner. */
export interface RuleSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** All that a rule says of itself. */
export function ruleSections(meta: RuleMeta, calendar: RegulationCalendar): readonly RuleSection[] {
  return [
    { title: "Why", paragraphs: [meta.why] },
    { title: "How much it weighs", paragraphs: [weightSentence(meta)] },
    ...lawSection(meta, calendar),
    {
      title: "How to mend it",
      paragraphs: mendParagraphs(meta),
    },
    { title: "How to leave a finding as it is", paragraphs: suppressParagraphs(meta) },
  ];
}

function weightSentence({ severity, suppressible }: RuleMeta): string {
  const weights = STAGES.map((stage) => `${severity[stage]} in ${stage}`);
  return `${weights.slice(0, -1).join(", ")} and ${weights.at(-1) ?? ""}${suppressible ? "; a policy can change it" : ""}.`.replace(
    /^./,
    (letter) => letter.toUpperCase(),
  );
}

function mendParagraphs({ noFix }: RuleMeta): readonly string[] {
  const always = "The editor offers quick fixes; mlops lint --fix applies those that need no decision.";
  return noFix === null
    ? [always]
    : [`${always} Where there is none: ${noFix.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase())}`];
}

function lawSection({ article }: RuleMeta, calendar: RegulationCalendar): readonly RuleSection[] {
  if (article === null) {
    return [];
  }
  const days = dutiesOf(article, calendar).map(({ date, what, article: source }) => `From ${sayDate(date)}: ${what} (${source})`);
  const checked = `The days were last checked on ${sayDate(calendar.checkedOn)}. This is no legal advice.`;
  return [{ title: "The law", paragraphs: [`${article}.`, ...days, checked] }];
}

function suppressParagraphs({ suppressible, name }: RuleMeta): readonly string[] {
  return suppressible
    ? [
        "Write into the file, with your reason, the last day and who decided it:",
        `lint: {ignore: [{rule: ${name}, why: "…", until: YYYY-MM-DD, by: name@example.org}]}`,
      ]
    : ["It may not be left as it is, and no policy can make it weigh less."];
}

/** The page as Markdown. */
export function ruleMarkdown(meta: RuleMeta, calendar: RegulationCalendar): string {
  const sections = ruleSections(meta, calendar).map(({ title, paragraphs }) => `## ${title}\n\n${paragraphs.map(asCode).join("\n\n")}`);
  return [`# ${meta.name} (${meta.code})`, meta.summary, ...sections].join("\n\n");
}

/** The page as plain text. */
export function ruleText(meta: RuleMeta, calendar: RegulationCalendar): string {
  const sections = ruleSections(meta, calendar).map(({ title, paragraphs }) => `${title}: ${paragraphs.join("\n")}`);
  return [meta.summary, ...sections].join("\n\n");
}

function asCode(paragraph: string): string {
  return paragraph.startsWith("lint: {") ? `\`${paragraph}\`` : paragraph;
}
