import { standaloneSvg, svgToPng, type Picture, type PictureFormat } from "./chartPicture";
import { readChartTheme } from "./chartTheme";

/** What a chart's menu asks for. */
export interface PictureWish {
  readonly format: PictureFormat;
  readonly to: "file" | "clipboard";
}

/** Where pictures go. */
export interface PictureHost {
  savePicture(params: { readonly name: string; readonly format: PictureFormat; readonly data: string }): Promise<unknown>;
  copyText(params: { readonly text: string }): Promise<unknown>;
}

/** Makes a picture and hands it to the host, which asks where to save it, or puts it on the clipboard: drawings as text, pixels as an image. */
export async function takeOutPicture(
  host: PictureHost,
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
    await host.copyText({ text: picture.data });
  } else {
    await host.savePicture({ name, format: picture.format, data: picture.data });
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
