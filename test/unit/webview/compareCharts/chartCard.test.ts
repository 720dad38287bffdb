// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";

import "../../../../webview-ui/shared/charts/chartCard";
import type { ChartCard } from "../../../../webview-ui/shared/charts/chartCard";
import { takeOut } from "../../../../webview-ui/compare/charts/chartsContext";
import type { ChartsHost } from "../../../../webview-ui/compare/charts/chartsHost";
import "../../../../webview-ui/compare/charts/runLegend";
import type { RunLegend } from "../../../../webview-ui/compare/charts/runLegend";
import { HoveredRun } from "../../../../webview-ui/shared/charts/hoveredRun";
import type { PictureWish } from "../../../../webview-ui/shared/charts/takeOutPicture";
import { seriesTable } from "../../../../webview-ui/shared/charts/seriesTable";
import { aView } from "./aView";

afterEach(() => document.body.replaceChildren());

const points = (values: readonly number[]) => values.map((value, step) => ({ step, timestamp: 0, value }));

async function aCard(): Promise<ChartCard> {
  const card = document.createElement("mlops-chart-card") as ChartCard;
  card.heading = "<b>loss</b>";
  card.notes = ["1 × NaN."];
  card.data = seriesTable([
    { id: "0", label: "a", points: points([0.1, NaN]), total: 2 },
    { id: "1", label: "b", points: points([1 / 3]), total: 1 },
  ]);
  document.body.append(card);
  await card.updateComplete;
  return card;
}

const buttons = (card: ChartCard): readonly HTMLButtonElement[] => [...(card.shadowRoot?.querySelectorAll("button") ?? [])];

describe("mlops-chart-card", () => {
  it("shows a hostile name as text, and what the chart leaves out", async () => {
    const card = await aCard();
    expect(card.shadowRoot?.querySelector("h3")?.textContent).toBe("<b>loss</b>");
    expect(card.shadowRoot?.querySelector(".notes")?.textContent).toContain("1 × NaN.");
  });

  it("has the data behind the chart at a named button, with every digit and every gap", async () => {
    const card = await aCard();
    const [open] = buttons(card);
    expect(open?.getAttribute("aria-label")).toBe("Data of <b>loss</b>");
    expect(card.shadowRoot?.querySelector("mlops-chart-table")).toBeNull();
    open?.click();
    await card.updateComplete;
    const table = card.shadowRoot?.querySelector("mlops-chart-table");
    await (table as ChartCard | null | undefined)?.updateComplete;
    const rows = [...(table?.shadowRoot?.querySelectorAll("tbody tr") ?? [])].map((row) =>
      [...row.querySelectorAll("td")].slice(0, 3).map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ["a", "0", "0.1"],
      ["a", "1", "NaN"],
      ["b", "0", "0.3333333333333333"],
    ]);
    expect(open?.getAttribute("aria-pressed")).toBe("true");
  });

  it("has no table and no picture without data", async () => {
    const card = await aCard();
    card.data = null;
    await card.updateComplete;
    expect(buttons(card)).toEqual([]);
  });
});

describe("takeOut", () => {
  const asked: [string, object][] = [];
  const host: ChartsHost = {
    call: ((method: string, params: object) => {
      asked.push([method, params]);
      return Promise.resolve();
    }) as ChartsHost["call"],
  };
  const wish = (detail: PictureWish) => new CustomEvent("save-picture", { detail });
  afterEach(() => void asked.splice(0));

  it("saves under the chart's name in the format asked for", async () => {
    await takeOut(host, "Box plot: loss by lr", wish({ format: "png", to: "file" }), (format) => ({ format, data: "AAAA" }));
    expect(asked).toEqual([["savePicture", { name: "Box plot: loss by lr", format: "png", data: "AAAA" }]]);
  });

  it("copies a drawing as text, and asks for nothing before there is a picture", async () => {
    await takeOut(host, "loss", wish({ format: "svg", to: "clipboard" }), (format) => ({ format, data: "<svg/>" }));
    await takeOut(host, "loss", wish({ format: "svg", to: "file" }), () => null);
    expect(asked).toEqual([["copyText", { text: "<svg/>" }]]);
  });
});

describe("mlops-run-legend", () => {
  async function aLegend(names: readonly string[]): Promise<{ legend: RunLegend; hover: HoveredRun; items: readonly HTMLButtonElement[] }> {
    const legend = document.createElement("mlops-run-legend") as RunLegend;
    const hover = new HoveredRun();
    legend.view = aView(names);
    legend.hover = hover;
    document.body.append(legend);
    await legend.updateComplete;
    return { legend, hover, items: [...(legend.shadowRoot?.querySelectorAll<HTMLButtonElement>(".list button") ?? [])] };
  }

  it("lights up the run that is hovered elsewhere", async () => {
    const { hover, items } = await aLegend(["a", "b"]);
    hover.set(1);
    expect(items.map((item) => item.classList.contains("hovered"))).toEqual([false, true]);
    hover.set(null);
    expect(items.some((item) => item.classList.contains("hovered"))).toBe(false);
  });

  it("tells which run it is at, and which runs to hide", async () => {
    const { legend, items } = await aLegend(["a", "b"]);
    const told: unknown[] = [];
    legend.addEventListener("hover-run", (event) => told.push((event as CustomEvent<{ run: number | null }>).detail.run));
    legend.addEventListener("hidden-changed", (event) => told.push((event as CustomEvent<{ hidden: ReadonlySet<number> }>).detail.hidden));
    items[1]?.dispatchEvent(new MouseEvent("mouseenter"));
    items[1]?.click();
    expect(told).toEqual([1, new Set([1])]);
  });

  it("is one stop of the Tab key, walked along by arrows", async () => {
    const { legend, items } = await aLegend(["a", "b", "c"]);
    items[0]?.focus();
    items[0]?.dispatchEvent(new KeyboardEvent("keydown", { key: "End", bubbles: true }));
    await legend.updateComplete;
    expect(items.map((item) => item.getAttribute("tabindex"))).toEqual(["-1", "-1", "0"]);
  });
});
