// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";

import type { OverviewView } from "../../../src/protocol/overview";
import type { OverviewCalls } from "../../../webview-ui/overview/overviewCalls";
import "../../../webview-ui/overview/overviewPage";
import type { OverviewPageElement } from "../../../webview-ui/overview/overviewPage";
import { tableRoom, toOverviewGridColumns } from "../../../webview-ui/overview/overviewColumns";
import { rowMenu } from "../../../webview-ui/overview/overviewMenus";
import { DEFAULT_OVERVIEW_STATE, type OverviewPageState } from "../../../webview-ui/overview/pageState";
import {
  manyOverviewRows,
  overviewCosts,
  overviewPage,
  overviewRow,
  overviewStates,
  overviewSum,
  overviewView,
} from "../../builders/overviewPage";

const asked: [string, unknown][] = [];

afterEach(async () => {
  for (const element of document.querySelectorAll<OverviewPageElement>("mlops-overview")) {
    await settle(element);
  }
  document.body.replaceChildren();
  asked.splice(0);
});

function aHost(fails: readonly string[]): OverviewCalls {
  const call =
    (method: string) =>
    (params?: object): Promise<void> => {
      asked.push([method, params]);
      return fails.includes(method)
        ? Promise.reject(Object.assign(new Error("The file is gone."), { remedy: "Look again." }))
        : Promise.resolve();
    };
  return {
    ...{ refresh: call("refresh"), cancel: call("cancel"), act: call("act"), openFile: call("openFile"), openRun: call("openRun") },
    ...{ newModel: call("newModel"), openPolicy: call("openPolicy"), copyText: call("copyText") },
  };
}

async function aPage(
  view: OverviewView | undefined,
  page: Partial<OverviewPageState> = {},
  fails: readonly string[] = [],
): Promise<OverviewPageElement> {
  const element = document.createElement("mlops-overview") as OverviewPageElement;
  element.host = aHost(fails);
  element.page = { ...DEFAULT_OVERVIEW_STATE, ...page };
  element.view = view;
  document.body.append(element);
  await settle(element);
  return element;
}

async function settle(element: OverviewPageElement): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function textOf(element: OverviewPageElement): string {
  return (element.shadowRoot?.textContent ?? "").replace(/\s+/g, " ");
}

function button(element: OverviewPageElement, name: RegExp): HTMLButtonElement {
  const all = [...(element.shadowRoot?.querySelectorAll("button") ?? [])];
  const found = all.find((one) => name.test(one.getAttribute("aria-label") ?? one.textContent));
  if (found === undefined) {
    throw new Error(`There is no button ${String(name)}.`);
  }
  return found;
}

const TROUBLE = overviewStates({ challenge: "knowledge", light: "trouble", reason: "auc is 0.58, below 0.62.", action: "Retrain" });

