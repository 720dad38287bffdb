import { html, nothing, type TemplateResult } from "lit";

import type { OverviewRow, OverviewStackLine } from "../../src/protocol/overview";
import { formatInteger } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { wordTable } from "../shared/wordTable";

/** Which tools and versions all products share, and which of them go another way. */
export function renderStack(stack: readonly OverviewStackLine[], rows: readonly OverviewRow[]): TemplateResult {
  if (stack.length === 0) {
    return html`<p class="hint">${t("No product names a tool or a version yet.")}</p>`;
  }
  const odd = new Set(stack.flatMap((line) => line.odd.map(({ product }) => product)));
  const withTools = rows.filter(({ tools }) => tools.length > 0);
  return html`<p>
      ${
        odd.size === 0
          ? t("All products use the same tools.")
          : odd.size === 1
            ? t("One product goes another way.")
            : t("{0} products go another way.", formatInteger(odd.size))
      }
    </p>
    ${wordTable(
      t("Tools that most use"),
      [t("What"), t("Most use"), t("The odd ones out")],
      stack.map((line) => [line.kind, line.majority ?? t("no majority"), oddOnes(line)]),
    )}
    ${
      withTools.length < 2
        ? nothing
        : html`<h2>${t("Side by side")}</h2>
            ${sideBySide(stack, withTools)}`
    }`;
}

function oddOnes({ odd }: OverviewStackLine): TemplateResult {
  return odd.length === 0
    ? html`<span class="light good">${icon("pass-filled")}<span>${t("none")}</span></span>`
    : html`${odd.map(({ product, value }, index) => html`${index === 0 ? nothing : html`<br />`}${oddMark(html`${product}: <b>${value}</b>`)}`)}`;
}

function sideBySide(stack: readonly OverviewStackLine[], rows: readonly OverviewRow[]): TemplateResult {
  const odd = new Set(stack.flatMap((line) => line.odd.map(({ product, value }) => [line.kind, product, value].join("\n"))));
  const cell = ({ name, tools }: OverviewRow, kind: string): unknown => {
    const values = tools.filter((tool) => tool.kind === kind).map(({ value }) => value);
    const isOdd = values.some((value) => odd.has([kind, name, value].join("\n")));
    return values.length === 0 ? "—" : isOdd ? oddMark(values.join(", ")) : values.join(", ");
  };
  return wordTable(
    t("Tools and versions side by side"),
    [t("Product"), ...stack.map(({ kind }) => kind)],
    rows.map((row) => [row.name, ...stack.map(({ kind }) => cell(row, kind))]),
  );
}

/** By an icon as well as by its colour. */
function oddMark(words: unknown): TemplateResult {
  return html`<span class="light attention">${icon("warning")}<span>${words}</span></span>`;
}
