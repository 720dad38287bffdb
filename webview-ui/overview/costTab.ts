import { html, nothing, type TemplateResult } from "lit";

import {
  OVERVIEW_COST_SIDES,
  type OverviewCostGroup,
  type OverviewCosts,
  type OverviewCostSide,
  type OverviewMonth,
  type OverviewSum,
} from "../../src/protocol/overview";
import { selectBox } from "../shared/selectBox";
import { formatInteger } from "../shared/format";
import { t } from "../shared/l10n";
import { moneyText } from "../shared/moneyText";
import { notice } from "../shared/notice";
import { figure } from "../shared/planning/figure";
import { wordTable } from "../shared/wordTable";
import { deletedText, hasPrice, hoursText, monthName, named, percentText, sumText, unpricedText } from "./overviewText";
import type { OverviewPageState } from "./pageState";

export interface CostProps {
  readonly costs: OverviewCosts;
  readonly page: OverviewPageState;
  readonly change: (change: Partial<OverviewPageState>) => void;
  readonly openPolicy: () => void;
}

const ALL = "all";

/** What runs cost: a month against its budget, and by what. */
export function renderCost({ costs, page, change, openPolicy }: CostProps): TemplateResult {
  const { all, by, currency } = costs;
  if (all.total.runs === 0) {
    return html`<p class="hint">${t("No run was found in the stores of this workspace, so that nothing is known of costs.")}</p>`;
  }
  const months = all.months.map(({ month }) => month);
  const chosen = page.costMonth === ALL ? null : (months.find((month) => month === page.costMonth) ?? months[0] ?? null);
  const inMonth = chosen === null ? undefined : all.months.find(({ month }) => month === chosen);
  const sum = inMonth ?? all.total;
  const sides: Readonly<Record<OverviewCostSide, string>> = {
    product: t("product"),
    model: t("model"),
    experiment: t("experiment"),
    person: t("person"),
  };
  return html`${problems(costs, openPolicy)}
    <div class="choices">
      ${selectBox({
        label: t("Month"),
        value: chosen ?? ALL,
        choices: [...months.map((month) => ({ value: month, label: monthName(month) })), { value: ALL, label: t("all months") }],
        choose: (costMonth) => change({ costMonth }),
      })}
      ${selectBox({
        label: t("By"),
        value: page.costSide,
        choices: OVERVIEW_COST_SIDES.map((side) => ({ value: side, label: sides[side] })),
        choose: (value) => change({ costSide: OVERVIEW_COST_SIDES.find((side) => side === value) ?? "product" }),
      })}
    </div>
    <dl class="figures">
      ${figure(t("Cost"), sumText(sum))} ${inMonth?.budget == null ? nothing : figure(t("Budget"), moneyText(inMonth.budget, currency))}
      ${inMonth?.forecast == null ? nothing : figure(t("Forecast"), moneyText(inMonth.forecast, currency))}
      ${figure(t("Runs"), formatInteger(sum.runs))} ${figure(t("Hours"), hoursText(sum.hours))}
    </dl>
    ${[deletedText(sum), unpricedText(sum)].filter(Boolean).map((words) => html`<p class="hint">${words}</p>`)}
    <h2>${t("By {0}", sides[page.costSide])}</h2>
    ${groupTable(by[page.costSide], chosen, sum, { side: sides[page.costSide], folder: costs.folder })}
    ${costs.more[page.costSide] === 0 ? nothing : html`<p class="hint">${t("and {0} more, which cost less", costs.more[page.costSide])}</p>`}
    <h2>${t("By month")}</h2>
    ${wordTable(
      named(t("Cost by month"), costs.folder),
      [t("Month"), t("Cost"), t("Budget"), t("Forecast"), t("Runs"), t("Hours")],
      all.months.map((month) => [
        monthName(month.month),
        number(sumText(month)),
        budgetCell(month),
        number(month.forecast === null ? "—" : moneyText(month.forecast, currency)),
        number(formatInteger(month.runs)),
        number(hoursText(month.hours)),
      ]),
    )}
    <p class="hint">
      ${t(
        "A run costs its duration times the price of its kind of machine in .mlops/policy.yaml. A run over the end of a month counts in both with the hours of each. Months begin in {0}.",
        costs.timeZone,
      )}
    </p>`;
}

function problems({ problems: found }: OverviewCosts, openPolicy: () => void): readonly TemplateResult[] {
  return found.map((words) =>
    notice({
      ...{ kind: "warning", words },
      more: /price/i.test(words) ? html`<button class="action second" @click=${openPolicy}>${t("Open Prices")}</button>` : nothing,
    }),
  );
}

function groupTable(
  groups: readonly OverviewCostGroup[],
  month: string | null,
  whole: OverviewSum,
  { side, folder }: { readonly side: string; readonly folder: string | null },
): TemplateResult {
  interface Line {
    readonly label: string;
    readonly sum: OverviewSum;
    readonly budget: OverviewMonth | null;
  }
  const rows = groups.flatMap(({ label, total, months }): readonly Line[] => {
    const inMonth = months.find((one) => one.month === month);
    return month === null ? [{ label, sum: total, budget: null }] : inMonth === undefined ? [] : [{ label, sum: inMonth, budget: inMonth }];
  });
  const dearest = [...rows].sort((a, b) => b.sum.amount - a.sum.amount || b.sum.hours - a.sum.hours);
  return wordTable(
    named(t("Cost by {0}", side), folder),
    [side.charAt(0).toUpperCase() + side.slice(1), t("Cost"), t("Share"), t("Budget"), t("Runs"), t("Hours")],
    dearest.map(({ label, sum, budget }) => [
      label,
      number(sumText(sum)),
      whole.amount > 0 && hasPrice(sum) ? share(sum.amount / whole.amount) : "—",
      budget === null ? "—" : budgetCell(budget),
      number(formatInteger(sum.runs)),
      number(hoursText(sum.hours)),
    ]),
  );
}

/** The budget and how much of it is gone, in words. */
function budgetCell({ amount, budget, forecast, currency }: OverviewMonth): TemplateResult {
  if (budget === null) {
    return number("—");
  }
  const over = amount > budget ? t("over") : forecast !== null && forecast > budget ? t("over, as it goes") : null;
  return html`<span class="number">${moneyText(budget, currency)}</span> ${over === null ? nothing : html`<b>${over}</b>`}`;
}

function share(part: number): TemplateResult {
  return html`<span class="share" aria-hidden="true"><span style="width:${Math.min(100, part * 100)}%"></span></span
    ><span class="number">${percentText(part)}</span>`;
}

function number(text: string): TemplateResult {
  return html`<span class="number">${text}</span>`;
}
