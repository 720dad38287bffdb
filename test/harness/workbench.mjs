import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

import { root } from "../../scripts/node.mjs";

/**
 * @typedef {import("playwright-core").Browser} Browser
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").Locator} Locator
 * @typedef {import("playwright-core").FrameLocator} FrameLocator
 * @typedef {import("./server.mjs").Server} Server
 */

/** The themes that pictures are taken in: their label in the theme picker, and the class that the root element gets once one is drawn. */
const themes = {
  dark: { label: "Dark Modern", rootClass: "vscode-theme-defaults-themes-dark_modern-json" },
  light: { label: "Light Modern", rootClass: "vscode-theme-defaults-themes-light_modern-json" },
  hc: { label: "Dark High Contrast", rootClass: "vscode-theme-defaults-themes-hc_black-json" },
};

/** Screenshots land here; git ignores the folder. */
export const shotsFolder = join(root, "out", "shots");

const start = 60_000; // Milliseconds that a window may take to load on a slow machine.
const patience = 60_000; // Milliseconds that anything may take to appear after that.

/** One window of a running VS Code, driven as a person would: by clicks, keys and what is to be seen. */
export class Workbench {
  /** @param {Page} page @param {Server} server */
  constructor(page, server) {
    this.page = page;
    this.server = server;
  }

  /**
   * Opens a window in a fresh browser profile (VS Code keeps the state of its views there) and waits until it is ready.
   * `payload` goes into the address; see `testDriver` in server.mjs. @param {Browser} browser @param {Server} server
   * `functions` can be called by the page; `initScript` runs in each of its frames before their own scripts.
   * @param {{ payload?: [string, string][], viewport?: { width: number, height: number },
   *   functions?: Record<string, (...args: unknown[]) => void>, initScript?: () => void }} [options]
   */
  static async open(browser, server, options = {}) {
    const context = await browser.newContext({ viewport: options.viewport ?? { width: 1400, height: 930 } });
    if (options.initScript !== undefined) {
      await context.addInitScript(options.initScript);
    }
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const workbench = new Workbench(page, server);
    for (const [name, call] of Object.entries(options.functions ?? {})) {
      await page.exposeFunction(name, call);
    }
    const payload = options.payload === undefined ? "" : `&payload=${encodeURIComponent(JSON.stringify(options.payload))}`;
    await page.goto(server.url + payload, { waitUntil: "domcontentloaded" });
    await workbench.ready();
    return workbench;
  }

  /** Waits until the window has drawn its parts and applied its theme, which it does after it has read its settings. */
  async ready() {
    await this.page.locator(".monaco-workbench .part.sidebar").waitFor({ timeout: start, state: "attached" });
    await this.page.locator(".monaco-workbench .statusbar-item").first().waitFor({ timeout: start });
    await this.page.locator('.monaco-workbench[class*="vscode-theme-"]').waitFor({ timeout: start });
  }

  async reload() {
    await this.page.reload({ waitUntil: "domcontentloaded" });
    await this.ready();
  }

  async close() {
    await this.page.context().close();
  }

  /** Runs a command by its palette title, such as `MLOps: Refresh`. @param {string} title */
  async runCommand(title) {
    await this.page.keyboard.press("F1");
    const input = this.quickInput();
    await input.waitFor();
    await input.fill(`>${title}`);
    // The exact title: the palette may rank a longer one first.
    await this.page.locator(".quick-input-list .label-name").getByText(title, { exact: true }).first().click();
    // The palette has closed, or the command shows a list of its own in the same place.
    await this.page.waitForFunction((typed) => {
      const shown = [...document.querySelectorAll(".quick-input-widget")].filter((widget) => widget.checkVisibility());
      return shown.every((widget) => widget.querySelector("input")?.value !== typed);
    }, `>${title}`);
  }

  /** The text field of the palette, a quick pick or an input box. */
  quickInput() {
    return this.page.locator(".quick-input-widget input.input").first();
  }

  /** An entry of the palette or of a quick pick. @param {string} text */
  quickPick(text) {
    return this.page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first();
  }

  /** Shows a view container of the activity bar. @param {string} title */
  async openSidebar(title) {
    const tab = this.page.locator(`.part.activitybar .action-item:has(a[aria-label^="${title}"])`);
    await tab.waitFor({ timeout: start }); // Extensions are scanned after the window is ready.
    if (!((await tab.getAttribute("class")) ?? "").includes("checked")) {
      await tab.click();
    }
    await this.page.locator(".part.sidebar .composite.title", { hasText: new RegExp(title, "i") }).waitFor();
    // Away from the icon, whose name would else stand over a row of the sidebar.
    await this.page.mouse.move(700, 8);
  }

  /** A view (section) of the sidebar by its title. @param {string} title */
  view(title) {
    return this.page.locator(".part.sidebar .pane", { has: this.page.locator(`.pane-header[aria-label^="${title}"]`) });
  }

