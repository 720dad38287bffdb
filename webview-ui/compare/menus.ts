import type { CompareDirection, CompareRow, CompareView } from "../../src/protocol/compare";
import { cut } from "../shared/cut";
import { t } from "../shared/l10n";
import type { MenuEntry } from "../shared/menu";
import { cellText, cellTitle, isCut } from "./cellValues";
import { columnLabels, keyLabel, sectionLabel } from "./labels";
import type { Line } from "./lines";
import type { PageActions } from "./pageActions";
import { baselineColumn } from "./renderCell";

const SEPARATOR: MenuEntry = { kind: "separator" };
/** A menu is read from top to bottom; of more than this, the rest is reached from its own row or column. */
const MAX_CHOICES = 40;
const MAX_LABEL = 40;

/** The menu of a column's heading. */
export function columnMenu(view: CompareView, column: number, actions: PageActions): readonly MenuEntry[] {
  const known = view.columns[column];
  const baseline = baselineColumn(view);
  const first = known?.kind === "group" ? known.runs[0] : column;
  if (known === undefined || first === undefined) {
    return [];
  }
  const base: MenuEntry =
    baseline === column
      ? { kind: "check", label: t("Baseline"), checked: true, run: () => actions.changeOptions({ baseline: null }) }
      : { kind: "check", label: t("Set as Baseline"), checked: false, run: () => actions.changeOptions({ baseline: first }) };
  if (known.kind === "group") {
    return [
      base,
      SEPARATOR,
      { kind: "item", label: t("Copy Value"), icon: "copy", run: () => actions.copyText(known.label ?? "") },
      { kind: "item", label: t("Compare Single Runs"), run: () => actions.changeOptions({ groupBy: null }) },
    ];
  }
  const baseRun = view.options.baseline;
  return [
    ...(known.problem === null ? [] : [{ kind: "heading", label: known.problem } as const]),
    { kind: "item", label: t("Open Run"), icon: "go-to-file", run: () => actions.openRun(column) },
    base,
    SEPARATOR,
    { kind: "item", label: t("Show Changes of Its Commit"), icon: "git-commit", run: () => actions.showCommit(column) },
    ...(baseRun === null || baseRun === column
      ? []
      : [
          {
            kind: "item",
            label: t("Compare Code with the Baseline"),
            icon: "diff",
            run: () => actions.diffCommits(baseRun, column),
          } as const,
        ]),
    ...(baseRun === null && view.columns.length === 2
      ? [
          {
            kind: "item",
            label: t("Compare Code with the Other Run"),
            icon: "diff",
            run: () => actions.diffCommits(1 - column, column),
          } as const,
        ]
      : []),
    SEPARATOR,
    {
      kind: "item",
      label: t("Move Left"),
      keys: t("Ctrl+Shift+Left"),
      disabled: column === 0,
      run: () => actions.moveRun(column, column - 1),
    },
    {
      kind: "item",
      label: t("Move Right"),
      keys: t("Ctrl+Shift+Right"),
      disabled: column === view.columns.length - 1,
      run: () => actions.moveRun(column, column + 2 < view.columns.length ? column + 2 : null),
    },
    SEPARATOR,
    { kind: "item", label: t("Copy Run ID"), icon: "copy", run: () => actions.copyText(known.runId) },
    { kind: "item", label: t("Remove from Comparison"), icon: "close", run: () => actions.removeRun(column) },
  ];
}

/** The menu of a row, at a cell: `column` is a column of the view, or null for the key. `choose` opens a second menu in the first one's place. */
export function rowMenu(
  view: CompareView,
  line: Line & { readonly kind: "row" },
  column: number | null,
  actions: PageActions,
  choose: (label: string, entries: readonly MenuEntry[]) => void,
): readonly MenuEntry[] {
  const { row, index } = line;
  const entries: MenuEntry[] = [];
  if (isComparable(row) && view.options.groupBy === null) {
    entries.push(...compareEntries(view, row, column, (left, right) => actions.diffValues(index, left, right), choose), SEPARATOR);
  }
  if (row.section === "metrics") {
    entries.push(...directionEntries(view, row, actions), SEPARATOR);
  }
  const { groupBy } = view.options;
  if (row.section === "params" || row.section === "tags" || row.section === "summary") {
    const { section, key } = row;
    const grouped = groupBy?.section === section && groupBy.key === key;
    entries.push(
      {
        kind: "check",
        label: t("Group Runs by This"),
        checked: grouped,
        run: () => actions.changeOptions({ groupBy: grouped ? null : { section, key } }),
      },
      SEPARATOR,
    );
  }
  if (column !== null) {
    const text = cellText(row, column);
    const isWhole = !isCut(row.cells[column] ?? null);
    entries.push({
      kind: "item",
      label: isWhole ? t("Copy Value") : t("Copy Value as Shown"),
      icon: "copy",
      keys: t("Ctrl+C"),
      disabled: text === null,
      run: () => actions.copyText(copyText(row, column)),
    });
  }
  entries.push(
    { kind: "item", label: t("Copy Row"), keys: t("Ctrl+Shift+C"), run: () => actions.copyText(rowText(view, row)) },
    { kind: "item", label: t("Copy Key"), run: () => actions.copyText(row.key) },
  );
  return entries;
}

