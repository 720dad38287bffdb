import type { CompareArtifact, CompareRow, CompareSectionId, CompareView } from "../../src/protocol/compare";
import { cellText } from "./cellValues";
import { keyLabel } from "./labels";

/** A line of the table. `id` is stable over revisions, so that what is folded stays folded. */
export type Line =
  | {
      readonly kind: "section";
      readonly id: string;
      readonly section: CompareSectionId;
      readonly count: number;
      readonly expanded: boolean;
    }
  | {
      readonly kind: "prefix";
      readonly id: string;
      readonly label: string;
      readonly depth: number;
      readonly count: number;
      readonly expanded: boolean;
    }
  | {
      readonly kind: "row";
      readonly id: string;
      readonly index: number;
      readonly row: CompareRow;
      readonly label: string;
      readonly depth: number;
    }
  | { readonly kind: "artifacts"; readonly id: string; readonly expanded: boolean }
  | {
      readonly kind: "artifact";
      readonly id: string;
      readonly entry: CompareArtifact;
      readonly depth: number;
      readonly expanded: boolean | null;
    }
  | { readonly kind: "note"; readonly id: string; readonly text: string; readonly depth: number; readonly path: string };

/** A folder of artifacts as far as it was read. */
export type ArtifactFolder =
  | { readonly kind: "reading" }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "ready"; readonly entries: readonly CompareArtifact[]; readonly problems: readonly string[] };

export interface LineOptions {
  readonly onlyDifferences: boolean;
  readonly query: string;
  readonly folded: ReadonlySet<string>;
  readonly opened: ReadonlySet<string>;
  readonly artifacts: ReadonlyMap<string, ArtifactFolder>;
  /** What stands for a folder that is being read, for one without files, and under one with too many. */
  readonly notes: { readonly reading: string; readonly empty: string; readonly more: (shown: number, all: number) => string };
}

export const ARTIFACTS_ID = "artifacts:";
/** More files in one folder are counted, not drawn. */
const MAX_ENTRIES = 2000;

/** Indexes of the rows that the filter and the search leave, folded or not: what an export holds. */
export function shownRows(
  view: CompareView,
  { onlyDifferences, query }: Pick<LineOptions, "onlyDifferences" | "query">,
): readonly number[] {
  const wanted = query.trim().toLowerCase();
  return view.rows.flatMap((row, index) => ((!onlyDifferences || row.differs) && (wanted === "" || matches(row, wanted)) ? [index] : []));
}

export function toLines(view: CompareView, shown: readonly number[], options: LineOptions): readonly Line[] {
  const sections = new Map<CompareSectionId, number[]>();
  for (const index of shown) {
    const section = view.rows[index]?.section;
    if (section !== undefined) {
      sections.set(section, [...(sections.get(section) ?? []), index]);
    }
  }
  // A search must show what it found.
  const isOpen = (id: string): boolean => options.query.trim() !== "" || !options.folded.has(id);
  const lines: Line[] = [];
  for (const [section, indexes] of sections) {
    const id = `${section}:`;
    const expanded = isOpen(id);
    lines.push({ kind: "section", id, section, count: indexes.length, expanded });
    if (expanded) {
      addRows(lines, view, section, indexes, isOpen);
    }
  }
  if (options.query.trim() === "") {
    const expanded = options.opened.has(ARTIFACTS_ID);
    lines.push({ kind: "artifacts", id: ARTIFACTS_ID, expanded });
    if (expanded) {
      addFolder(lines, "", 1, options);
    }
  }
  return lines;
}

interface Branch {
  readonly children: Map<string, Branch>;
  readonly rows: number[];
}

