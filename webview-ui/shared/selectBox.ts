import { html, type TemplateResult } from "lit";

export interface SelectProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly choose: (value: string) => void;
}

/** A drop-down with its label. */
export function selectBox({ label, value, choices, choose }: SelectProps): TemplateResult {
  return html`<label
    >${label}<select .value=${value} @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      ${choices.map((choice) => html`<option value=${choice.value} ?selected=${choice.value === value}>${choice.label}</option>`)}
    </select></label
  >`;
}