/** The menu of a file: opens it for the column's run, or compares it between two runs that have it. */
export function artifactMenu(
  view: CompareView,
  line: Line & { readonly kind: "artifact" },
  column: number | null,
  actions: PageActions,
  choose: (label: string, entries: readonly MenuEntry[]) => void,
): readonly MenuEntry[] {
  const { path, runs, isDirectory } = line.entry;
  const copy: MenuEntry = { kind: "item", label: t("Copy Path"), icon: "copy", run: () => actions.copyText(path) };
  if (isDirectory) {
    return [copy];
  }
  const run = column === null || view.options.groupBy !== null ? runs[0] : runs.includes(column) ? column : undefined;
  const labels = runLabels(view);
  const pairs =
    runs.length > 1 && view.options.groupBy === null
      ? fileEntries(view, runs, column, (left, right) => actions.diffArtifacts(path, left, right), choose)
      : [];
  return [
    ...pairs,
    ...(run === undefined
      ? []
      : [
          {
            kind: "item",
            label: t("Open the File of {0}", cut(labels[run] ?? "", MAX_LABEL)),
            icon: "go-to-file",
            run: () => actions.openArtifact(path, run),
          } as const,
        ]),
    SEPARATOR,
    copy,
  ];
}

/** The two runs that "compare" means when nobody says more: the baseline or the first, and the column or the next. */
function usualPair(view: CompareView, runs: readonly number[], column: number | null): readonly [number, number] | null {
  const base = view.options.baseline;
  const left = base !== null && runs.includes(base) && base !== column ? base : runs.find((run) => run !== column);
  const right = column !== null && runs.includes(column) ? column : runs.find((run) => run !== left);
  return left === undefined || right === undefined || left === right ? null : [left, right];
}

/** Shows a row's values or a file of two runs side by side; false for a line that has no such thing. */
export function activateLine(view: CompareView, line: Line, actions: PageActions): boolean {
  if (line.kind === "artifact" && !line.entry.isDirectory) {
    const { path, runs } = line.entry;
    const pair = usualPair(view, runs, null);
    const [first] = runs;
    if (pair !== null) {
      actions.diffArtifacts(path, ...pair);
    } else if (first !== undefined) {
      actions.openArtifact(path, first);
    }
    return true;
  }
  if (line.kind === "row" && isComparable(line.row) && view.options.groupBy === null) {
    const pair = usualPair(view, runsWith(view, line.row), null);
    if (pair !== null) {
      actions.diffValues(line.index, ...pair);
    }
    return true;
  }
  return false;
}

/** Whether the diff editor can show more than the cell does. */
function isComparable({ section, key, kind }: CompareRow): boolean {
  return (
    section === "params" ||
    section === "tags" ||
    section === "source" ||
    (section === "data" && key.endsWith("/source")) ||
    (section === "summary" && key === "description" && kind === "text")
  );
}

export function groupMenu(view: CompareView, actions: PageActions): readonly MenuEntry[] {
  const { groupBy } = view.options;
  const entries: MenuEntry[] = [
    { kind: "radio", label: t("Single Runs"), checked: groupBy === null, run: () => actions.changeOptions({ groupBy: null }) },
  ];
  for (const section of ["summary", "params", "tags"] as const) {
    const rows = view.rows.filter((row) => row.section === section && (row.differs || isGrouping(view, row)) && isGroupable(row));
    if (rows.length > 0) {
      entries.push({ kind: "heading", label: sectionLabel(section) });
      entries.push(
        ...rows.slice(0, MAX_CHOICES).map((row): MenuEntry => ({
          kind: "radio",
          label: cut(keyLabel(row), MAX_LABEL),
          checked: isGrouping(view, row),
          run: () => actions.changeOptions({ groupBy: { section, key: row.key } }),
        })),
      );
      if (rows.length > MAX_CHOICES) {
        entries.push({
          kind: "heading",
          label: t("Showing {0} of {1}; the others group by the menu of their row.", MAX_CHOICES, rows.length),
        });
      }
    }
  }
  return entries;
}

