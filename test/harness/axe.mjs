import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../scripts/node.mjs";

/**
 * Looks for accessibility faults in a page or frame with axe-core and returns each as one line: rule, element, what is wrong.
 * The script is put in by the browser's debugger, which a webview's content security policy does not stop.
 * @param {import("playwright-core").Frame | import("playwright-core").Page} frame
 * @param {{ include?: string, disabledRules?: string[] }} [options] A selector to look within, and rules that do not apply.
 * @returns {Promise<string[]>}
 */
export async function findAccessibilityFaults(frame, options = {}) {
  await frame.evaluate(readFileSync(join(root, "node_modules", "axe-core", "axe.min.js"), "utf8"));
  return frame.evaluate(
    async ({ include, disabledRules }) => {
      const { axe } = /** @type {{ axe: import("axe-core") }} */ (/** @type {unknown} */ (globalThis));
      const result = await axe.run(include ?? document, {
        resultTypes: ["violations"],
        rules: Object.fromEntries(disabledRules.map((rule) => [rule, { enabled: false }])),
      });
      return result.violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} at ${node.target.join(" ")}`));
    },
    { include: options.include, disabledRules: options.disabledRules ?? [] },
  );
}
