import { html, nothing, type TemplateResult } from "lit";

import type { DriftColumnDetail, DriftColumnRow, DriftScore, DriftToolRow } from "../../src/protocol/drift";
import { t } from "../shared/l10n";
import { countText, isNumber, numberText, percentText } from "./numberText";
import { plainTable } from "./plainTable";
import { scoreText } from "./renderCell";

const QUANTILES = ["1 %", "5 %", "25 %", "50 % (median)", "75 %", "95 %", "99 %"];

/** Both sides beside each other, a row a figure. */
export function statsTable({ sides, name, outOfRange }: DriftColumnDetail): TemplateResult {
  const counts = (label: string, of: (side: DriftColumnDetail["sides"][number]) => number): readonly string[] => [
    label,
    ...sides.map((side) => countText(of(side))),
    "",
  ];
  const numbers = sides.map((side) => side.numbers);
  const figure = (label: string, of: (figures: NonNullable<(typeof numbers)[number]>) => number | undefined): readonly string[] => {
    const values = numbers.map((each) => (each === null ? null : (of(each) ?? null)));
    const [before, now] = values;
    const change = isNumber(before) && isNumber(now) ? now - before : null;
    return [
      label,
      ...values.map((value) => numberText(value, 5)),
      change !== null && change > 0 ? `+${numberText(change)}` : numberText(change),
    ];
  };
  const rows: readonly (readonly string[])[] = [
    counts(t("Rows"), ({ rows: count }) => count),
    [
      t("Missing"),
      ...sides.map(({ missing, rows: count }) => `${countText(missing)} (${percentText(count > 0 ? missing / count : null)})`),
      "",
    ],
    ...(sides.some(({ infinite }) => infinite > 0) ? [counts(t("Infinite"), ({ infinite }) => infinite)] : []),
    counts(t("Distinct values"), ({ distinct }) => distinct),
    ...(numbers.every((each) => each === null)
      ? []
      : [
          figure(t("Mean"), ({ mean }) => mean),
          figure(t("Standard deviation"), ({ std }) => std),
          figure(t("Minimum"), ({ min }) => min),
          ...QUANTILES.map((label, index) => figure(t(label), ({ quantiles }) => quantiles[index])),
          figure(t("Maximum"), ({ max }) => max),
        ]),
  ];
  return html`${plainTable(
    t("Both sides of {0} in numbers", name),
    [{ label: t("Figure") }, ...sides.map(({ label }) => ({ label })), { label: t("Change") }],
    rows,
  )}
  ${
    outOfRange === null || outOfRange.below + outOfRange.above === 0
      ? nothing
      : html`<p>
          ${t("{0} current values lie below the reference's range and {1} above it.", countText(outOfRange.below), countText(outOfRange.above))}
        </p>`
  }`;
}

/** Categories that came or went, the most frequent first. */
export function categoryTables(detail: DriftColumnDetail, row: DriftColumnRow): TemplateResult | typeof nothing {
  const table = (title: string, list: DriftColumnDetail["newCategories"], all: number): TemplateResult | typeof nothing =>
    list.length === 0
      ? nothing
      : html`<section>
          <h3>${title}</h3>
          ${plainTable(
            title,
            [{ label: t("Category") }, { label: t("Rows") }],
            list.map(({ value, count }) => [value === "" ? t("(empty text)") : value, countText(count)]),
          )}
          ${list.length < all ? html`<p class="facts">${t("The {0} most frequent of {1}", countText(list.length), countText(all))}</p>` : nothing}
        </section>`;
  const newer = table(t("New categories"), detail.newCategories, row.newCategories);
  const lost = table(t("Lost categories"), detail.lostCategories, row.lostCategories);
  return newer === nothing && lost === nothing ? nothing : html`${newer}${lost}`;
}

export function methodTable(methods: readonly DriftScore[]): TemplateResult {
  return methods.length === 0
    ? html`<p class="facts">${t("No method can be computed for this column.")}</p>`
    : plainTable(
        t("By every method"),
        [{ label: t("Method") }, { label: t("Score and limit") }, { label: t("Says") }, { label: t("Note"), words: true }],
        methods.map((score) => [score.label, scoreText(score), saysText(score), noteText(score)]),
        (index) => methods[index]?.score == null,
      );
}

/** What each tool would say by its defaults, and why it differs. */
export function toolTable(tools: readonly DriftToolRow[]): TemplateResult {
  if (tools.length === 0) {
    return html`<p class="facts">${t("No other tool can judge this column.")}</p>`;
  }
  const verdicts = new Set(tools.flatMap(({ score: { drifted } }) => (drifted === null ? [] : [drifted])));
  return html`<p>${verdicts.size > 1 ? t("The tools disagree about this column.") : t("All tools that can judge this column agree.")}</p>
    ${plainTable(
      t("Why the tools disagree"),
      [{ label: t("Tool") }, { label: t("Score and limit") }, { label: t("Says") }, { label: t("Why"), words: true }],
      tools.map(({ tool, score, rows, why }) => [
        html`<b>${tool}</b>
          <div class="facts">${score.label}</div>
          <div class="facts">${t("{0} and {1} rows", countText(rows.reference), countText(rows.current))}</div>`,
        scoreText(score),
        saysText(score),
        why,
      ]),
      (index) => tools[index]?.score.score == null,
    )}`;
}

function saysText({ drifted }: Pick<DriftScore, "drifted">): string {
  return drifted === null ? t("Not judged") : drifted ? t("Drift") : t("No drift");
}

function noteText({ reason, effect }: DriftScore): string {
  return [effect === null ? "" : `${effect.label} ${numberText(effect.score)}`, reason ?? ""].filter((part) => part !== "").join(". ");
}