/** Keys such as "optimizer/lr" and "optimizer.momentum" fold under "optimizer" where two or more share it. */
function addRows(
  lines: Line[],
  view: CompareView,
  section: CompareSectionId,
  indexes: readonly number[],
  isOpen: (id: string) => boolean,
): void {
  const folds = section !== "summary" && section !== "source";
  const addRow = (index: number, label: string, depth: number): void => {
    const row = view.rows[index];
    if (row !== undefined) {
      lines.push({ kind: "row", id: row.address, index, row, label, depth });
    }
  };
  if (!folds) {
    indexes.forEach((index) => addRow(index, keyLabel(view.rows[index] ?? { section, key: "" }), 1));
    return;
  }
  const tree: Branch = { children: new Map(), rows: [] };
  for (const index of indexes) {
    let branch = tree;
    for (const part of prefixes(view.rows[index]?.key ?? "")) {
      const child = branch.children.get(part) ?? { children: new Map(), rows: [] };
      branch.children.set(part, child);
      branch = child;
    }
    branch.rows.push(index);
  }
  addBranch(tree, "", 1);

  function addBranch(branch: Branch, prefix: string, depth: number): void {
    for (const index of branch.rows) {
      const key = view.rows[index]?.key ?? "";
      addRow(index, key.slice(prefix.length) === "" ? keyLabel({ section, key }) : key.slice(prefix.length), depth);
    }
    for (const [part, child] of branch.children) {
      const size = sizeOf(child);
      const only = size === 1 ? rowsOf(child)[0] : undefined;
      if (only !== undefined) {
        addRow(only, (view.rows[only]?.key ?? "").slice(prefix.length), depth);
        continue;
      }
      // A prefix under which there is one prefix alone would only be one more click.
      let label = part;
      let inner = child;
      while (inner.rows.length === 0 && inner.children.size === 1) {
        const [next] = inner.children;
        if (next === undefined) {
          break;
        }
        label += next[0];
        inner = next[1];
      }
      const id = `${section}:${prefix}${label}`;
      const expanded = isOpen(id);
      lines.push({ kind: "prefix", id, label, depth, count: size, expanded });
      if (expanded) {
        addBranch(inner, `${prefix}${label}`, depth + 1);
      }
    }
  }
}

/** "a/b.c" begins with "a/" and "b."; a dot before a digit, as in "f1@0.5", separates nothing. */
function prefixes(key: string): readonly string[] {
  return key.match(/[^/.]*(?:\.(?![A-Za-z_])[^/.]*)*(?:\/|\.(?=[A-Za-z_]))/g) ?? [];
}

function sizeOf(branch: Branch): number {
  return [...branch.children.values()].reduce((sum, child) => sum + sizeOf(child), branch.rows.length);
}

function rowsOf(branch: Branch): readonly number[] {
  return [...branch.rows, ...[...branch.children.values()].flatMap(rowsOf)];
}

function addFolder(lines: Line[], path: string, depth: number, options: LineOptions): void {
  const folder = options.artifacts.get(path);
  const note = (id: string, text: string): void => {
    lines.push({ kind: "note", id: `${ARTIFACTS_ID}${path}#${id}`, text, depth, path });
  };
  if (folder?.kind !== "ready") {
    note("state", folder?.kind === "failed" ? folder.message : options.notes.reading);
    return;
  }
  for (const entry of folder.entries.slice(0, MAX_ENTRIES)) {
    const id = `${ARTIFACTS_ID}${entry.path}`;
    const expanded = entry.isDirectory ? options.opened.has(id) : null;
    lines.push({ kind: "artifact", id, entry, depth, expanded });
    if (expanded === true) {
      addFolder(lines, entry.path, depth + 1, options);
    }
  }
  if (folder.entries.length > MAX_ENTRIES) {
    note("more", options.notes.more(MAX_ENTRIES, folder.entries.length));
  }
  folder.problems.forEach((problem, index) => note(`problem ${index}`, problem));
  if (folder.entries.length === 0 && folder.problems.length === 0) {
    note("empty", options.notes.empty);
  }
}

function matches(row: CompareRow, wanted: string): boolean {
  return (
    row.key.toLowerCase().includes(wanted) ||
    keyLabel(row).toLowerCase().includes(wanted) ||
    row.cells.some((_, column) => cellText(row, column)?.toLowerCase().includes(wanted) === true)
  );
}
