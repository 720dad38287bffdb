import { html, nothing, type TemplateResult } from "lit";

import { t } from "../../shared/l10n";
import type { Dimension } from "./dimensions";

/** A choice of a parameter or metric. `none`, where given, is the name of choosing nothing. */
export function dimensionSelect(input: {
  readonly label: string;
  readonly choices: readonly Dimension[];
  readonly value: Dimension | null;
  readonly none?: string | undefined;
  readonly choose: (id: string | null) => void;
}): TemplateResult {
  const { label, choices, value, none, choose } = input;
  const options = (section: Dimension["section"]): readonly TemplateResult[] =>
    choices
      .filter((dimension) => dimension.section === section)
      .map(
        (dimension) =>
          html`<option value=${dimension.id} ?selected=${dimension.id === value?.id} title=${dimension.key.slice(0, 1000)}>
            ${dimension.key.slice(0, 80)}
          </option>`,
      );
  const group = (section: Dimension["section"], name: string): TemplateResult | typeof nothing => {
    const list = options(section);
    return list.length === 0 ? nothing : html`<optgroup label=${name}>${list}</optgroup>`;
  };
  return html`<label
    >${label}
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value || null)}>
      ${none === undefined ? nothing : html`<option value="" ?selected=${value === null}>${none}</option>`}
      ${group("params", t("Parameters"))} ${group("metrics", t("Metrics"))}
    </select>
  </label>`;
}
