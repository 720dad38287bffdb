import type { Workbench } from "../harness/workbench.mjs";

/** Waits for a question and answers it by keyboard: the text is typed, or Enter takes what is chosen. */
export async function answer(workbench: Workbench, question: string, typed = ""): Promise<void> {
  await asked(workbench, question);
  if (typed !== "") {
    await workbench.page.keyboard.type(typed);
  }
  await workbench.page.keyboard.press("Enter");
}

export async function asked(workbench: Workbench, question: string): Promise<void> {
  await workbench.page.locator(".quick-input-widget:visible .quick-input-title", { hasText: question }).waitFor();
  await workbench.quickInput().waitFor();
}

/** Waits for an entry that was looked up, which may take a while. */
export async function offered(workbench: Workbench, text: string): Promise<void> {
  await workbench.quickPick(text).waitFor();
}

/** Runs a command from the palette by keyboard alone. */
export async function runByKeys(workbench: Workbench, title: string): Promise<void> {
  const { page } = workbench;
  await page.keyboard.press("F1");
  await workbench.quickInput().waitFor();
  await page.keyboard.type(title);
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: title }).waitFor();
  await page.keyboard.press("Enter");
}