export function exportMenu(actions: PageActions): readonly MenuEntry[] {
  return [
    { kind: "heading", label: t("Save What the Table Shows") },
    { kind: "item", label: t("CSV…"), run: () => actions.exportTable("csv", "file") },
    { kind: "item", label: t("JSON…"), run: () => actions.exportTable("json", "file") },
    { kind: "item", label: t("Markdown…"), run: () => actions.exportTable("markdown", "file") },
    { kind: "item", label: t("HTML Page…"), run: () => actions.exportTable("html", "file") },
    SEPARATOR,
    { kind: "heading", label: t("Copy") },
    { kind: "item", label: t("Copy as Markdown"), icon: "copy", run: () => actions.exportTable("markdown", "clipboard") },
    { kind: "item", label: t("Copy as CSV"), run: () => actions.exportTable("csv", "clipboard") },
    { kind: "item", label: t("Copy as JSON"), run: () => actions.exportTable("json", "clipboard") },
  ];
}

/** A row as a line for a spreadsheet. */
export function rowText(view: CompareView, row: CompareRow): string {
  return [row.key, ...view.columns.map((_, column) => copyText(row, column))].map((text) => text.replace(/[\t\r\n]+/g, " ")).join("\t");
}

/** A cell as it is copied: numbers in full, a text as far as the page has it. */
export function copyText(row: CompareRow, column: number): string {
  const cell = row.cells[column] ?? null;
  return cell === null
    ? ""
    : isCut(cell)
      ? cell.text
      : row.kind === "number" && typeof cell !== "object"
        ? cellTitle(row, column)
        : (cellText(row, column) ?? "");
}

function compareEntries(
  view: CompareView,
  row: CompareRow,
  column: number | null,
  diff: (left: number, right: number) => void,
  choose: (label: string, entries: readonly MenuEntry[]) => void,
): readonly MenuEntry[] {
  const having = runsWith(view, row);
  return having.length < 2
    ? [{ kind: "item", label: t("Compare Values"), icon: "diff", disabled: true, run: () => undefined }]
    : fileEntries(view, having, column, diff, choose);
}

function fileEntries(
  view: CompareView,
  runs: readonly number[],
  column: number | null,
  diff: (left: number, right: number) => void,
  choose: (label: string, entries: readonly MenuEntry[]) => void,
): readonly MenuEntry[] {
  const labels = runLabels(view);
  const pair = usualPair(view, runs, column);
  if (pair === null) {
    return [];
  }
  const [left, right] = pair;
  const entries: MenuEntry[] = [
    {
      kind: "item",
      label: t("Compare {0} with {1}", cut(labels[left] ?? "", 24), cut(labels[right] ?? "", 24)),
      icon: "diff",
      keys: t("Enter"),
      run: () => diff(left, right),
    },
  ];
  if (runs.length > 2) {
    const others = runs.filter((run) => run !== right);
    entries.push({
      kind: "item",
      label: t("Compare {0} with Another Run…", cut(labels[right] ?? "", 24)),
      run: () =>
        choose(t("Compare with"), [
          ...others
            .slice(0, MAX_CHOICES)
            .map((run): MenuEntry => ({ kind: "item", label: cut(labels[run] ?? "", MAX_LABEL), run: () => diff(run, right) })),
          ...(others.length > MAX_CHOICES
            ? [{ kind: "heading", label: t("Showing {0} of {1}; set the wanted run as baseline.", MAX_CHOICES, others.length) } as const]
            : []),
        ]),
    });
  }
  return entries;
}

function directionEntries(view: CompareView, row: CompareRow, actions: PageActions): readonly MenuEntry[] {
  const { directions } = view.options;
  const set = (direction: CompareDirection | null): void => {
    const others = directions.filter(([key]) => key !== row.key);
    actions.changeOptions({ directions: direction === null ? others : [...others, [row.key, direction]] });
  };
  const from =
    row.directionFrom === "config"
      ? t("Direction from mlops.yaml")
      : row.directionFrom === "user"
        ? t("Direction chosen here")
        : t("Direction guessed from the name");
  return [
    { kind: "heading", label: from },
    { kind: "radio", label: t("Higher Is Better"), checked: row.direction === "up", run: () => set("up") },
    { kind: "radio", label: t("Lower Is Better"), checked: row.direction === "down", run: () => set("down") },
    ...(row.directionFrom === "user" ? [{ kind: "item", label: t("Forget This Choice"), run: () => set(null) } as const] : []),
  ];
}

function runsWith(view: CompareView, row: CompareRow): readonly number[] {
  return view.runs.flatMap((_, run) => ((row.cells[run] ?? null) === null ? [] : [run]));
}

/** Labels by run, whatever the columns are. */
function runLabels(view: CompareView): readonly string[] {
  return columnLabels({ ...view, columns: view.runs });
}

/** In "summary" only what several runs can share. */
function isGroupable({ section, key }: CompareRow): boolean {
  return section !== "summary" || !["start", "end", "duration", "description"].includes(key);
}

function isGrouping({ options }: CompareView, { section, key }: CompareRow): boolean {
  return options.groupBy?.section === section && options.groupBy.key === key;
}
