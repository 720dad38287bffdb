import { strict as assert } from "node:assert";

import type { Workbench } from "../harness/workbench.mjs";

/** Opens a file by its path, by keyboard, and puts the cursor on a line, or a line and a column (`5:8`), from 1. @param shown what the list of files shows of it. */
export async function goToLine(workbench: Workbench, path: string, line: number | string, shown: string): Promise<void> {
  await workbench.page.keyboard.press("Control+P");
  await workbench.quickInput().fill(`${path}:${line}`);
  await workbench.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: shown }).waitFor();
  await workbench.page.keyboard.press("Enter");
  await workbench.tab(path.split("/").at(-1) ?? path).waitFor();
  await workbench.page.locator(".monaco-editor.focused").first().waitFor();
}

/** Opens the menu of quick fixes; an editor that is still being drawn closes it, and it is opened again. */
export async function openFixes({ page }: Workbench): Promise<ReturnType<Workbench["row"]>> {
  const focused = page.locator(".action-widget .monaco-list-row.action.focused");
  for (let attempt = 0; ; attempt++) {
    await page.keyboard.press("Control+.");
    try {
      await focused.waitFor({ timeout: 5000 });
      return focused;
    } catch (error) {
      if (attempt === 5) {
        throw error;
      }
    }
  }
}

/** Opens the menu of quick fixes and goes down to an entry, by keyboard alone. */
export async function chooseFix(workbench: Workbench, text: string | RegExp): Promise<void> {
  const { page } = workbench;
  const focused = await openFixes(workbench);
  // Only entries in sight exist.
  for (let presses = 0; (await focused.filter({ hasText: text }).count()) === 0; presses++) {
    assert.ok(presses < 100, "The entry is reached by the arrow key.");
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
  await focused.waitFor({ state: "hidden" });
}
