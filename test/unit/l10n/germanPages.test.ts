// @vitest-environment happy-dom
import { afterEach, beforeAll, describe, expect, it } from "vitest";

import german from "../../../l10n/bundle.l10n.de.json";
import type { DriftCalls } from "../../../webview-ui/drift/driftCalls";
import "../../../webview-ui/drift/driftPage";
import type { DriftPageElement } from "../../../webview-ui/drift/driftPage";
import { DRIFT_TABS, type DriftTab } from "../../../webview-ui/drift/pageState";
// Loaded by the page once a tab asks for it; here before, so that nothing is missed.
import "../../../webview-ui/drift/panels";
import type { OverviewCalls } from "../../../webview-ui/overview/overviewCalls";
import "../../../webview-ui/overview/overviewPage";
import type { OverviewPageElement } from "../../../webview-ui/overview/overviewPage";
import { DEFAULT_OVERVIEW_STATE, OVERVIEW_TABS } from "../../../webview-ui/overview/pageState";
import { useTranslations } from "../../../webview-ui/shared/l10n";
import { manyOverviewRows, overviewCosts, overviewPage, overviewView } from "../../builders/overviewPage";
import { storyDetail, storySegments, storyTools } from "../../webview/stories/driftDetails";
import { storyView } from "../../webview/stories/driftViews";
import { pageTexts } from "./pageTexts";

const bundle: Readonly<Record<string, string>> = german;

beforeAll(() => {
  document.documentElement.lang = "de";
  useTranslations(bundle);
});

afterEach(() => {
  document.body.replaceChildren();
});

/** Texts of the page that German has another word for. */
function leftInEnglish(texts: readonly string[]): readonly string[] {
  const said = new Set(Object.values(bundle));
  return [...new Set(texts)].filter((text) => Object.hasOwn(bundle, text) && bundle[text] !== text && !said.has(text));
}

async function settle(element: DriftPageElement | OverviewPageElement): Promise<void> {
  for (let turn = 0; turn < 4; turn++) {
    await element.updateComplete;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

function nothing(): Promise<never> {
  return new Promise(() => {});
}

/** A host that answers what is given, and never anything else. Lit asks values for marks of its own, whose names begin with `_$`. */
function aHost<T extends object>(answers: Partial<T>): T {
  return new Proxy(answers as T, {
    get: (known, name): unknown =>
      Object.hasOwn(known, name) ? Reflect.get(known, name) : String(name).startsWith("_$") ? undefined : nothing,
  });
}

describe("the overview in German", () => {
  it.each(OVERVIEW_TABS)("leaves nothing of the tab %s in English", async (tab) => {
    const element = document.createElement("mlops-overview") as OverviewPageElement;
    const rows = manyOverviewRows(20);
    element.host = aHost<OverviewCalls>({});
    element.page = { ...DEFAULT_OVERVIEW_STATE, tab, open: rows[0]?.id ?? null };
    element.view = overviewView(overviewPage(rows, { costs: [overviewCosts()] }));
    document.body.append(element);
    await settle(element);
    const texts = pageTexts(document.body);
    expect(texts).toContain("Übersicht");
    expect(leftInEnglish(texts)).toEqual([]);
  });

  it("writes numbers, money and days as Germans do", async () => {
    const element = document.createElement("mlops-overview") as OverviewPageElement;
    element.host = aHost<OverviewCalls>({});
    element.page = { ...DEFAULT_OVERVIEW_STATE, tab: "cost" };
    element.view = overviewView(overviewPage(manyOverviewRows(5), { costs: [overviewCosts()] }));
    document.body.append(element);
    await settle(element);
    const text = pageTexts(document.body).join("\n");
    expect(text).toMatch(/\d,\d\d\s€/);
    expect(text).not.toMatch(/[€$]\d/);
  });
});

describe("the drift page in German", () => {
  /** What each tab says when all of it is there. */
  const SAID: Readonly<Record<DriftTab, string>> = {
    columns: "Spalten suchen",
    time: "Spalten mit Drift im Zeitverlauf",
    correlations: "Korrelationen mit der größten Änderung",
    segments: "Nach den Werten von",
    notes: "Notiz schreiben",
  };

  it.each(DRIFT_TABS)("leaves nothing of the tab %s in English", async (tab) => {
    const view = storyView({ columns: 12, windows: 12, state: "drift" });
    const page = document.createElement("mlops-drift") as DriftPageElement;
    const calls: Partial<DriftCalls> = {
      column: ({ name }) => Promise.resolve(storyDetail(view, name)),
      tools: () => Promise.resolve(storyTools()),
      segments: ({ column }) => Promise.resolve(storySegments(column)),
    };
    page.host = aHost(calls);
    page.view = view;
    page.page = { ...page.page, tab };
    document.body.append(page);
    await settle(page);
    const texts = pageTexts(document.body);
    expect(texts).toContain(SAID[tab]);
    expect(leftInEnglish(texts)).toEqual([]);
  });

  it("would notice a text that was not translated", () => {
    expect(leftInEnglish(["Neu trainieren", "Export the Drift Report", "churn"])).toEqual(["Export the Drift Report"]);
  });
});
