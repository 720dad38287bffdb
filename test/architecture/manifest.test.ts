import { existsSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { root } from "../../scripts/node.mjs";
import type { BrowseNode } from "../../src/core/browse/node";
import { PANEL_TYPES, SCHEMES, VIEW_IDS } from "../../src/editor/app";
import { contextValue } from "../../src/editor/browse/contextValues";
import { COMMAND_IDS } from "../../src/editor/commands";
import { COMPUTE_COMMAND_IDS } from "../../src/editor/compute/computeCommands";
import { CONFIG_COMMAND_IDS } from "../../src/editor/config/configCommands";
import { DEPLOYMENT_COMMAND_IDS } from "../../src/editor/deployment/deploymentCommands";
import { DEPLOYMENT_CONTEXT } from "../../src/editor/deployment/deploymentNode";
import { OPEN_COMPLIANCE } from "../../src/editor/governance/complianceCommands";
import { OPEN_OVERVIEW } from "../../src/editor/overview/overviewCommands";
import { SIGN_OFF_COMMAND_IDS } from "../../src/editor/governance/signOffCommands";
import { SIGN_OFF_CONTEXT } from "../../src/editor/governance/signOffNode";
import { DRIFT_COMMAND_IDS } from "../../src/editor/drift/driftCommands";
import { JOB_CONTEXT } from "../../src/editor/training/jobNode";
import { TRAINING_COMMAND_IDS } from "../../src/editor/training/trainingCommands";
import { LINT_COMMAND_IDS } from "../../src/editor/lint/lintCommands";
import { MONITORING_CONTEXT } from "../../src/editor/monitoring/monitoringNode";
import { captures, projectFiles, read, readManifest } from "./project";

const manifest = readManifest();
const { commands, menus, keybindings, views, viewsContainers, viewsWelcome, configuration, walkthroughs } = manifest.contributes;
const menuEntries = Object.values(menus).flat();
const whenClauses = [...menuEntries, ...keybindings, ...viewsWelcome].flatMap(({ when }) => when ?? []);
const texts = JSON.parse(read("package.nls.json")) as Record<string, string>;
const sources = projectFiles("src").map((path) => ({ path, text: read(path) }));
const sourceText = sources.map(({ text }) => text).join("\n");
// VS Code makes a command that shows a view for each view.
const handled: readonly string[] = [
  ...COMMAND_IDS,
  ...CONFIG_COMMAND_IDS,
  ...LINT_COMMAND_IDS,
  ...DRIFT_COMMAND_IDS,
  ...TRAINING_COMMAND_IDS,
  ...DEPLOYMENT_COMMAND_IDS,
  ...SIGN_OFF_COMMAND_IDS,
  ...COMPUTE_COMMAND_IDS,
  OPEN_COMPLIANCE,
  OPEN_OVERVIEW,
];
const callable = [...handled, ...Object.values(VIEW_IDS).map((id) => `${id}.focus`)];

/** Every kind of node; the record's type makes a forgotten one a compile error. */
const KINDS: Readonly<Record<BrowseNode["kind"], true>> = {
  store: true,
  folder: true,
  experiment: true,
  run: true,
  model: true,
  version: true,
  fact: true,
  artifact: true,
  artifacts: true,
  more: true,
  error: true,
  empty: true,
  favourites: true,
};

/** Every context value that a tree can give a node. */
function allContextValues(): Set<string> {
  const both = [true, false];
  const traits = both.flatMap((web) =>
    both.flatMap((commit) =>
      both.flatMap((server) => both.flatMap((nested) => both.map((starred) => ({ web, commit, server, nested, starred })))),
    ),
  );
  const nodes = Object.keys(KINDS).flatMap((kind) => ["commit", "dataset"].map((fact) => ({ kind, fact }) as unknown as BrowseNode));
  const browsed = nodes.flatMap((node) => traits.map((trait) => contextValue(node, trait)));
  const jobs = [JOB_CONTEXT.running, JOB_CONTEXT.finished].flatMap((state) => [state, `${state}${JOB_CONTEXT.withRun}`]);
  const { target, served, withPrevious, entry, approval, mine } = DEPLOYMENT_CONTEXT;
  const targets = ["", served].flatMap((one) => ["", withPrevious].map((other) => `${target}${one}${other}`));
  const signOff = SIGN_OFF_CONTEXT;
  const signOffs = [signOff.askable, signOff.signable].map((traits) => `${signOff.item}${traits}`);
  return new Set([
    ...browsed,
    ...Object.values(MONITORING_CONTEXT),
    ...jobs,
    ...targets,
    entry,
    approval,
    `${approval}${mine}`,
    ...signOffs,
  ]);
}

describe("commands", () => {
  it("are declared exactly where code handles them", () => {
    expect(commands.map(({ command }) => command).toSorted()).toEqual(handled.toSorted());
  });

  it("answer findings of rules that there are", () => {
    const text = read("src/editor/lint/nextSteps.ts");
    const rules = captures(text, /^ {2}"([a-z-]+)": \[/gm);
    expect(rules.length).toBeGreaterThan(5);
    expect(rules.filter((rule) => !existsSync(join(root, "docs", "rules", `${rule}.md`)))).toEqual([]);
    expect(captures(text, /command: "([^"]+)"/g).filter((command) => !handled.includes(command))).toEqual([]);
  });

  it("all stand under the category MLOps", () => {
    expect(commands.filter(({ category }) => category !== "MLOps")).toEqual([]);
  });

  it("are the only ones that menus, keys, texts and the walkthrough call", () => {
    const called = [
      ...[...menuEntries, ...keybindings].flatMap(({ command }) => command ?? []),
      ...captures(Object.values(texts).join("\n"), /\(command:(mlops[\w.]+)/g),
      ...walkthroughs
        .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents ?? []))
        .flatMap((event) => captures(event, /^onCommand:(.+)$/g)),
    ];
    expect(called.filter((id) => !callable.includes(id))).toEqual([]);
  });
});

describe("views", () => {
  it("are declared exactly where code fills them", () => {
    const declared = Object.values(views).flatMap((list) => list.map(({ id }) => id));
    expect(declared.toSorted()).toEqual(Object.values(VIEW_IDS).toSorted());
  });

  it("are named rightly in conditions, texts and the walkthrough", () => {
    const named = [
      ...whenClauses.flatMap((when) => captures(when, /\b(?:view|focusedView) == ([\w.]+)/g)),
      ...viewsWelcome.map(({ view }) => view),
      ...walkthroughs
        .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents ?? []))
        .flatMap((event) => captures(event, /^onView:(.+)$/g)),
    ];
    expect(named.filter((id) => !(Object.values(VIEW_IDS) as string[]).includes(id))).toEqual([]);
  });

  it("give nodes a context value for every condition on one", () => {
    const patterns = whenClauses.flatMap((when) => captures(when, /viewItem =~ \/((?:\\.|[^/])+)\//g));
    const values = [...allContextValues()];
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.filter((pattern) => !values.some((value) => new RegExp(pattern).test(value)))).toEqual([]);
  });

  it("give nodes no trait that no condition asks for", () => {
    const traits = new Set([...allContextValues()].flatMap((value) => value.split(".").slice(2)));
    const conditions = whenClauses.join("\n");
    expect([...traits].filter((trait) => !new RegExp(`\\\\.${trait}\\\\b`).test(conditions))).toEqual([]);
  });
});

