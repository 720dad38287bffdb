import type { CompareView } from "../../../src/protocol/compare";
import type { HoveredRun } from "../../shared/charts/hoveredRun";
import { standaloneSvg, svgToPng, type Picture, type PictureFormat } from "../../shared/charts/chartPicture";
import { readChartTheme } from "../../shared/charts/chartTheme";
import { t } from "../../shared/l10n";
import type { ChartsHost } from "./chartsHost";
import type { CurveReader } from "./curveReader";

/** What all charts of the page share. */
export interface ChartsContext {
  readonly host: ChartsHost;
  readonly curves: CurveReader;
  readonly hover: HoveredRun;
}

/** What a chart's menu asks for. */
export interface PictureWish {
  readonly format: PictureFormat;
  readonly to: "file" | "clipboard";
}

/** Makes a picture and hands it to the host, which asks where to save it, or puts it on the clipboard: drawings as text, pixels as an image. */
export async function takeOut(
  host: ChartsHost,
  name: string,
  event: Event,
  make: (format: PictureFormat) => Picture | null | Promise<Picture | null>,
): Promise<void> {
  const { format, to } = (event as CustomEvent<PictureWish>).detail;
  const made = make(format);
  if (to === "clipboard" && format === "png") {
    // The browser wants the item within the click that asked for it; the pixels may come later.
    const blob = Promise.resolve(made).then((picture) => toBlob(picture?.data ?? ""));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
    return;
  }
  const picture = await made;
  if (picture === null) {
    return;
  }
  if (to === "clipboard") {
    await host.call("copyText", { text: picture.data });
  } else {
    await host.call("savePicture", { name, format: picture.format, data: picture.data }, { timeoutMs: 0 });
  }
}

/** An SVG element of the page as a picture of its own. */
export async function pictureOf(element: SVGSVGElement | null, title: string, format: PictureFormat): Promise<Picture | null> {
  if (element === null) {
    return null;
  }
  const { svg, width, height } = standaloneSvg(element, title, readChartTheme());
  return { format, data: format === "svg" ? svg : await svgToPng(svg, width, height) };
}

function toBlob(base64: string): Blob {
  return new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], { type: "image/png" });
}

/** The name of the runs that share a value. */
export function groupName(view: CompareView): (label: string | null) => string {
  const key = view.options.groupBy?.key ?? "";
  return (label) => (label === null ? t("no {0}", key) : `${key} = ${label}`);
}
