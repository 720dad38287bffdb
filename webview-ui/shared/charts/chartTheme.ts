import type { ThemeKind } from "./seriesStyle";

/** Colours for the canvas, which knows nothing of CSS variables. */
export interface ChartTheme {
  readonly kind: ThemeKind;
  readonly text: string;
  readonly muted: string;
  readonly grid: string;
  readonly background: string;
  readonly warning: string;
  readonly tooltipBackground: string;
  readonly tooltipText: string;
  readonly tooltipBorder: string;
  readonly fontFamily: string;
  readonly fontSize: number;
}

/** Reads VS Code's theme variables as they are now. */
export function readChartTheme(): ChartTheme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string, ...others: readonly string[]): string => {
    for (const each of [name, ...others]) {
      const value = style.getPropertyValue(each).trim();
      if (value !== "") {
        return value;
      }
    }
    return "#888888";
  };
  const kind = themeKind(document.body);
  const contrast = kind === "hcDark" || kind === "hcLight";
  return {
    kind,
    text: read("--vscode-foreground", "--vscode-editor-foreground"),
    muted: contrast ? read("--vscode-foreground") : read("--vscode-descriptionForeground", "--vscode-foreground"),
    grid: contrast ? withAlpha(read("--vscode-contrastBorder", "--vscode-foreground"), 0.35) : "rgba(128, 128, 128, 0.2)",
    background: read("--vscode-editor-background"),
    warning: read("--vscode-editorWarning-foreground", "--vscode-charts-orange", "--vscode-foreground"),
    tooltipBackground: read("--vscode-editorHoverWidget-background", "--vscode-editor-background"),
    tooltipText: read("--vscode-editorHoverWidget-foreground", "--vscode-foreground"),
    tooltipBorder: read("--vscode-editorHoverWidget-border", "--vscode-contrastBorder"),
    fontFamily: read("--vscode-font-family"),
    fontSize: Math.max(9, (Number.parseFloat(style.getPropertyValue("--vscode-font-size")) || 13) - 2),
  };
}

/** Calls back after VS Code changed the theme: it rewrites the style of the root and the class of the body. */
export function onThemeChange(callback: () => void): () => void {
  const observer = new MutationObserver(callback);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class", "data-vscode-theme-kind"] });
  return () => observer.disconnect();
}

function themeKind(body: HTMLElement): ThemeKind {
  const { classList } = body;
  if (classList.contains("vscode-high-contrast-light")) {
    return "hcLight";
  }
  return classList.contains("vscode-high-contrast") ? "hcDark" : classList.contains("vscode-light") ? "light" : "dark";
}

/** For the `#rrggbb` that VS Code writes; other notations are used as they are. */
function withAlpha(color: string, alpha: number): string {
  return /^#[0-9a-f]{6}$/i.test(color)
    ? `${color}${Math.round(alpha * 255)
        .toString(16)
        .padStart(2, "0")}`
    : color;
}