describe("the overview's page", () => {
  it("says that it gathers, how far it is, and lets somebody stop it", async () => {
    const element = await aPage(overviewView(null, { progress: { done: 12, total: 500 } }));
    expect(textOf(element)).toContain("12 of 500");
    button(element, /Cancel/).click();
    expect(asked).toEqual([["cancel", undefined]]);
  });

  it("says that it was stopped, that it failed and why, or that there is no product, and what to do", async () => {
    const stopped = await aPage(overviewView(null, { wasCancelled: true }));
    button(stopped, /Gather Again/).click();
    const failed = await aPage(overviewView(null, { failure: { message: "The folder is gone.", remedy: "Open another." } }));
    expect(textOf(failed)).toContain("The folder is gone. Open another.");
    button(failed, /Retry/).click();
    const empty = await aPage(overviewView(overviewPage([])));
    button(empty, /New Model/).click();
    expect(asked.map(([method]) => method)).toEqual(["refresh", "refresh", "newModel"]);
  });

  it("keeps what it shows when a later gathering fails, and says that it is from before", async () => {
    const element = await aPage(
      overviewView(overviewPage([overviewRow({ name: "churn" })]), { failure: { message: "The folder is gone.", remedy: null } }),
    );
    expect(textOf(element)).toContain("What is shown is from before.");
    expect(element.shadowRoot?.querySelector("mlops-overview-grid")).not.toBeNull();
  });

  it("tells of one product, without a word that is only right for several", async () => {
    const element = await aPage(overviewView(overviewPage([overviewRow({ name: "churn" })])));
    expect(textOf(element)).toContain("1 product,");
  });

  it("opens the details of a product, whose buttons do what is next", async () => {
    const wait = { what: "Sign-off of the launch", who: ["mia@example.org"], due: "2026-12-01", action: "Decide", isMine: true };
    const row = overviewRow({ name: "churn", challenges: TROUBLE, waits: [wait] });
    const element = await aPage(overviewView(overviewPage([row])), { open: row.id });
    expect(textOf(element)).toContain("auc is 0.58, below 0.62.");
    expect(textOf(element)).toContain("You are asked.");
    button(element, /^\s*Retrain/).click();
    button(element, /^\s*Decide/).click();
    button(element, /Open file/).click();
    expect(asked).toEqual([
      ["act", { row: row.id, place: { kind: "challenge", challenge: "knowledge" } }],
      ["act", { row: row.id, place: { kind: "wait", index: 0 } }],
      ["openFile", { row: row.id }],
    ]);
  });

  it("does what is next on Enter at a light, and opens the details by a click", async () => {
    const row = overviewRow({ name: "churn", challenges: TROUBLE });
    const element = await aPage(overviewView(overviewPage([row])));
    const enter = (column: string | null): void => {
      const grid = element.shadowRoot?.querySelector("mlops-overview-grid");
      grid?.dispatchEvent(new CustomEvent("grid-activate", { detail: { row: 0, column } }));
    };
    enter("knowledge");
    enter("next");
    expect(asked.map(([method]) => method)).toEqual(["act", "act"]);
    expect(element.page.open).toBeNull();
    enter(null); // A click on the row.
    await settle(element);
    expect(element.page.open).toBe(row.id);
    element.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(element.page.open).toBeNull();
  });

  it("offers in a product's menu what is next in each challenge, and a row as a line for a spreadsheet", () => {
    const row = overviewRow({ name: "churn\tmodel", challenges: TROUBLE });
    const done: unknown[] = [];
    const note = (...all: readonly unknown[]): void => void done.push(...all);
    const menu = rowMenu(row, { open: note, act: (_row, place) => note(place), openFile: note, copy: note });
    const run = (label: RegExp): void => menu.forEach((entry) => "run" in entry && label.test(entry.label) && entry.run());
    expect(menu.flatMap((entry) => ("label" in entry ? [entry.label] : []))).toEqual([
      "Show Details",
      "Open File",
      "Knowledge: Retrain",
      "Copy Row",
    ]);
    run(/^Knowledge/);
    run(/^Copy/);
    expect(done[0]).toEqual({ kind: "challenge", challenge: "knowledge" });
    expect(String(done[1]).split("\t")[0]).toBe("churn model");
    expect(done[1]).toContain("Knowledge: Trouble (auc is 0.58, below 0.62.)");
    expect(rowMenu(overviewRow({ name: "x", config: null }), { open: note, act: note, openFile: note, copy: note })).toHaveLength(3);
  });

  it("tells at once what could not be done, and what to do about it", async () => {
    const row = overviewRow({ name: "churn", challenges: TROUBLE });
    const element = await aPage(overviewView(overviewPage([row])), { open: row.id }, ["act"]);
    button(element, /^\s*Retrain/).click();
    await settle(element);
    expect(element.shadowRoot?.querySelector('[role="alert"]')?.textContent).toContain("The file is gone. Look again.");
  });

  it("says what of the sum was spent on runs that were deleted since", async () => {
    const total = overviewSum(80, { deletedRuns: 2, deletedHours: 5, deletedAmount: 6.5 });
    const all = { key: null, label: "All runs", total, months: [{ ...total, month: "2026-11", budget: null, forecast: null }] };
    const costs = overviewCosts({ all });
    const element = await aPage(overviewView(overviewPage([overviewRow({ name: "x" })], { costs: [costs] })), { tab: "cost" });
    expect(element.shadowRoot?.textContent).toMatch(/Of it deleted runs: 2, 5(?:\.0)? h, €6\.50\./);
  });

  it("never shows a zero where nobody knows what runs cost", async () => {
    const nothing = overviewSum(0, { runs: 3, unpricedRuns: 3, unpricedHours: 2.5, currency: null });
    const costs = overviewCosts({
      all: { key: null, label: "All runs", total: nothing, months: [{ ...nothing, month: "2026-11", budget: null, forecast: null }] },
    });
    const element = await aPage(overviewView(overviewPage([overviewRow({ name: "x" })], { costs: [costs] })), { tab: "cost" });
    expect(textOf(element)).toContain("no price known");
    expect(textOf(element)).toContain("Without a known price: 3 of 3 runs, 2.5 h.");
  });

  it("says that little was paid, where the sum rounds to nothing", async () => {
    const little = overviewSum(0.002, { runs: 1 });
    const all = { key: null, label: "All runs", total: little, months: [{ ...little, month: "2026-11", budget: null, forecast: null }] };
    const element = await aPage(overviewView(overviewPage([overviewRow({ name: "x" })], { costs: [overviewCosts({ all })] })), {
      tab: "cost",
    });
    const cost = [...(element.shadowRoot?.querySelectorAll(".figures > div") ?? [])].find((one) => one.textContent.includes("Cost"));
    expect(cost?.textContent.replace(/\s+/g, " ")).toContain("< €0.01");
  });

  it("leaves the table the room beside details, so that its buttons stay in sight", () => {
    const state = DEFAULT_OVERVIEW_STATE;
    const width = (room: number): number =>
      toOverviewGridColumns(state, room)
        .slice(0, 2)
        .reduce((sum, column) => sum + column.width, 0);
    for (const page of [900, 1000, 1043]) {
      expect(width(tableRoom(page, true))).toBeLessThanOrEqual(tableRoom(page, true));
      expect(tableRoom(page, false)).toBe(page);
    }
    // Below, details stand under the table.
    expect(tableRoom(700, true)).toBe(700);
  });

  it("says a budget that is gone, and one that will be, in words", async () => {
    const element = await aPage(overviewView(overviewPage([overviewRow({ name: "x" })])), { tab: "cost" });
    expect(textOf(element)).toContain("€500.00 over, as it goes");
    expect(textOf(element)).toContain("€250.00 over");
  });

  it("lists waste with what to do, and never calls an unmeasured GPU idle", async () => {
    const element = await aPage(overviewView(overviewPage([overviewRow({ name: "x" })])), { tab: "waste" });
    expect(textOf(element)).toContain("Retrain through the workbench, which names the run that is there already.");
    expect(textOf(element)).toContain("Nothing was logged of GPUs: 11 runs. That is not idle, it is not known.");
    button(element, /lost-worker/).click();
    expect(asked).toEqual([["openRun", { storeId: "s", runId: "r9" }]]);
  });

  it("says hours, minutes and shares of effort, and that nothing tells where nothing does", async () => {
    const rows = [overviewRow({ name: "known" }), overviewRow({ name: "silent", effort: null })];
    const element = await aPage(overviewView(overviewPage(rows)), { tab: "effort" });
    expect(textOf(element)).toContain(
      "Hours of people's attention: 1, for 1 product. Actions by hand: 3, of 20 minutes each, as the policy says.",
    );
    expect(textOf(element)).toContain("Nothing tells of 1 more.");
    expect(textOf(element)).toContain("not known");
  });

  it("shows tools side by side, with the odd ones out marked by more than a colour", async () => {
    const rows = [overviewRow({ name: "churn" }), overviewRow({ name: "legacy", tools: [{ kind: "Python", value: "3.8" }] })];
    const element = await aPage(overviewView(overviewPage(rows)), { tab: "stack" });
    const odd = [...(element.shadowRoot?.querySelectorAll(".attention") ?? [])];
    expect(odd.map((one) => one.lastElementChild?.textContent)).toEqual(["legacy: 3.8", "3.8"]);
    expect(odd.every((one) => one.querySelector(".icon-warning") !== null)).toBe(true);
  });

  it("says nothing that is no number, in any part, for many products", async () => {
    for (const tab of ["overview", "cost", "waste", "effort", "stack"] as const) {
      const element = await aPage(overviewView(overviewPage(manyOverviewRows(90))), { tab });
      expect(textOf(element)).not.toMatch(/NaN|Infinity|undefined|\[object/);
      element.remove();
    }
  });
});
