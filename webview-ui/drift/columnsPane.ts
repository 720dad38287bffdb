import { html, type TemplateResult } from "lit";

import type { DriftColumnType, DriftOptions, DriftState, DriftView } from "../../src/protocol/drift";
import { icon } from "../shared/icons";
import { t } from "../shared/l10n";
import type { MenuEntry } from "../shared/menu";
import { DRIFT_STATES, STATE_ORDER, TYPES } from "./driftStates";
import { countText } from "./numberText";
import type { DriftPageState, SortKey } from "./pageState";
import { countStates, type TableLine } from "./tableLines";

export interface FilterProps {
  readonly view: DriftView;
  readonly page: DriftPageState;
  readonly query: string;
  readonly search: (query: string) => void;
  readonly leaveSearch: () => void;
  readonly setStates: (states: readonly DriftState[]) => void;
}

/** What the table shows: by name, and by state with how many there are of each. */
export function renderFilters({ view, page, query, search, leaveSearch, setStates }: FilterProps): TemplateResult {
  const counts = countStates(view.columns);
  return html`<div class="filters" role="toolbar" aria-label=${t("Filter columns")}>
    <input
      class="search"
      type="search"
      aria-label=${t("Find columns")}
      placeholder=${t("Find columns")}
      .value=${query}
      @input=${(event: Event) => search((event.target as HTMLInputElement).value)}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "ArrowDown" || event.key === "Enter") {
          event.preventDefault();
          leaveSearch();
        } else if (event.key === "Escape" && query !== "") {
          event.stopPropagation();
          search("");
        }
      }}
    />
    ${STATE_ORDER.filter((state) => counts[state] > 0).map((state) => {
      const isOn = page.states.includes(state);
      return html`<button
        class="tool state ${state}"
        aria-pressed=${String(isOn)}
        title=${isOn ? t("Show all states again") : t("Show only {0}", t(DRIFT_STATES[state].label))}
        @click=${() => setStates(isOn ? page.states.filter((other) => other !== state) : [...page.states, state])}
      >
        ${icon(DRIFT_STATES[state].icon)}<span>${t(DRIFT_STATES[state].label)}</span> <b>${countText(counts[state])}</b>
      </button>`;
    })}
  </div>`;
}

/** In place of the table when search and states leave nothing. */
export function renderNothingFound(clear: () => void): TemplateResult {
  return html`<div class="empty" role="status">
    ${icon("filter")}
    <h2>${t("No column matches")}</h2>
    <button class="action second" @click=${clear}>${t("Show All Columns")}</button>
  </div>`;
}

export interface RowActions {
  readonly open: (name: string) => void;
  readonly copy: (text: string) => void;
  readonly segment: (name: string) => void;
  readonly change: (options: Partial<DriftOptions>) => void;
}

/** The menu of a column's row. */
export function rowMenu(view: DriftView, line: TableLine | undefined, actions: RowActions): readonly MenuEntry[] {
  if (line?.kind !== "column") {
    return [];
  }
  const { name, type } = line.row;
  const corrected = view.options.types.filter(([column]) => column !== name);
  return [
    { kind: "item", label: t("Open Details"), icon: "go-to-file", run: () => actions.open(name) },
    { kind: "item", label: t("Copy Name"), icon: "copy", run: () => actions.copy(name) },
    ...(view.segmentColumns.includes(name)
      ? [{ kind: "item", label: t("Drill Down by This Column"), icon: "group", run: () => actions.segment(name) } as const]
      : []),
    {
      kind: "item",
      label: t("Leave This Column Out"),
      icon: "circle-slash",
      run: () => actions.change({ ignore: [...view.options.ignore, name] }),
    },
    { kind: "separator" },
    { kind: "heading", label: t("Treat as") },
    ...(Object.entries(TYPES) as (readonly [DriftColumnType, string])[]).map(([id, label]): MenuEntry => ({
      kind: "radio",
      label: t(label),
      checked: id === type,
      run: () => (id === type ? undefined : actions.change({ types: [...corrected, [name, id]] })),
    })),
  ];
}

/** The menu of a heading. */
export function headingMenu(
  by: SortKey | undefined,
  page: DriftPageState,
  sort: (sort: DriftPageState["sort"]) => void,
): readonly MenuEntry[] {
  return by === undefined
    ? []
    : [false, true].map((descending) => ({
        kind: "radio",
        label: descending ? t("Sort Descending") : t("Sort Ascending"),
        checked: page.sort.by === by && page.sort.descending === descending,
        run: () => sort({ by, descending }),
      }));
}

/** Sorting by a heading once more turns the order; what is worst comes first at first. */
export function nextSort(by: SortKey, { sort }: DriftPageState): DriftPageState["sort"] {
  return sort.by === by ? { by, descending: !sort.descending } : { by, descending: by === "score" || by === "missing" };
}
