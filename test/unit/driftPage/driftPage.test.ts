// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";

import type { DriftView } from "../../../src/protocol/drift";
import type { DriftCalls } from "../../../webview-ui/drift/driftCalls";
import "../../../webview-ui/drift/driftPage";
import type { DriftGrid } from "../../../webview-ui/drift/driftGrid";
import type { DriftPageElement } from "../../../webview-ui/drift/driftPage";
import { storyDetail, storySegments, storyTools } from "../../webview/stories/driftDetails";
import { storyView } from "../../webview/stories/driftViews";

const asked: [string, object][] = [];

afterEach(() => {
  document.body.replaceChildren();
  asked.splice(0);
});

/** A host that remembers what it was asked and answers with the story's data. */
function aHost(view: DriftView, fails: readonly string[] = []): DriftCalls {
  const answer =
    <T>(method: string, value: (params: never) => T) =>
    (params: object): Promise<T> => {
      asked.push([method, params]);
      return fails.includes(method)
        ? Promise.reject(Object.assign(new Error("The file is gone."), { remedy: "Fetch it again." }))
        : Promise.resolve(value(params as never));
    };
  const nothing = (method: string) => answer(method, () => undefined);
  return {
    setOptions: nothing("setOptions"),
    column: answer("column", ({ name }: { name: string }) => storyDetail(view, name)),
    tools: answer("tools", () => storyTools()),
    segments: answer("segments", ({ column }: { column: string }) => storySegments(column)),
    exportReport: nothing("exportReport"),
    savePicture: nothing("savePicture"),
    copyText: nothing("copyText"),
    writeNote: nothing("writeNote"),
    openFile: nothing("openFile"),
    openConfig: nothing("openConfig"),
    retrain: nothing("retrain"),
    cancel: nothing("cancel"),
    reload: nothing("reload"),
  };
}

async function aPage(state: string, change: Partial<DriftView> = {}, fails: readonly string[] = []): Promise<DriftPageElement> {
  const view = { ...storyView({ columns: 12, windows: 12, state }), ...change };
  const page = document.createElement("mlops-drift") as DriftPageElement;
  page.host = aHost(view, fails);
  page.view = view;
  document.body.append(page);
  await settle(page);
  return page;
}

async function settle(page: DriftPageElement): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await page.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

const textOf = (page: DriftPageElement): string => (page.shadowRoot?.textContent ?? "").replace(/\s+/g, " ");
/** A button's words without its icon, which is a picture's address in the tests. */
const wordsOf = (element: Element): string => {
  const copy = element.cloneNode(true) as Element;
  copy.querySelectorAll(".icon").forEach((icon) => icon.remove());
  return copy.textContent.trim();
};
const byText = (page: DriftPageElement, text: string): HTMLElement => {
  const found = [...(page.shadowRoot?.querySelectorAll<HTMLElement>("button") ?? [])].find((button) => wordsOf(button).startsWith(text));
  if (found === undefined) {
    throw new Error(`No button ${text}`);
  }
  return found;
};
const grid = (page: DriftPageElement) => page.shadowRoot?.querySelector<DriftGrid>("mlops-drift-grid") ?? null;
const detail = (page: DriftPageElement) =>
  page.shadowRoot?.querySelector<HTMLElement & { updateComplete: Promise<boolean> }>("mlops-drift-detail") ?? null;

/** Where a column stands in the table, with the headings of groups counted. */
function rowOf(page: DriftPageElement, name: string): number {
  return grid(page)?.rowIds?.indexOf(`column:${name}`) ?? -1;
}

