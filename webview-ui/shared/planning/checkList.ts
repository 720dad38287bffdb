import { html, nothing, type TemplateResult } from "lit";

import type { IconName } from "../icons";
import { icon } from "../icons";
import { t } from "../l10n";

/** How something that was looked at is shown: as icon and word, never by colour alone. What has to be mended first stands first. */
export const CHECK_LOOKS = {
  block: { icon: "error", word: "Blocks", style: "block" },
  could_not_judge: { icon: "question", word: "Could not judge", style: "block" },
  warn: { icon: "warning", word: "Warning", style: "warn" },
  pass: { icon: "pass-filled", word: "Fine", style: "pass" },
} as const satisfies Readonly<Record<string, { readonly icon: IconName; readonly word: string; readonly style: string }>>;

interface Check {
  readonly result: keyof typeof CHECK_LOOKS;
  readonly remedy: string | null;
}

const ORDER = Object.keys(CHECK_LOOKS);

export function worstFirst<C extends Check>(checks: readonly C[]): readonly C[] {
  return [...checks].sort((a, b) => ORDER.indexOf(a.result) - ORDER.indexOf(b.result));
}

/** @param words what was looked at and what was found. @param more what stands below the remedy. */
export function checkList<C extends Check>(
  checks: readonly C[],
  words: (check: C) => TemplateResult,
  more: (check: C) => TemplateResult | typeof nothing = () => nothing,
): TemplateResult {
  return html`<ul class="checks">
    ${checks.map((check) => {
      const { icon: name, word, style } = CHECK_LOOKS[check.result];
      return html`<li class=${style}>
        ${icon(name)}
        <div>
          <span class="hidden-text">${t(word)}:</span> ${words(check)}
          ${check.remedy === null ? nothing : html`<span class="remedy">${check.remedy}</span>`} ${more(check)}
        </div>
      </li>`;
    })}
  </ul>`;
}
