/** What the user arranged on the page itself; kept over a reload beside the host's ids. */
export interface PageState {
  readonly onlyDifferences: boolean;
  /** Sections and key prefixes that are shut, by `Line.id`. */
  readonly folded: readonly string[];
  /** Artifact folders and the artifacts' section that are open. */
  readonly opened: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  readonly table: boolean;
  readonly charts: boolean;
}

export const DEFAULT_PAGE_STATE: PageState = { onlyDifferences: true, folded: [], opened: [], widths: {}, table: true, charts: false };

/** The page's part of a kept state; what does not fit is as on the first day. */
export function readPageState(kept: unknown): PageState {
  const page = field(kept, "page");
  const texts = (name: string): readonly string[] => {
    const list = field(page, name);
    return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
  };
  const flag = (name: "onlyDifferences" | "table" | "charts"): boolean => {
    const value = field(page, name);
    return typeof value === "boolean" ? value : DEFAULT_PAGE_STATE[name];
  };
  const widths = Object.entries(field(page, "widths") ?? {}).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number" && entry[1] > 0 && entry[1] < 5000,
  );
  const table = flag("table");
  return {
    onlyDifferences: flag("onlyDifferences"),
    folded: texts("folded"),
    opened: texts("opened"),
    widths: Object.fromEntries(widths),
    table: table || !flag("charts"),
    charts: flag("charts"),
  };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
