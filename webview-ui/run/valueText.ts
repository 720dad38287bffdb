import { html, nothing, type TemplateResult } from "lit";

import type { CutText, RunPageIntent, ValueAddress } from "../../src/protocol/runPage";
import { formatInteger } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import type { PageContext } from "./pageContext";

/** A text of the store, with a way to the whole of it where the page shows a part. */
export function valueText(value: CutText, address: ValueAddress, context: PageContext): TemplateResult {
  const cut = value.text.length < value.length;
  return html`<span class="value">${value.text}${cut ? "…" : ""}</span>${
      value.length === 0 ? html`<span class="muted">${t("(empty)")}</span>` : nothing
    }${
      cut
        ? html` <button class="link" @click=${() => context.act({ kind: "showValue", value: address })}>
            ${t("Show all {0} characters", formatInteger(value.length))}
          </button>`
        : nothing
    }`;
}

/** A button that appears with its row. `roving` makes it part of a list with one tab stop; the first of the list gets it. */
export function copyButton(
  intent: RunPageIntent,
  label: string,
  context: PageContext,
  roving?: { readonly first: boolean },
): TemplateResult {
  const tabIndex = roving === undefined || roving.first ? 0 : -1;
  return html`<button
    class="tool"
    ?data-roving=${roving !== undefined}
    tabindex=${tabIndex}
    title=${label}
    aria-label=${label}
    @click=${() => context.act(intent)}
  >
    ${icon("copy")}
  </button>`;
}

/** A failure of one part of the page, which leaves the rest alone. */
export function failure(message: string, retry: () => void): TemplateResult {
  return html`<p class="failure" role="alert">
    <span>${icon("error")} ${message}</span>
    <vscode-button appearance="secondary" @click=${retry}>${t("Retry")}</vscode-button>
  </p>`;
}

/** A name from a store for a label or a tooltip, which must not grow without end. */
export function short(text: string, length = 120): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
