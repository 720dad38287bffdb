import { html, type TemplateResult } from "lit";

/** A table of words that scrolls sideways where it must; the first cell of a row is its heading. @param label of the table, for screen readers. */
export function wordTable(label: string, heads: readonly string[], rows: readonly (readonly unknown[])[]): TemplateResult {
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${label}>
    <table>
      <thead>
        <tr>
          ${heads.map((head) => html`<th scope="col">${head}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell, index) => (index === 0 ? html`<th scope="row">${cell}</th>` : html`<td>${cell}</td>`))}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
