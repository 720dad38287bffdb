import { html, nothing, type TemplateResult } from "lit";

import type { DriftOptions, DriftView } from "../../src/protocol/drift";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { countText } from "./numberText";
import { selectBox } from "../shared/selectBox";

const WINDOWS = { hour: "Hour", day: "Day", week: "Week", month: "Month" } as const;
/** Usual sizes of windows by rows. */
const SIZES = [500, 1000, 5000, 10_000, 50_000];

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
            value: String(options.window ?? ""),
            choices: windowChoices(options.window),
            choose: (window) => change({ window: windowOf(window), shownWindow: null }),
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
      view.detectorChoices.length === 0
        ? nothing
        : selectBox({
            label: t("Changes found by"),
            value: options.detectors.join(" "),
            choices: detectorChoices(view),
            choose: (ids) => change({ detectors: view.detectorChoices.map(({ id }) => id).filter((id) => ids.split(" ").includes(id)) }),
          })
    }
    ${options.ignore.map((name) =>
      chip(t("Without {0}", name), t("Judge {0} again", name), () => change({ ignore: options.ignore.filter((other) => other !== name) })),
    )}
    ${
      segment === null
        ? nothing
        : chip(t("Only {0} = {1}", segment.column, segment.value ?? t("(missing)")), t("Show all rows again"), () =>
            change({ segment: null }),
          )
    }
  </div>`;
}

/** Something that is chosen, and how it is undone. */
function chip(label: string, undo: string, run: () => void): TemplateResult {
  return html`<span class="chip"
    ><span class="ellipsis">${label}</span
    ><button class="tool" aria-label=${undo} title=${undo} @click=${run}>${icon("close")}</button></span
  >`;
}

function windowChoices(chosen: DriftOptions["window"]): readonly { readonly value: string; readonly label: string }[] {
  const sizes = typeof chosen === "number" && !SIZES.includes(chosen) ? [...SIZES, chosen].sort((a, b) => a - b) : SIZES;
  return [
    { value: "", label: t("None") },
    ...Object.entries(WINDOWS).map(([value, label]) => ({ value, label: t(label) })),
    ...sizes.map((size) => ({ value: String(size), label: t("{0} rows", countText(size)) })),
  ];
}

function windowOf(value: string): DriftOptions["window"] {
  return value === "" ? null : /^\d+$/.test(value) ? Number(value) : (value as keyof typeof WINDOWS);
}

/** One detector, all, none, or those several that the product's file names. */
function detectorChoices({ detectorChoices: all, options }: DriftView): readonly { readonly value: string; readonly label: string }[] {
  const every = all.map(({ id }) => id).join(" ");
  const chosen = options.detectors.join(" ");
  const named = all.filter(({ id }) => options.detectors.includes(id)).map(({ label }) => label);
  return [
    ...all.map(({ id, label }) => ({ value: id, label })),
    ...(options.detectors.length > 1 && chosen !== every ? [{ value: chosen, label: named.join(", ") }] : []),
    { value: every, label: t("All") },
    { value: "", label: t("None") },
  ];
}
