import { BasicPlatform, Chart, Legend, Title, type ChartConfiguration } from "chart.js";
import { Element as SvgCanvas } from "svgcanvas";

import type { ChartTheme } from "./chartTheme";

Chart.register(Legend, Title);

export type PictureFormat = "svg" | "png";

/** A chart as SVG text, or as a PNG in base64, as the host's savePicture takes it. */
export interface Picture {
  readonly format: PictureFormat;
  readonly data: string;
}

const WIDTH = 960;
const HEIGHT = 540;
/** A legend of more series would leave no room for the chart. */
const MAX_LEGEND = 24;

/**
 * Draws a Chart.js chart once more, apart from the page: with its title and legend, on the theme's background. As SVG the chart
 * is drawn by svgcanvas, which answers to the canvas' methods with real shapes and texts.
 */
export function chartPicture(config: ChartConfiguration, title: string, theme: ChartTheme, format: PictureFormat): Picture {
  const canvas = format === "svg" ? new SvgCanvas({ width: WIDTH, height: HEIGHT }) : document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const font = { family: theme.fontFamily, size: 12 };
  const labelled = config.data.datasets.filter((dataset) => dataset.label !== undefined).length;
  const chart = new Chart(canvas as HTMLCanvasElement, {
    ...config,
    platform: BasicPlatform,
    options: {
      ...config.options,
      ...(format === "svg" ? { datasets: withoutPaths(config) } : {}),
      responsive: false,
      animation: false,
      events: [],
      devicePixelRatio: format === "png" ? 2 : 1,
      layout: { padding: 14 },
      plugins: {
        ...config.options?.plugins,
        title: { display: true, text: title.slice(0, 120), color: theme.text, font: { ...font, size: 14 } },
        legend: {
          display: labelled > 1 && labelled <= MAX_LEGEND,
          labels: {
            color: theme.text,
            font,
            usePointStyle: true,
            // A set without a name spans the scales and is no line.
            filter: ({ datasetIndex }, { datasets }) => datasets[datasetIndex ?? -1]?.label !== undefined,
          },
        },
      },
    },
    plugins: [background(theme.background), ...(config.plugins ?? [])],
  });
  const data =
    canvas instanceof HTMLCanvasElement
      ? canvas.toDataURL("image/png")
      : canvas.getContext("2d").getSerializedSvg(true).replaceAll(' text-decoration="undefined"', "");
  chart.destroy();
  return { format, data: format === "png" ? data.slice(data.indexOf(",") + 1) : data };
}

/** Draws SVG that stands on its own, at twice its size, as a PNG in base64. */
export async function svgToPng(svg: string, width: number, height: number): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const data = canvas.toDataURL("image/png");
  return data.slice(data.indexOf(",") + 1);
}

/** An SVG element of the page as a file of its own, on the theme's background. Its looks must stand in attributes. */
export function standaloneSvg(
  element: SVGSVGElement,
  title: string,
  theme: ChartTheme,
): { readonly svg: string; readonly width: number; readonly height: number } {
  const { width, height } = element.getBoundingClientRect();
  const top = 30;
  const copy = element.cloneNode(true) as SVGSVGElement;
  for (const interactive of copy.querySelectorAll("[data-interactive]")) {
    interactive.remove();
  }
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", String(width));
  copy.setAttribute("height", String(height + top));
  copy.setAttribute("viewBox", `0 ${-top} ${width} ${height + top}`);
  copy.setAttribute("font-family", theme.fontFamily);
  copy.setAttribute("font-size", String(theme.fontSize));
  const make = (name: string, attributes: Readonly<Record<string, string>>): SVGElement => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
    return made;
  };
  const words = title.slice(0, 120);
  // A long title becomes smaller rather than cut off: a letter is about 0.58 of its size wide.
  const size = Math.max(8, Math.min(14, Math.floor((width - 28) / (words.length * 0.58))));
  const heading = make("text", { x: "14", y: "-10", fill: theme.text, "font-size": String(size) });
  heading.textContent = words;
  copy.prepend(
    make("rect", { x: "0", y: String(-top), width: String(width), height: String(height + top), fill: theme.background }),
    heading,
  );
  return { svg: new XMLSerializer().serializeToString(copy), width, height: height + top };
}

/** The library strokes a line as a Path2D, which svgcanvas does not know; a line with styles of its own segments is drawn step by step. */
function withoutPaths({ options }: ChartConfiguration): object {
  return { ...options?.datasets, line: { ...options?.datasets?.line, segment: {} } };
}

function background(color: string) {
  return {
    id: "background",
    beforeDraw: ({ ctx, width, height }: Chart) => {
      ctx.save();
      ctx.fillStyle = color;
      ctx.fillRect(0, 0, width, height);
      ctx.restore();
    },
  };
}
