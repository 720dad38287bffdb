import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { loadCore } from "./coreModule.mjs";
import { root, runMain } from "./node.mjs";
import { rulePages } from "./rulePages.mjs";

/**
 * Writes docs/settings.md and docs/commands.md from package.json and package.nls.json, so that they cannot fall behind,
 * the JSON schemas and the references from the fields of src/core/config, and the pages of the lint rules.
 * The architecture tests compare the files with what these functions return.
 *
 * @typedef {{ command: string, title: string, category?: string }} Command
 * @typedef {{ command: string, key: string, mac?: string, when?: string }} Keybinding
 * @typedef {{ type?: string | string[], default?: unknown, scope?: string, enum?: unknown[], enumDescriptions?: string[],
 *   description?: string, markdownDescription?: string }} Setting
 * @typedef {{ contributes: { commands: Command[], keybindings?: Keybinding[], menus?: Record<string, { command?: string, when?: string }[]>,
 *   configuration?: { title?: string, properties: Record<string, Setting> } | { title?: string, properties: Record<string, Setting> }[] } }} Manifest
 */

const notice = "<!-- Written by `node scripts/generateDocs.mjs` from package.json; edit that file instead. -->";

/** All generated files by their path from the project's root. @returns {Record<string, string>} */
export function generateDocs() {
  const manifest = readManifest();
  return {
    "docs/settings.md": settingsPage(manifest),
    "docs/commands.md": commandsPage(manifest),
    ...schemas(),
    ...references(),
    ...rulePages(),
  };
}

/** @returns {Record<string, string>} */
function schemas() {
  /** @type {Record<string, object>} */
  const files = loadCore("config/publishedSchemas").publishedSchemas();
  return Object.fromEntries(Object.entries(files).map(([path, schema]) => [path, `${JSON.stringify(schema, null, 1)}\n`]));
}

/** @returns {Record<string, string>} */
function references() {
  return loadCore("config/fieldReference").fieldReferences();
}

/** package.json with every `%key%` replaced by its text. @returns {Manifest} */
function readManifest() {
  const texts = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8"));
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"), (_, value) => {
    const key = typeof value === "string" ? /^%(.+)%$/.exec(value)?.[1] : undefined;
    return key === undefined ? value : (texts[key] ?? value);
  });
}

/** @param {Manifest} manifest */
function settingsPage({ contributes }) {
  const groups = [contributes.configuration ?? []].flat();
  const settings = groups.flatMap(({ properties }) => Object.entries(properties));
  const sections = settings.map(([id, setting]) => {
    const choices = (setting.enum ?? []).map((value, index) => `- \`${String(value)}\`: ${setting.enumDescriptions?.[index] ?? ""}`);
    return [
      `## \`${id}\``,
      setting.markdownDescription ?? setting.description ?? "",
      ...(choices.length === 0 ? [] : [choices.join("\n")]),
      `Type: ${[setting.type ?? "any"].flat().join(" or ")}. Default: \`${JSON.stringify(setting.default ?? null)}\`.`,
    ].join("\n\n");
  });
  return page("Settings", sections);
}

/** @param {Manifest} manifest */
function commandsPage({ contributes }) {
  const hidden = new Set(
    (contributes.menus?.["commandPalette"] ?? []).flatMap(({ command, when }) =>
      when === "false" && command !== undefined ? [command] : [],
    ),
  );
  const rows = contributes.commands.map(({ command, title, category }) => {
    const name = category === undefined ? title : `${category}: ${title}`;
    return `| ${name} | \`${command}\` | ${hidden.has(command) ? "menus" : "palette and menus"} |`;
  });
  const keys = (contributes.keybindings ?? []).map(
    ({ command, key, mac, when }) =>
      `| \`${key}\`${mac === undefined || mac === key ? "" : ` (macOS: \`${mac}\`)`} | \`${command}\` | ${when === undefined ? "" : `\`${when.replaceAll("|", "\\|")}\``} |`,
  );
  return page("Commands", [
    ["| Command | Id | Found in |", "| --- | --- | --- |", ...rows].join("\n"),
    "## Keys",
    ["| Key | Command | When |", "| --- | --- | --- |", ...keys].join("\n"),
  ]);
}

/** @param {string} title @param {string[]} sections */
function page(title, sections) {
  return `${[notice, `# ${title}`, ...sections].join("\n\n")}\n`;
}

if (process.argv[1] === import.meta.filename) {
  await runMain(async () => {
    mkdirSync(join(root, "docs", "rules"), { recursive: true });
    for (const [path, text] of Object.entries(generateDocs())) {
      writeFileSync(join(root, path), text);
      process.stdout.write(`${path}\n`);
    }
  });
}
