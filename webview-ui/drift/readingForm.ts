import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { DriftOptions, DriftReading } from "../../src/protocol/drift";
import { t } from "../shared/l10n";
import { searchStyles } from "../shared/searchStyles";
import { tablePageStyles } from "../shared/tablePageStyles";
import { themeStyles } from "../shared/theme";

/** What the form sends: the ways that both sides are read, and what is left out. */
type ReadingChoice = Pick<DriftOptions, "reading" | "ignore">;

type Side = keyof DriftOptions["reading"];

/** Those that people meet; any other character can be written. */
const SEPARATORS: readonly (readonly [value: string, label: string])[] = [
  [",", "Comma"],
  [";", "Semicolon"],
  ["tab", "Tab"],
  ["|", "Vertical bar"],
];
/** By the names that the web uses, those first that people meet. */
const ENCODINGS = ["utf-8", "windows-1252", "iso-8859-15", "utf-16le", "utf-16be", "windows-1250", "windows-1251", "shift_jis", "gb18030"];

/**
 * How the two files are read, where that was found out wrongly: separator, encoding, markers of missing values, and columns that are left
 * out. Sends "choose-reading" with what is wanted, and "close-reading".
 */
@customElement("mlops-drift-reading")
class ReadingForm extends LitElement {
  static override readonly styles = [
    themeStyles,
    searchStyles,
    tablePageStyles,
    css`
      :host {
        display: block;
        height: auto;
      }
      form {
        display: grid;
        gap: 8px;
        padding: 8px 12px 10px;
        border-bottom: 1px solid var(--mlops-border);
      }
      .sides {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(22em, 1fr));
        gap: 8px 24px;
      }
      fieldset {
        display: grid;
        gap: 6px;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0 0 6px;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      label {
        display: grid;
        grid-template-columns: minmax(6em, 10em) minmax(0, 1fr);
        align-items: center;
        gap: 8px;
        color: var(--mlops-muted);
      }
      input {
        min-width: 0;
        width: 100%;
        box-sizing: border-box;
      }
      input:focus {
        outline: 1px solid var(--mlops-focus);
        outline-offset: -1px;
      }
      input:invalid {
        border-color: var(--vscode-inputValidation-errorBorder, var(--vscode-errorForeground));
      }
      p {
        margin: 0;
        color: var(--mlops-muted);
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
    `,
  ];

  @property({ attribute: false }) options!: DriftOptions;
  /** How people call the two sides; null while nothing was read. */
  @property({ attribute: false }) labels: { readonly reference: string | null; readonly current: string | null } = {
    reference: null,
    current: null,
  };
  /** Names that may be left out. */
  @property({ attribute: false }) columns: readonly string[] = [];

  protected override firstUpdated(): void {
    this.shadowRoot?.querySelector("input")?.focus();
  }

  protected override render(): TemplateResult {
    const { reading, ignore } = this.options;
    return html`<form
      aria-label=${t("How the files are read")}
      @submit=${this.send}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          this.close();
        }
      }}
    >
      <p>${t("Text files do not say how they are written, so that it is found out. Say it here where a file is read wrongly.")}</p>
      <div class="sides">
        ${this.side("reference", t("Reference"), reading.reference)} ${this.side("current", t("Current"), reading.current)}
      </div>
      <label
        >${t("Columns left out")}<input
          class="search"
          name="ignore"
          list="columns"
          .value=${ignore.join(", ")}
          placeholder=${t("None; names, separated by commas")}
          autocomplete="off"
          spellcheck="false"
      /></label>
      <datalist id="separators">${SEPARATORS.map(([value, text]) => html`<option value=${value}>${t(text)}</option>`)}</datalist>
      <datalist id="encodings">${ENCODINGS.map((value) => html`<option value=${value}></option>`)}</datalist>
      <datalist id="columns">${this.columns.map((name) => html`<option value=${name}></option>`)}</datalist>
      <p>${t("The type of a column is set in the menu of its row, under Treat as.")}</p>
      <div class="actions">
        <button class="action" type="submit">${t("Read Like This")}</button>
        <button class="action second" type="button" @click=${this.findOut}>${t("Find It Out Again")}</button>
        <button class="action second" type="button" @click=${this.close}>${t("Cancel")}</button>
      </div>
    </form>`;
  }

  private side(side: Side, name: string, { separator, encoding, missing }: DriftReading): TemplateResult {
    const label = this.labels[side];
    const field = (
      part: string,
      text: string,
      value: string,
      hint: string,
      more: Partial<{ list: string; pattern: string }>,
    ): TemplateResult =>
      html`<label
        >${text}<input
          class="search"
          name="${side}-${part}"
          list=${more.list ?? nothing}
          pattern=${more.pattern ?? nothing}
          .value=${value}
          placeholder=${hint}
          title=${hint}
          autocomplete="off"
          spellcheck="false"
      /></label>`;
    return html`<fieldset>
      <legend>${label === null ? name : t("{0}: {1}", name, label)}</legend>
      ${field("separator", t("Separator"), separator === "\t" ? "tab" : (separator ?? ""), t("Found out; one character, or tab"), {
        list: "separators",
        pattern: '[tT][aA][bB]|[^"]',
      })}
      ${field("encoding", t("Encoding"), encoding ?? "", t("Found out; such as windows-1252"), { list: "encodings" })}
      ${field("missing", t("Missing values"), missing.join(", "), t("Empty fields only; texts, separated by commas"), {})}
    </fieldset>`;
  }

  private readonly send = (event: Event): void => {
    event.preventDefault();
    const side = (name: Side): DriftReading => ({
      separator: separatorOf(this.written(`${name}-separator`)),
      encoding: this.written(`${name}-encoding`).trim() || null,
      missing: words(this.written(`${name}-missing`)),
    });
    this.choose({ reading: { reference: side("reference"), current: side("current") }, ignore: words(this.written("ignore")) });
  };

  private readonly findOut = (): void => {
    const plain = { separator: null, encoding: null, missing: [] };
    this.choose({ reading: { reference: plain, current: plain }, ignore: this.options.ignore });
  };

  private readonly close = (): void => {
    this.dispatchEvent(new CustomEvent("close-reading"));
  };

  private choose(detail: ReadingChoice): void {
    this.dispatchEvent(new CustomEvent<ReadingChoice>("choose-reading", { detail }));
  }

  private written(name: string): string {
    return this.shadowRoot?.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? "";
  }
}

/** Null where nothing is written. */
function separatorOf(word: string): string | null {
  return /^tab$/i.test(word.trim()) ? "\t" : ([...word][0] ?? null);
}

function words(text: string): readonly string[] {
  return [
    ...new Set(
      text
        .split(",")
        .map((word) => word.trim())
        .filter((word) => word !== ""),
    ),
  ];
}

/** The form, or nothing while it is closed. */
export function renderReading(props: {
  readonly isOpen: boolean;
  readonly options: DriftOptions;
  readonly labels: ReadingForm["labels"];
  readonly columns: readonly string[];
  readonly choose: (choice: ReadingChoice) => void;
  readonly close: () => void;
}): TemplateResult | typeof nothing {
  return props.isOpen
    ? html`<mlops-drift-reading
        .options=${props.options}
        .labels=${props.labels}
        .columns=${props.columns}
        @choose-reading=${({ detail }: CustomEvent<ReadingChoice>) => props.choose(detail)}
        @close-reading=${props.close}
      ></mlops-drift-reading>`
    : nothing;
}