  /** Shuts all other views of the sidebar, because only rows in sight exist. @param {string} title */
  async giveHeightTo(title) {
    await this.view(title).waitFor();
    const open = this.page
      .locator('.part.sidebar .pane-header[aria-expanded="true"]')
      .and(this.page.locator(`:not([aria-label^="${title}"])`));
    while ((await open.count()) > 0) {
      await open.first().click();
    }
  }

  /**
   * Filters the Problems panel and waits until it did: each change starts its wait anew, and a panel that is still being drawn forgets the text.
   * @param {string} text
   */
  async filterProblems(text) {
    const input = this.page.locator(".part.panel .viewpane-filter input");
    const shown = this.page.locator(".part.panel").getByText(/^Showing \d+ of \d+$/);
    if ((await input.inputValue()) === text && (await shown.isVisible())) {
      return;
    }
    await input.fill(text);
    await shown.waitFor({ timeout: 5000 }).catch(() => undefined);
  }

  /** A row of a tree by a text in it; only rows that are scrolled into sight exist. @param {string | RegExp} text @param {Locator} [within] */
  row(text, within = this.page.locator(".part.sidebar")) {
    return within.locator('[role="treeitem"]', { hasText: text }).first();
  }

  /** Opens a row's children, if it is closed. @param {Locator} row */
  async expand(row) {
    await row.waitFor();
    if ((await row.getAttribute("aria-expanded")) === "false") {
      await row.locator(".monaco-tl-twistie").click();
    }
  }

  /** What the rows in sight say, one text a row. @param {Locator} [within] */
  async rowTexts(within = this.page.locator(".part.sidebar")) {
    return within.locator('[role="treeitem"]').evaluateAll((rows) => rows.map((row) => row.textContent.trim()));
  }

  /**
   * Opens a row's context menu and chooses an entry. A tree that is refreshed closes an open menu, which is then opened again.
   * @param {Locator} row @param {string} entry
   */
  async chooseFromMenu(row, entry) {
    const menu = this.page.locator(".context-view");
    const item = menu.locator(".action-item", { hasText: entry }).first();
    for (let attempt = 0; ; attempt++) {
      await row.click({ button: "right" });
      try {
        await item.hover({ timeout: 5000 });
        break;
      } catch (error) {
        if (attempt === 2) {
          throw error;
        }
        await this.page.keyboard.press("Escape");
      }
    }
    await menu.locator(".action-item.focused", { hasText: entry }).waitFor();
    await this.page.keyboard.press("Enter"); // A menu ignores clicks in its first tenth of a second.
    await menu.locator(".action-item").first().waitFor({ state: "hidden" });
  }

  /** Reloads the window in its own way, which writes down what is open; the browser's may come before that. */
  async reloadWindow() {
    const loaded = this.page.waitForEvent("domcontentloaded");
    await this.page.keyboard.press("F1");
    await this.quickInput().fill(">Developer: Reload Window");
    await this.quickPick("Developer: Reload Window").waitFor();
    await this.page.keyboard.press("Enter");
    await loaded;
    await this.ready();
  }

  /** The tab of an editor or webview panel. @param {string | RegExp} title */
  tab(title) {
    return this.page.locator(".part.editor .tab", { hasText: title }).first();
  }

  /** A notification that pops up. @param {string | RegExp} text */
  toast(text) {
    return this.page.locator(".notification-toast", { hasText: text }).first();
  }

  /** The content of the visible webview panel: VS Code nests our page two frames deep. @returns {FrameLocator} */
  webview() {
    return this.page.frameLocator("iframe.webview.ready:visible").frameLocator("iframe#active-frame");
  }

  /** The frame of the visible webview, for scripts that need more than locators. */
  async webviewFrame() {
    const element = await this.page.frameLocator("iframe.webview.ready:visible").locator("iframe#active-frame").elementHandle();
    const frame = await element?.contentFrame();
    if (frame === undefined || frame === null) {
      throw new Error("There is no visible webview.");
    }
    return frame;
  }

  /**
   * Changes the colour theme and waits until it is drawn. By the picker, as a person does it, because the server does not tell
   * its windows when somebody else writes the settings file. @param {keyof typeof themes} theme
   */
  async setTheme(theme) {
    const { label, rootClass } = themes[theme];
    await this.runCommand("Preferences: Color Theme");
    await this.quickPick("Dark Modern").waitFor();
    await this.quickInput().fill(label);
    await this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: label }).waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(`.monaco-workbench.${rootClass}`).waitFor();
    await this.quickInput().waitFor({ state: "hidden" });
  }

  /** Saves a picture of the window as out/shots/<name>.png. @param {string} name */
  async screenshot(name) {
    const path = join(shotsFolder, `${name}.png`);
    mkdirSync(dirname(path), { recursive: true });
    await this.page.screenshot({ path });
    return path;
  }

  /** Takes the picture in dark, light and high contrast, and ends in the dark theme. @param {string} name */
  async screenshotInThemes(name) {
    for (const theme of /** @type {const} */ (["light", "hc", "dark"])) {
      await this.setTheme(theme);
      await this.screenshot(`${name}-${theme}`);
    }
  }
}