describe("context keys", () => {
  const known = new Set([...callable, ...Object.values(VIEW_IDS)]);
  const used = new Set(
    [...whenClauses, ...walkthroughs.flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents ?? []))].flatMap(
      (text) => captures(text.replaceAll(/\/(?:\\.|[^/])+\//g, "").replaceAll(/on(?:Command|View):\S+/g, ""), /\b(mlops\.\w+)/g),
    ),
  );

  it("in conditions are set by code", () => {
    expect([...used].filter((key) => !known.has(key) && !sourceText.includes(`"${key}"`))).toEqual([]);
  });

  it("that code sets are asked for", () => {
    const set = captures(sourceText, /(?:\bset\(|"setContext",\s*)"(mlops\.\w+)"/g);
    expect(set.length).toBeGreaterThan(0);
    expect(set.filter((key) => !used.has(key))).toEqual([]);
  });
});

describe("settings", () => {
  it("are declared exactly where code reads them", () => {
    const readKeys = captures(read("src/editor/platform/settings.ts"), /section\.get<[^>]+>\("([^"]+)"\)/g).map((key) => `mlops.${key}`);
    expect(Object.keys(configuration.properties).toSorted()).toEqual(readKeys.toSorted());
  });

  it("are read in one place only", () => {
    const readers = sources.filter(({ path, text }) => text.includes("getConfiguration(") && !path.startsWith("src/editor/platform/"));
    expect(readers.map(({ path }) => path)).toEqual([]);
  });
});

describe("activation events", () => {
  // VS Code derives the events of commands and views from the manifest, and of nothing else.
  it("wake the extension for its panels, links and read-only files", () => {
    const wanted = [...Object.values(PANEL_TYPES).map((type) => `onWebviewPanel:${type}`), `onFileSystem:${SCHEMES.artifact}`, "onUri"];
    expect(wanted.filter((event) => !manifest.activationEvents.includes(event))).toEqual([]);
  });

  it("name no panel or scheme that code does not have", () => {
    const named = manifest.activationEvents.flatMap((event) => captures(event, /^on(?:WebviewPanel|FileSystem):(.+)$/g));
    const has: string[] = [...Object.values(PANEL_TYPES), ...Object.values(SCHEMES)];
    expect(named.filter((name) => !has.includes(name))).toEqual([]);
  });
});

describe("files and icons", () => {
  it("that the manifest names exist", () => {
    const named = [
      ...viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(views).flatMap((list) => list.flatMap(({ icon }) => icon ?? [])),
      ...walkthroughs.flatMap(({ icon, steps }) =>
        [icon ?? [], ...steps.flatMap(({ media }) => [media["svg"] ?? media["markdown"] ?? media["image"] ?? []])].flat(),
      ),
      ...(manifest.l10n === undefined ? [] : [manifest.l10n]),
    ].filter((path) => !path.startsWith("$("));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("of VS Code's icon font are spelled rightly", () => {
    const names = new Set(
      read("node_modules/@vscode/codicons/dist/codicon.csv")
        .split("\n")
        .map((line) => line.split(",", 1)[0]),
    );
    const used = captures(`${read("package.json")}\n${sourceText}`, /\$\(([a-z][a-z-]+)(?:~spin)?\)/g);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !names.has(name))).toEqual([]);
  });
});

describe("the walkthrough", () => {
  const steps = walkthroughs.flatMap((one) => one.steps);

  it("goes through every journey", () => {
    const events = steps.flatMap(({ completionEvents }) => completionEvents ?? []);
    const journeys = ["runs.compare", "lint.reveal", "drift.show", "retrain", "deploy", "signOff.request", "overview.open"];
    expect(journeys.filter((command) => !events.includes(`onCommand:mlops.${command}`))).toEqual([]);
  });

  it("can be finished step by step, each with a picture that is told in words", () => {
    expect(steps.filter(({ completionEvents }) => (completionEvents ?? []).length === 0)).toEqual([]);
    expect(steps.filter(({ media }) => (texts[media["altText"]?.replaceAll("%", "") ?? ""] ?? "").length < 20)).toEqual([]);
  });

  it("shows all of its pictures", () => {
    const shown = steps.map(({ media }) => media["svg"] ?? "");
    expect(projectFiles("media/walkthrough").toSorted()).toEqual(shown.toSorted());
  });
});

describe("texts of the manifest", () => {
  const used = captures(read("package.json"), /"%([\w.]+)%"/g);

  it("all exist", () => {
    expect(used.filter((key) => !(key in texts))).toEqual([]);
  });

  it("are all used", () => {
    expect(Object.keys(texts).filter((key) => !used.includes(key))).toEqual([]);
  });
});
