/** A series is told apart by colour, dash and marker together, so that no reader depends on colour. */
export interface SeriesStyle {
  readonly color: string;
  readonly dash: readonly number[];
  readonly marker: "circle" | "triangle" | "rect" | "rectRot" | "crossRot" | "star";
}

export type ThemeKind = "light" | "dark" | "hcLight" | "hcDark";

/**
 * After Okabe and Ito's colours, which people with any colour vision can tell apart, shifted until each has a contrast of
 * 3:1 at least against the background of VS Code's own themes.
 */
const COLORS: Readonly<Record<"light" | "dark", readonly string[]>> = {
  light: ["#0072b2", "#c25400", "#00805d", "#a8508a", "#8a6d00", "#3a86b8", "#444444", "#9c3d00"],
  dark: ["#56b4e9", "#e69f00", "#2fbf95", "#d88fbd", "#f0e442", "#e8702a", "#c8c8c8", "#4a9fd8"],
};
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3]];
const MARKERS: readonly SeriesStyle["marker"][] = ["circle", "triangle", "rect", "rectRot", "crossRot", "star"];

/** The style of the n-th series; 24 of them differ in at least one of the three ways. */
export function seriesStyle(index: number, theme: ThemeKind): SeriesStyle {
  const colors = COLORS[theme === "light" || theme === "hcLight" ? "light" : "dark"];
  return {
    color: colors[index % colors.length] ?? "#888888",
    dash: DASHES[index % DASHES.length] ?? [],
    marker: MARKERS[index % MARKERS.length] ?? "circle",
  };
}
