import { css, html, LitElement, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { ArtifactOwnerRef, ArtifactRow } from "../../src/protocol/runPage";
import { errorText } from "../shared/errorText";
import { formatBytes } from "../shared/format";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import { buttonStyles, themeStyles } from "../shared/theme";
import "./artifactPreview";
import type { PageContext } from "./pageContext";
import { sectionStyles } from "./styles";
import { failure, short } from "./valueText";

type Folder =
  | { readonly kind: "loading" }
  | { readonly kind: "ready"; readonly rows: readonly ArtifactRow[] }
  | { readonly kind: "failed"; readonly error: unknown };

const LIMIT = 500;
const IMAGE = /\.(png|jpe?g|gif|webp|bmp|svg)$/i;

/** An artifact folder, read level by level. Files open in an editor; images are shown small. */
@customElement("mlops-artifact-tree")
export class ArtifactTree extends LitElement {
  static override readonly styles = [
    themeStyles,
    buttonStyles,
    sectionStyles,
    css`
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      .row {
        display: flex;
        align-items: center;
        gap: 4px;
        min-height: 22px;
        padding-left: calc(var(--level) * 16px);
        border-radius: 2px;
        cursor: pointer;
      }
      .row:hover {
        background: var(--vscode-list-hoverBackground);
      }
      .row .size {
        flex: none;
        margin-left: auto;
        padding: 0 4px;
        color: var(--mlops-muted);
        font-variant-numeric: tabular-nums;
      }
      .inset {
        padding-left: calc(var(--level) * 16px + 22px);
      }
      li:focus-visible {
        outline: none;
      }
      li:focus-visible > .row {
        outline: 1px solid var(--mlops-focus);
        outline-offset: -1px;
      }
    `,
  ];

  @property({ attribute: false }) context!: PageContext;
  @property({ attribute: false }) owner!: ArtifactOwnerRef;
  @property() label = "";
  @state() private folders: ReadonlyMap<string, Folder> = new Map();
  @state() private open: ReadonlySet<string> = new Set();
  @state() private focused: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) {
      this.look();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.context.onScreen.unwatch(this);
  }

  /** Reads the folders that are open again. */
  refresh(): void {
    for (const path of this.folders.keys()) {
      if (path === "" || this.open.has(path)) {
        void this.load(path, false);
      }
    }
  }

  protected override firstUpdated(): void {
    this.look();
  }

  protected override render(): TemplateResult {
    const root = this.folders.get("");
    if (root?.kind === "failed") {
      return failure(errorText(root.error), () => void this.load("", true));
    }
    if (root?.kind !== "ready") {
      return html`<p class="empty">${icon("loading")} ${t("Reading files…")}</p>`;
    }
    if (root.rows.length === 0) {
      return html`<p class="empty">${t("No artifacts were logged.")}</p>`;
    }
    return html`<ul role="tree" aria-label=${this.label} @keydown=${this.onKey}>
      ${this.rows(root.rows, 0)}
    </ul>`;
  }

  private rows(rows: readonly ArtifactRow[], level: number): TemplateResult {
    const first = this.focused ?? this.visibleRows()[0]?.path;
    return html`${rows.slice(0, LIMIT).map((row) => this.item(row, level, row.path === first))}
    ${
      rows.length > LIMIT
        ? html`<li role="none" class="empty" style="--level: ${level}">
            <span class="inset">${t("Showing {0} of {1} entries.", LIMIT, rows.length)}</span>
          </li>`
        : nothing
    }`;
  }

  private item(row: ArtifactRow, level: number, tabStop: boolean): TemplateResult {
    const name = row.path.slice(row.path.lastIndexOf("/") + 1);
    const open = this.open.has(row.path);
    return html`<li
      role="treeitem"
      aria-level=${level + 1}
      aria-expanded=${row.isDirectory ? (open ? "true" : "false") : nothing}
      aria-label=${row.size === null ? short(name) : `${short(name)}, ${formatBytes(row.size)}`}
      tabindex=${tabStop ? 0 : -1}
      data-path=${row.path}
      style="--level: ${level}"
    >
      <div class="row" @click=${() => this.activate(row)}>
        ${row.isDirectory ? icon(open ? "chevron-down" : "chevron-right") : html`<span class="icon"></span>`}
        ${icon(row.isDirectory ? "folder" : "file")}
        <span class="ellipsis" title=${short(row.path, 1000)}>${short(name, 250)}</span>
        ${row.size === null ? nothing : html`<span class="size">${formatBytes(row.size)}</span>`}
      </div>
      ${
        !row.isDirectory && IMAGE.test(name)
          ? html`<mlops-artifact-preview
              class="inset"
              .context=${this.context}
              .owner=${this.owner}
              .path=${row.path}
            ></mlops-artifact-preview>`
          : nothing
      }
      ${open ? this.folderRows(row.path, level + 1) : nothing}
    </li>`;
  }

  private folderRows(path: string, level: number): TemplateResult {
    const folder = this.folders.get(path);
    if (folder?.kind === "failed") {
      return failure(errorText(folder.error), () => void this.load(path, true));
    }
    if (folder?.kind !== "ready") {
      return html`<p class="empty inset">${icon("loading")} ${t("Reading files…")}</p>`;
    }
    return folder.rows.length === 0
      ? html`<p class="empty inset">${t("Empty folder.")}</p>`
      : html`<ul role="group">
          ${this.rows(folder.rows, level)}
        </ul>`;
  }

  private activate(row: ArtifactRow): void {
    this.focused = row.path;
    if (!row.isDirectory) {
      this.context.act({ kind: "openArtifact", owner: this.owner, path: row.path });
      return;
    }
    const open = new Set(this.open);
    if (!open.delete(row.path)) {
      open.add(row.path);
      if (this.folders.get(row.path)?.kind !== "ready") {
        void this.load(row.path, true);
      }
    }
    this.open = open;
  }

  private look(): void {
    this.context.onScreen.watch(this, (visible) => {
      if (visible && !this.folders.has("")) {
        void this.load("", true);
      }
    });
  }

  private async load(path: string, showLoading: boolean): Promise<void> {
    const set = (folder: Folder): void => {
      this.folders = new Map([...this.folders, [path, folder]]);
    };
    if (showLoading) {
      set({ kind: "loading" });
    }
    try {
      set({ kind: "ready", rows: await this.context.host.call("artifacts", { owner: this.owner, path }) });
    } catch (error) {
      if (showLoading) {
        set({ kind: "failed", error });
      }
    }
  }

  private visibleRows(path = ""): readonly ArtifactRow[] {
    const folder = this.folders.get(path);
    return folder?.kind === "ready"
      ? folder.rows
          .slice(0, LIMIT)
          .flatMap((row) => [row, ...(row.isDirectory && this.open.has(row.path) ? this.visibleRows(row.path) : [])])
      : [];
  }

  /** The keys of a tree: up and down through what is visible, right opens, left closes or goes to the folder, Enter opens. */
  private readonly onKey = (event: KeyboardEvent): void => {
    const rows = this.visibleRows();
    const path = (event.target as HTMLElement).dataset["path"];
    const at = rows.findIndex((row) => row.path === path);
    const row = rows[at];
    if (row === undefined) {
      return;
    }
    const isOpen = this.open.has(row.path);
    const parent = row.path.slice(0, Math.max(0, row.path.lastIndexOf("/")));
    const targets: Readonly<Record<string, ArtifactRow | undefined>> = {
      ArrowDown: rows[at + 1],
      ArrowUp: rows[at - 1],
      Home: rows[0],
      End: rows.at(-1),
      ArrowLeft: isOpen ? undefined : rows.find((other) => other.path === parent),
      ArrowRight: isOpen ? rows[at + 1] : undefined,
    };
    const toggles =
      event.key === "Enter" ||
      event.key === " " ||
      (row.isDirectory && (event.key === "ArrowRight" ? !isOpen : event.key === "ArrowLeft" && isOpen));
    const target = targets[event.key];
    if (toggles) {
      this.activate(row);
    } else if (target !== undefined) {
      this.focused = target.path;
      void this.updateComplete.then(() => this.itemAt(target.path)?.focus());
    } else {
      return;
    }
    event.preventDefault();
  };

  private itemAt(path: string): HTMLElement | undefined {
    return [...this.renderRoot.querySelectorAll<HTMLElement>("[data-path]")].find((element) => element.dataset["path"] === path);
  }
}
