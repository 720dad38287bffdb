import type { Product } from "../../config/product";
import { isGiven } from "../../lint/isGiven";
import { prose } from "./markdown";
import { missingParts } from "./missingParts";
import {
  figuresSection,
  peopleSection,
  placesSection,
  purposeSection,
  releaseSection,
  retrainSection,
  scheduleSection,
  stopSection,
  type RunbookSection,
} from "./runbookSections";

/** Name of the page, which stands beside the product's file. */
export const RUNBOOK_FILE = "RUNBOOK.md";

export interface RunbookFacts {
  /** The product's file from the root of the repository, with forward slashes. */
  readonly config: string;
  /** The page as it is; null where there is none. */
  readonly before: string | null;
}

const START = /^<!-- mlops-runbook: start\b[^\n]*-->$/m;
const END = /^<!-- mlops-runbook: end\b[^\n]*-->$/m;
const END_LINE = "<!-- mlops-runbook: end. What follows is written by people and stays. -->";
const NOTES = "## Notes\n\nWhat only people know: write it here, or above the first marker. It stays when the page is made again.\n";

/**
 * A page about a model, made from its file alone: the same file gives the same page on each day. What people wrote before and behind the
 * markers stays; all of a page without markers does.
 */
export function makeRunbook(product: Product, { config, before }: RunbookFacts): string {
  const made = generatedPart(product, config);
  if (before === null || before.trim() === "") {
    return `${made}\n\n${NOTES}`;
  }
  const text = before.replaceAll("\r\n", "\n");
  const kept = keptParts(text);
  const page = `${kept.above}${made}${kept.below}`;
  return before.includes("\r\n") ? page.replaceAll("\n", "\r\n") : page;
}

/** Whether the page is not as it would be made now. */
export function isStale(text: string | null, product: Product, config: string): boolean {
  return text === null || makeRunbook(product, { config, before: text }) !== text;
}

function keptParts(text: string): { readonly above: string; readonly below: string } {
  const start = START.exec(text);
  const end = start === null ? null : END.exec(text.slice(start.index));
  if (start === null || end === null) {
    // Somebody else's page, or one whose markers were taken out: nothing of it is lost.
    return { above: "", below: `\n\n${text.trimStart()}` };
  }
  return { above: text.slice(0, start.index), below: text.slice(start.index + end.index + end[0].length) };
}

function generatedPart(product: Product, config: string): string {
  const file = config.split("/").at(-1) ?? config;
  const name = isGiven(product.name) ? product.name : (config.split("/").at(-2) ?? "");
  const sections: readonly RunbookSection[] = [
    purposeSection(product),
    peopleSection(product),
    scheduleSection(product),
    retrainSection(product, config),
    releaseSection(product),
    stopSection(product),
    figuresSection(product),
    placesSection(product),
    { title: "What is missing", lines: missingParts(product).map(({ text, code }) => `- ${text}${code === null ? "" : ` (${code})`}`) },
  ];
  return [
    `<!-- mlops-runbook: start. Made by MLOps Workbench from ${inComment(file)}: change that, and make the page anew. -->`,
    "",
    `# Runbook: ${name.trim() === "" ? "the model" : prose(name)}`,
    ...sections.filter(({ lines }) => lines.length > 0).flatMap(({ title, lines }) => ["", `## ${title}`, "", ...lines]),
    "",
    END_LINE,
  ].join("\n");
}

/** A comment ends at the first two dashes with a bracket, and a name may hold them. */
function inComment(text: string): string {
  return prose(text).replace(/-(?=-)/g, "- ");
}