async function open(page: DriftPageElement, name: string): Promise<void> {
  grid(page)?.dispatchEvent(new CustomEvent("grid-activate", { detail: { row: rowOf(page, name) } }));
  // The details come with the charts, whose code loads on first use.
  for (let turn = 0; turn < 400 && (detail(page)?.shadowRoot?.querySelector("table") ?? null) === null; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe("what is missing", () => {
  it.each([
    ["noReference", "No reference set", "Open mlops.yaml", "openConfig"],
    ["noCurrent", "No current data", "Open mlops.yaml", "openConfig"],
    ["noColumns", "No column can be compared", "Open mlops.yaml", "openConfig"],
    ["noRows", "0 rows after the filter", "Open mlops.yaml", "openConfig"],
    ["error", "The data could not be compared", "Retry", "reload"],
    ["loading", "Reading data/production/2026-11.csv", "Cancel", "cancel"],
  ])("%s is named, with what can be done", async (state, words, button, method) => {
    const page = await aPage(state);
    expect(textOf(page)).toContain(words);
    expect(grid(page)).toBeNull();
    byText(page, button).click();
    expect(asked.map(([name]) => name)).toEqual([method]);
  });

  it("says that a segment leaves no row, and takes it back", async () => {
    const { options } = storyView({ columns: 12, windows: 0, state: "noRows" });
    const page = await aPage("noRows", { options: { ...options, segment: { column: "region", value: null } } });
    expect(textOf(page)).toContain("region = (missing)");
    byText(page, "Show all rows again").click();
    expect(asked[0]?.[1]).toMatchObject({ options: { segment: null } });
  });

  it("says that it opens, not that something is missing, before the host has looked", async () => {
    const page = await aPage("noReference", { revision: 0 });
    expect(textOf(page)).toContain("Opening the comparison…");
    expect(textOf(page)).not.toContain("No reference set");
  });

  it("says what the failure is and what helps", async () => {
    expect(textOf(await aPage("error"))).toContain("Fetch it with dvc pull, or correct monitoring.current in mlops.yaml.");
  });

  it("keeps showing what there is while it computes, and lets people cancel", async () => {
    const page = await aPage("computing");
    expect(grid(page)).not.toBeNull();
    expect(page.shadowRoot?.querySelector("progress")?.getAttribute("max")).toBe("12");
    byText(page, "Cancel").click();
    expect(asked).toEqual([["cancel", {}]]);
  });

  it("marks what is from before, and what is out of date", async () => {
    expect(textOf(await aPage("stale"))).toContain("What is shown is from before.");
    expect(textOf(await aPage("outdated"))).toContain("changed since it was compared");
  });
});

describe("the header", () => {
  it("tells verdict, sides and a sample, and everything on demand", async () => {
    const page = await aPage("sampled");
    expect(page.shadowRoot?.querySelector(".verdict")?.textContent).toContain("columns drifted");
    expect(page.shadowRoot?.querySelector(".tag")?.textContent).toBe("Sample");
    expect(textOf(page)).not.toContain("SHA-256");
    byText(page, "Details").click();
    await settle(page);
    expect(textOf(page)).toContain("1,000,000 of 8,211,034 rows, drawn at random with seed 42");
    expect(textOf(page)).toContain("SHA-256 9f86d081884c");
    byText(page, "data/train.parquet").click();
    expect(asked).toEqual([["openFile", { path: "data/train.parquet" }]]);
  });

  it("hands the columns that drifted, and no others, to retraining", async () => {
    const page = await aPage("ok");
    byText(page, "Retrain Because of This").click();
    const failed = page.view?.columns.filter(({ state }) => state === "fail").map(({ name }) => name);
    expect(failed?.length).toBeGreaterThan(0);
    expect(asked).toEqual([["retrain", { revision: 1, columns: failed }]]);
  });

  it("does not say that it retrains because of drift where nothing drifted", async () => {
    const page = await aPage("unjudged");
    expect(wordsOf(byText(page, "Retrain"))).toBe("Retrain…");
  });

  it("sends a change of options with all others as they are", async () => {
    const page = await aPage("ok");
    const [mode] = [...(page.shadowRoot?.querySelectorAll<HTMLSelectElement>(".options select") ?? [])];
    if (mode !== undefined) {
      mode.value = "evidently";
      mode.dispatchEvent(new Event("change"));
    }
    expect(asked).toEqual([["setOptions", { revision: 1, options: { ...page.view?.options, mode: "evidently" } }]]);
  });

  it("shows what a call fails with, and what helps", async () => {
    const page = await aPage("ok", {}, ["openConfig"]);
    byText(page, "Limits").click();
    await settle(page);
    expect(textOf(page)).toContain("The file is gone. Fetch it again.");
    byText(page, "Dismiss").click();
    await settle(page);
    expect(textOf(page)).not.toContain("The file is gone.");
  });
});

describe("the table", () => {
  it("filters by words and by states, and offers to show all again", async () => {
    const page = await aPage("ok");
    expect(grid(page)?.rowCount).toBe(14);
    byText(page, "Drift").click();
    await settle(page);
    expect(grid(page)?.rowIds).toEqual(expect.arrayContaining(["column:monthly_charges", "column:contract"]));
    expect(grid(page)?.rowIds).not.toContain("column:age");
    const search = page.shadowRoot?.querySelector<HTMLInputElement>(".search");
    if (search != null) {
      search.value = "no such column";
      search.dispatchEvent(new Event("input"));
    }
    await settle(page);
    expect(textOf(page)).toContain("No column matches");
    byText(page, "Show All Columns").click();
    await settle(page);
    expect(grid(page)?.rowCount).toBe(14);
  });

  it("turns the order when a heading is chosen again", async () => {
    const page = await aPage("ok");
    const sort = async (): Promise<unknown> => {
      grid(page)?.dispatchEvent(new CustomEvent("grid-sort", { detail: { column: "score", add: false } }));
      await settle(page);
      return grid(page)?.columns.find(({ id }) => id === "score")?.sort;
    };
    expect(await sort()).toEqual({ descending: true, place: null });
    expect(await sort()).toEqual({ descending: false, place: null });
  });

  it("leaves the grid's rows as they are when the host sends the same columns with other progress", async () => {
    const page = await aPage("ok");
    const before = grid(page)?.version;
    page.view = { ...page.view, progress: { text: "Reading", done: 1, total: 2 } } as DriftView;
    await settle(page);
    expect(textOf(page)).toContain("Reading");
    expect(grid(page)?.version).toBe(before);
  });
});

describe("the details of a column", () => {
  it("open with everything about it, ask once, and close with Escape", async () => {
    const page = await aPage("ok");
    await open(page, "contract");
    const text = (detail(page)?.shadowRoot?.textContent ?? "").replace(/\s+/g, " ");
    expect(text).toContain("New categories");
    expect(text).toContain("Lost categories");
    expect(text).toContain("needs the same number of rows on both sides");
    expect(asked).toEqual([["column", { revision: 1, name: "contract" }]]);
    detail(page)?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    await settle(page);
    expect(detail(page)).toBeNull();
  });

  it("compare the tools only when asked", async () => {
    const page = await aPage("ok");
    await open(page, "monthly_charges");
    expect(asked.map(([method]) => method)).not.toContain("tools");
    const button = [...(detail(page)?.shadowRoot?.querySelectorAll("button") ?? [])].find(
      (each) => each.textContent === "Compare the Tools",
    );
    button?.click();
    await settle(page);
    expect(detail(page)?.shadowRoot?.textContent).toContain("The tools disagree about this column.");
  });

  it("say what failed and can be asked for again", async () => {
    const page = await aPage("ok", {}, ["column"]);
    grid(page)?.dispatchEvent(new CustomEvent("grid-activate", { detail: { row: rowOf(page, "age") } }));
    for (let turn = 0; turn < 400 && (detail(page)?.shadowRoot?.querySelector("[role=alert]") ?? null) === null; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(detail(page)?.shadowRoot?.querySelector("[role=alert]")?.textContent).toContain("The file is gone. Fetch it again.");
    detail(page)?.shadowRoot?.querySelector<HTMLElement>("[role=alert] button")?.click();
    await settle(page);
    expect(asked.filter(([method]) => method === "column")).toHaveLength(2);
  });
});

describe("what happened over time", () => {
  const time = (page: DriftPageElement) => page.shadowRoot?.querySelector("mlops-drift-time") ?? null;
  const kpis = (page: DriftPageElement): readonly Element[] => [...(time(page)?.shadowRoot?.querySelectorAll(".kpi") ?? [])];
  async function overTime(wantedKpi: string | null = null): Promise<DriftPageElement> {
    const page = await aPage("ok");
    page.wantedKpi = wantedKpi;
    page.page = { ...page.page, tab: "time" };
    for (let turn = 0; turn < 400 && kpis(page).length === 0; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await settle(page);
    return page;
  }

  it("leads from a window to its columns", async () => {
    const page = await overTime();
    const window = page.view?.windows[3];
    time(page)?.dispatchEvent(new CustomEvent("choose-window", { detail: window?.from }));
    await settle(page);
    expect(asked).toMatchObject([["setOptions", { revision: 1, options: { shownWindow: 3 } }]]);
    expect(grid(page)).not.toBeNull();
  });

  it("asks nothing for a moment that is in no window", async () => {
    const page = await overTime();
    time(page)?.dispatchEvent(new CustomEvent("choose-window", { detail: 1 }));
    await settle(page);
    expect(asked).toEqual([]);
    expect(time(page)).not.toBeNull();
  });

  it("brings the KPI that somebody came for into sight, once", async () => {
    const page = await overTime("roc_auc");
    expect(time(page)?.shadowRoot?.activeElement?.getAttribute("data-kpi")).toBe("roc_auc");
    expect(page.wantedKpi).toBeNull();
  });

  it("waits for a KPI that is not computed yet", async () => {
    const page = await overTime("f1");
    expect(page.wantedKpi).toBe("f1");
    page.view = { ...page.view, kpis: page.view?.kpis.map((kpi) => ({ ...kpi, name: "f1" })) } as DriftView;
    await settle(page);
    await settle(page);
    expect(time(page)?.shadowRoot?.activeElement?.getAttribute("data-kpi")).toBe("f1");
    expect(page.wantedKpi).toBeNull();
  });
});

describe("the tabs", () => {
  it("are one stop of the Tab key, walked along by arrows and around the ends", async () => {
    const page = await aPage("ok");
    const press = async (key: string): Promise<string | undefined> => {
      page.shadowRoot?.querySelector("[role=tablist]")?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
      await settle(page);
      return page.shadowRoot?.querySelector("[role=tab][aria-selected=true]")?.id;
    };
    expect(await press("ArrowLeft")).toBe("tab-notes");
    expect(await press("ArrowLeft")).toBe("tab-segments");
    expect(await press("End")).toBe("tab-notes");
    expect([...(page.shadowRoot?.querySelectorAll("[role=tab][tabindex='0']") ?? [])].map(({ id }) => id)).toEqual(["tab-notes"]);
  });

  it("tell when the page is arranged anew, so that it comes back the same", async () => {
    const page = await aPage("ok");
    const kept: unknown[] = [];
    page.addEventListener("page-kept", (event) => kept.push((event as CustomEvent<unknown>).detail));
    byText(page, "Segments").click();
    expect(kept).toMatchObject([{ tab: "segments", column: null }]);
  });
});

describe("how the files are read", () => {
  const form = (page: DriftPageElement) => page.shadowRoot?.querySelector("mlops-drift-reading")?.shadowRoot ?? null;
  const field = (page: DriftPageElement, name: string): HTMLInputElement => {
    const found = form(page)?.querySelector<HTMLInputElement>(`[name="${name}"]`);
    if (found == null) {
      throw new Error(`No field ${name}`);
    }
    return found;
  };

  /** Opens it. The tests' browser cannot say where the focus is while it is in another shadow than the table's, so that it is taken away. */
  const openForm = async (page: DriftPageElement, button: string): Promise<void> => {
    byText(page, button).click();
    await page.updateComplete;
    field(page, "reference-separator").blur();
    await settle(page);
  };

  it("is said in a form, which sends both sides and what is left out, and closes", async () => {
    const page = await aPage("ok");
    await openForm(page, "Reading");
    field(page, "current-separator").value = ";";
    field(page, "reference-separator").value = " TAB";
    field(page, "current-encoding").value = "windows-1252";
    field(page, "current-missing").value = " NA, -,NA ,";
    field(page, "ignore").value = "customer_id, age";
    form(page)
      ?.querySelector("form")
      ?.dispatchEvent(new Event("submit", { cancelable: true }));
    await settle(page);
    expect(form(page)).toBeNull();
    expect(asked.filter(([name]) => name === "setOptions").map(([, params]) => params)).toMatchObject([
      {
        options: {
          reading: {
            reference: { separator: "\t", encoding: null, missing: [] },
            current: { separator: ";", encoding: "windows-1252", missing: ["NA", "-"] },
          },
          ignore: ["customer_id", "age"],
        },
      },
    ]);
  });

  it("shows what is chosen, also what the lists do not have, and finds it out again", async () => {
    const { options } = storyView({ columns: 12, windows: 12, state: "ok" });
    const side = { separator: "#", encoding: "koi8-r", missing: ["?"] };
    const page = await aPage("ok", {
      options: { ...options, reading: { reference: side, current: { ...side, separator: "\t" } }, ignore: ["row"] },
    });
    await openForm(page, "Reading");
    const names = ["reference-separator", "reference-encoding", "current-separator", "reference-missing", "ignore"];
    expect(names.map((name) => field(page, name).value)).toEqual(["#", "koi8-r", "tab", "?", "row"]);
    const [again] = [...(form(page)?.querySelectorAll("button") ?? [])].filter((button) => button.textContent.includes("Find It Out"));
    again?.click();
    await settle(page);
    const plain = { separator: null, encoding: null, missing: [] };
    expect(asked.at(-1)).toMatchObject(["setOptions", { options: { reading: { reference: plain, current: plain }, ignore: ["row"] } }]);
  });

  it("can be said where the files could not be read, and is left with Escape", async () => {
    const page = await aPage("error");
    await openForm(page, "Read It in Another Way");
    form(page)
      ?.querySelector("form")
      ?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    await settle(page);
    expect(form(page)).toBeNull();
    expect(asked).toEqual([]);
  });

  it("shows columns that are left out, each with a way back", async () => {
    const { options } = storyView({ columns: 12, windows: 12, state: "ok" });
    const page = await aPage("ok", { options: { ...options, ignore: ["row", "id"], window: 750, detectors: ["adwin", "cusum"] } });
    expect(textOf(page)).toContain("Without row");
    page.shadowRoot?.querySelector<HTMLButtonElement>('[aria-label="Judge row again"]')?.click();
    expect(asked).toMatchObject([["setOptions", { options: { ignore: ["id"] } }]]);
    const selected = [...(page.shadowRoot?.querySelectorAll<HTMLOptionElement>(".options option[selected]") ?? [])];
    expect(selected.map(({ textContent }) => textContent.trim())).toEqual(expect.arrayContaining(["750 rows", "ADWIN, CUSUM"]));
  });
});
