import { html, nothing, type TemplateResult } from "lit";

import type { DriftOptions, DriftView } from "../../src/protocol/drift";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { selectBox } from "./selectBox";

const WINDOWS: Readonly<Record<NonNullable<DriftOptions["window"]>, string>> = { hour: "Hour", day: "Day", week: "Week", month: "Month" };

/** How the comparison is made: every change goes to the host, which computes anew. */
export function renderOptions(view: DriftView, change: (options: Partial<DriftOptions>) => void): TemplateResult {
  const { options } = view;
  const { segment } = options;
  return html`<div class="options" role="group" aria-label=${t("Comparison")}>
    ${selectBox({
      label: t("Judge as"),
      value: options.mode,
      choices: [
        { value: "own", label: t("Our defaults") },
        { value: "evidently", label: t("Evidently does") },
      ],
      choose: (mode) => change({ mode: mode === "evidently" ? "evidently" : "own" }),
    })}
    ${selectBox({
      label: t("Method"),
      value: options.method ?? "",
      choices: [{ value: "", label: t("Picked by column") }, ...view.methodChoices.map(({ id, label }) => ({ value: id, label }))],
      choose: (method) => change({ method: method === "" ? null : method }),
    })}
    ${
      view.timeColumns.length === 0
        ? nothing
        : html`${selectBox({
            label: t("Windows"),
            value: options.window ?? "",
            choices: [{ value: "", label: t("None") }, ...Object.entries(WINDOWS).map(([value, label]) => ({ value, label: t(label) }))],
            choose: (window) => change({ window: window === "" ? null : (window as DriftOptions["window"]), shownWindow: null }),
          })}
          ${
            options.window !== null && view.timeColumns.length > 1
              ? selectBox({
                  label: t("Time"),
                  value: options.timeColumn ?? "",
                  choices: view.timeColumns.map((value) => ({ value, label: value })),
                  choose: (timeColumn) => change({ timeColumn }),
                })
              : nothing
          }
          ${
            view.windows.length > 0
              ? selectBox({
                  label: t("Show"),
                  value: options.shownWindow === null ? "" : String(options.shownWindow),
                  choices: [
                    { value: "", label: t("All rows") },
                    // The newest first: it is what people look for.
                    ...view.windows.map(({ label }, index) => ({ value: String(index), label })).reverse(),
                  ],
                  choose: (index) => change({ shownWindow: index === "" ? null : Number(index) }),
                })
              : nothing
          }`
    }
    ${
      segment === null
        ? nothing
        : html`<span class="chip"
            ><span class="ellipsis">${t("Only {0} = {1}", segment.column, segment.value ?? t("(missing)"))}</span
            ><button
              class="tool"
              aria-label=${t("Show all rows again")}
              title=${t("Show all rows again")}
              @click=${() => change({ segment: null })}
            >
              ${icon("close")}
            </button></span
          >`
    }
  </div>`;
}
