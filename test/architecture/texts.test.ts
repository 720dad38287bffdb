import { describe, expect, it } from "vitest";

import { extractTexts } from "../../scripts/extractTexts.mjs";
import { projectFiles, read, readManifest } from "./project";

type Texts = Readonly<Record<string, string>>;

const { texts, faults } = extractTexts();
const manifestTexts = JSON.parse(read("package.nls.json")) as Texts;
const languages = projectFiles("l10n").flatMap((path) => /^l10n\/bundle\.l10n\.([\w-]+)\.json$/.exec(path)?.[1] ?? []);

/** What a translation must hold as often as the English text, whatever it says. */
const PARTS: readonly (readonly [name: string, pattern: RegExp])[] = [
  ["placeholders", /\{\d+\}/g],
  ["icons", /\$\([a-z-]+\)/g],
  ["links", /\]\([^)]*\)/g],
  ["code", /`[^`]*`/g],
  ["line breaks", /\n/g],
  ["blanks at the start", /^\s+/g],
  ["blanks at the end", /\s+$/g],
  ["dots of a choice to come", /…/g],
  ["arrows and marks", /[→↑↓↔×∞▲▼±·]/g],
];

/** The faults of a translation, a sentence each. */
function faultsOf(english: string, translated: string): string[] {
  const lacking = PARTS.filter(([, pattern]) => sorted(english, pattern) !== sorted(translated, pattern));
  return [
    ...lacking.map(([name]) => `${JSON.stringify(translated)} has other ${name} than ${JSON.stringify(english)}.`),
    ...(translated.trim() === "" && english.trim() !== "" ? [`${JSON.stringify(english)} has no translation.`] : []),
    ...(translated.includes("!") && !english.includes("!") ? [`${JSON.stringify(translated)} exclaims.`] : []),
    ...(/konform/i.test(translated) ? [`${JSON.stringify(translated)} claims what only a person can judge.`] : []),
  ];
}

/** In any order, because languages order their words differently. */
function sorted(text: string, pattern: RegExp): string {
  return (text.match(pattern) ?? []).sort().join("\n");
}

describe("the texts that are translated", () => {
  it("can all be found", () => {
    expect(faults).toEqual([]);
  });

  it.each([
    ["a text of the editor", "Open Settings"],
    ["a text of a page", "Export the Drift Report"],
    ["one of two of a condition", "1 safe fix"],
    ["a word of a table", "Running, no sign of life"],
    ["a word of the core that a page translates", "Being handed over"],
    ["a label of the core that a page translates", "Judged as of"],
    ["a member of a type", "superseded"],
  ])("hold %s", (_, text) => {
    expect([...texts.keys()]).toContain(text);
  });

  it.each([
    ["an icon of a table", "pass-filled"],
    ["a style of a table", "warn"],
    ["a text that nobody says", "The moon"],
  ])("hold not %s", (_, text) => {
    expect([...texts.keys()]).not.toContain(text);
  });
});

describe("languages", () => {
  it("hold German, in the folder that the manifest names", () => {
    expect(languages).toContain("de");
    expect(readManifest().l10n).toBe("./l10n");
  });

  describe.each(languages)("%s", (language) => {
    const bundle = JSON.parse(read(`l10n/bundle.l10n.${language}.json`)) as Texts;
    const nls = JSON.parse(read(`package.nls.${language}.json`)) as Texts;

    it("has each text of the sources, none that they lack, in order", () => {
      expect([...texts.keys()].filter((text) => !Object.hasOwn(bundle, text))).toEqual([]);
      expect(Object.keys(bundle)).toEqual([...texts.keys()]);
    });

    it("keeps placeholders, links, code, icons and line breaks of the sources", () => {
      expect(Object.entries(bundle).flatMap(([english, translated]) => faultsOf(english, translated))).toEqual([]);
    });

    it("has each text of the manifest, in its order", () => {
      expect(Object.keys(nls)).toEqual(Object.keys(manifestTexts));
    });

    it("keeps links, code and line breaks of the manifest", () => {
      expect(Object.entries(nls).flatMap(([key, translated]) => faultsOf(manifestTexts[key] ?? "", translated))).toEqual([]);
    });

    it("translates nearly all texts of some words", () => {
      const untranslated = Object.entries(bundle).filter(
        ([english, translated]) => english === translated && /[a-z]+ [a-z]+ [a-z]+/i.test(english),
      );
      expect(untranslated).toEqual([]);
    });
  });

  it.each([
    ["a lost placeholder", "{0} of {1}", "{0} von"],
    ["a doubled placeholder", "{0} of {1}", "{0} von {1} {1}"],
    ["a lost blank", " and ", "und "],
    ["another command", "[A](command:a)", "[A](command:b)"],
    ["a lost line", "a\nb", "a b"],
    ["translated code", "in `mlops.yaml`", "in `modell.yaml`"],
    ["a lost icon", "$(add) Add", "Hinzufügen"],
    ["no words", "Add", " "],
    ["a claim", "Fine", "Konform"],
    ["an exclamation", "Done", "Fertig!"],
  ])("are not let through with %s", (_, english, translated) => {
    expect(faultsOf(english, translated)).not.toEqual([]);
  });
});
