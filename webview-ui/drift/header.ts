import { html, nothing, type TemplateResult } from "lit";

import type { DriftSideView, DriftView } from "../../src/protocol/drift";
import { formatBytes } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { DRIFT_STATES } from "./driftStates";
import { namedText } from "./namedText";
import { countText, numberText, percentText } from "./numberText";

/** More would push the table off a small screen; all of them are in the charts over time. */
const MOST_MISSED = 2;

export interface HeaderProps {
  readonly view: DriftView;
  readonly isOpen: boolean;
  readonly toggle: () => void;
  readonly tools: TemplateResult;
  readonly openFile: (path: string) => void;
}

/** The verdict in plain words, what was compared with what, and on demand everything about both sides. */
export function renderHeader({ view, isOpen, toggle, tools, openFile }: HeaderProps): TemplateResult {
  const { dataset } = view;
  return html`<header class="top">
    <div class="headline">
      <div class="titles">
        <h1>${view.product === null ? view.title : t("{0} · {1}", view.product, view.title)}</h1>
        ${
          dataset === null
            ? nothing
            : html`<p class="verdict ${dataset.state}">
                ${icon(DRIFT_STATES[dataset.state].icon)}<span
                  ><span class="hidden-text">${t(DRIFT_STATES[dataset.state].label)}:</span> ${namedText(dataset.verdict)}</span
                >
              </p>`
        }
        ${missedKpis(view.kpis).map(
          ({ state, text }) =>
            html`<p class="verdict ${state}">
              ${icon(DRIFT_STATES[state].icon)}<span
                ><span class="hidden-text">${t(DRIFT_STATES[state].label)}:</span> ${namedText(text)}</span
              >
            </p>`,
        )}
      </div>
      ${tools}
    </div>
    <div class="facts">
      ${view.reference === null ? nothing : sideFact(view.reference, "reference")}
      ${view.current === null ? nothing : sideFact(view.current, "current")}
      ${view.reference === null ? nothing : html`<span class="more">${view.method}</span>`}
      ${view.chance === null ? nothing : html`<span class="more">${view.chance}</span>`}
      ${view.reference === null && view.current === null ? nothing : html`<button class="link" aria-expanded=${String(isOpen)} @click=${toggle}>${isOpen ? t("Hide details") : t("Details")}</button>`}
    </div>
    ${isOpen ? renderDetails(view, openFile) : nothing}
  </header>`;
}

/** What the newest judged figures miss, the worst first: a data set may be as before and the model worse. */
export function missedKpis(kpis: DriftView["kpis"]): readonly { readonly state: "warn" | "fail"; readonly text: string }[] {
  const missed = kpis.flatMap(({ name, by, group, target, points }) => {
    const last = points.findLast(({ value, state }) => value !== null && state !== "unjudged");
    if (last === undefined || (last.state !== "warn" && last.state !== "fail")) {
      return [];
    }
    const what = group === null ? name : t("{0} of {1}", name, by === null ? group : `${by} = ${group}`);
    const bound = target === null ? "" : t(", target {0}", target.text);
    return [{ state: last.state, text: t("`{0}` is {1}{2}, {3}.", what, numberText(last.value), bound, last.label) }];
  });
  return [...missed.filter(({ state }) => state === "fail"), ...missed.filter(({ state }) => state === "warn")].slice(0, MOST_MISSED);
}

function sideFact(side: DriftSideView, kind: "reference" | "current"): TemplateResult {
  const rows =
    side.rows === side.totalRows
      ? t("{0} rows", countText(side.rows))
      : t("{0} of {1} rows", countText(side.rows), countText(side.totalRows));
  return html`<span
    ><i class="swatch ${kind}"></i>${kind === "reference" ? t("Reference") : t("Current")} <b>${side.label}</b>,
    ${[rows, ...(side.window === null ? [] : [side.window])].join(", ")}
    ${side.sample === null ? nothing : html`<span class="tag" title=${side.sample}>${t("Sample")}</span>`}</span
  >`;
}

function renderDetails(view: DriftView, openFile: (path: string) => void): TemplateResult {
  return html`<div class="details">
    ${view.reference === null ? nothing : sideDetails(view.reference, t("Reference"), openFile)}
    ${view.current === null ? nothing : sideDetails(view.current, t("Current"), openFile)}
    <section>
      <h2>${t("Judgement")}</h2>
      <dl>
        <dt>${t("Method")}</dt>
        <dd>${view.method}</dd>
        ${
          view.commit === null
            ? nothing
            : html`<dt>${t("Commit")}</dt>
                <dd><code>${view.commit.slice(0, 12)}</code></dd>`
        }
        ${
          view.dataset === null
            ? nothing
            : html`<dt>${t("Data set")}</dt>
                <dd>${t("drifted from {0} of the columns", percentText(view.dataset.threshold))}</dd>`
        }
        ${
          view.chance === null
            ? nothing
            : html`<dt>${t("By chance")}</dt>
                <dd>${view.chance}</dd>`
        }
      </dl>
    </section>
  </div>`;
}

function sideDetails(side: DriftSideView, name: string, openFile: (path: string) => void): TemplateResult {
  return html`<section>
    <h2>${name}</h2>
    <dl>
      <dt>${t("Source")}</dt>
      <dd>${side.label}</dd>
      ${side.files.map(
        ({ path, bytes, sha256 }) =>
          html`<dt>${t("File")}</dt>
            <dd>
              <button class="link" @click=${() => openFile(path)}>${path}</button>,
              ${formatBytes(bytes)}${sha256 === null ? nothing : html`, SHA-256 <code>${sha256}…</code>`}
            </dd>`,
      )}
      <dt>${t("Rows")}</dt>
      <dd>
        ${
          side.rows === side.totalRows
            ? t("{0}, all compared", countText(side.rows))
            : t("{0} compared, {1} matching, {2} in all", countText(side.rows), countText(side.matchingRows), countText(side.totalRows))
        }
      </dd>
      <dt>${t("Window")}</dt>
      <dd>${side.window ?? t("all rows")}</dd>
      ${
        side.sample === null
          ? nothing
          : html`<dt>${t("Sample")}</dt>
              <dd>${side.sample}</dd>`
      }
    </dl>
    ${
      side.notes.length === 0
        ? nothing
        : html`<ul>
            ${side.notes.map((note) => html`<li>${namedText(note)}</li>`)}
          </ul>`
    }
  </section>`;
}
