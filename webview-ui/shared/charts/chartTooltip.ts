import type { ChartTheme } from "./chartTheme";

/** A tooltip that looks like the editor's hover. */
export function tooltipLook(theme: ChartTheme) {
  const font = { family: theme.fontFamily, size: theme.fontSize };
  return {
    backgroundColor: theme.tooltipBackground,
    titleColor: theme.tooltipText,
    bodyColor: theme.tooltipText,
    footerColor: theme.tooltipText,
    borderColor: theme.tooltipBorder,
    borderWidth: 1,
    cornerRadius: 3,
    padding: 6,
    caretSize: 0,
    titleFont: { ...font, weight: "bold" },
    bodyFont: font,
    footerFont: { ...font, weight: "normal" },
  } as const;
}
