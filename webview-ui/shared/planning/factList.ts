import { html, type TemplateResult } from "lit";

import { t } from "../l10n";

interface Fact {
  readonly label: string;
  readonly value: string;
}

export function factList(facts: readonly Fact[]): TemplateResult {
  return list("facts", facts, t);
}

/** Names as a machine knows them, such as variables, never translated. */
export function exactFactList(facts: readonly Fact[]): TemplateResult {
  return list("facts mono", facts, (label) => label);
}

function list(style: string, facts: readonly Fact[], shown: (label: string) => string): TemplateResult {
  return html`<dl class=${style}>
    ${facts.map(
      ({ label, value }) =>
        html`<div>
          <dt>${shown(label)}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
