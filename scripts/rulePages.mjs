import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { loadCore, loadModule } from "./coreModule.mjs";
import { root } from "./node.mjs";

/**
 * The pages of the lint rules, from what the rules say of themselves and from the fixtures that tests run.
 *
 * @typedef {{ code: string, name: string, challenge: string, severity: Record<"development" | "staging" | "production", string>,
 *   summary: string, why: string, article: string | null, suppressible: boolean, noFix: string | null, appliesTo: string }} RuleMeta
 * @typedef {{ meta: RuleMeta }} Rule
 * @typedef {{ rule: string, severity: string, message: string, noFix: string | null, range: { start: number },
 *   fixes: { title: string, safe: boolean }[] }} Finding
 */

const NOTICE = "<!-- Written by `node scripts/generateDocs.mjs` from the rule and its fixtures; edit those instead. -->";
const STAGES = /** @type {const} */ (["development", "staging", "production"]);
const CHALLENGES = ["effort", "cost", "performance", "responsibility", "compliance"];
const TITLES = { effort: "Effort", cost: "Cost", performance: "Performance", responsibility: "Responsibility", compliance: "Compliance" };

/** All pages by their path from the project's root. @returns {Record<string, string>} */
export function rulePages() {
  /** @type {{ ALL_RULES: Rule[], RULE_METAS: RuleMeta[] }} */
  const { ALL_RULES: rules, RULE_METAS: metas } = loadCore("lint/allRules");
  const examples = exampleReader(rules);
  const pages = metas.map((meta) => [`docs/rules/${meta.name}.md`, rulePage(meta, examples)]);
  return { "docs/rules.md": indexPage(metas), ...Object.fromEntries(pages) };
}

/** @param {RuleMeta[]} metas */
function indexPage(metas) {
  const sections = CHALLENGES.map((challenge) => {
    const rows = metas
      .filter((meta) => meta.challenge === challenge)
      .map(
        ({ code, name, severity, summary }) =>
          `| ${code} | [${name}](rules/${name}.md) | ${STAGES.map((stage) => severity[stage]).join(" / ")} | ${cell(summary)} |`,
      );
    const head = ["| Code | Rule | Development / staging / production | What must be there |", "| --- | --- | --- | --- |"];
    return `## ${TITLES[/** @type {keyof typeof TITLES} */ (challenge)]}\n\n${[...head, ...rows].join("\n")}`;
  });
  const intro = `What lint looks for in an \`mlops.yaml\` and in pipeline files of other tools, in the editor and in \`mlops lint\` alike. How much a rule weighs depends on the model's stage; a policy and the setting \`mlops.lint.rules\` can change it. A rule can be named by its code or its name.\n\nThe compliance rules prepare what people have to decide. They are no legal advice.`;
  return `${[NOTICE, "# Lint rules", intro, ...sections].join("\n\n")}\n`;
}

/** @param {RuleMeta} meta @param {ReturnType<typeof exampleReader>} examples */
function rulePage(meta, examples) {
  const { code, name, challenge, severity, summary, why, article, suppressible, noFix } = meta;
  const weights = [
    `| ${STAGES.map((stage) => stage[0]?.toUpperCase() + stage.slice(1)).join(" | ")} |`,
    "| --- | --- | --- |",
    `| ${STAGES.map((stage) => severity[stage]).join(" | ")} |`,
  ];
  const { found, fine } =
    meta.appliesTo === "pipeline" ? examples.ofPipeline(name) : { found: examples.found(name), fine: examples.fine(name) };
  return `${[
    NOTICE,
    `# ${name}`,
    `${code} · ${challenge}${article === null ? "" : ` · ${article}`}`,
    summary,
    weights.join("\n"),
    "## Why",
    why,
    ...(found === null ? [] : ["## What it finds", ...found]),
    ...(fine === null ? [] : ["## What is fine", fine]),
    ...(noFix === null ? [] : ["## No quick fix", noFix]),
    "## To leave a finding as it is",
    meta.appliesTo === "pipeline"
      ? `With a last day, a person and a reason, in the comment at the top of the file:\n\n${fence("yaml", `# mlops-ignore: ${code} until 2027-01-31 by ana@example.org because …`)}\n\nOr for all files at once, in \`.mlops/policy.yaml\`: \`rules: {${code}: off}\`.`
      : suppressible
        ? `With a reason, a last day and a person, in the file itself:\n\n${fence("yaml", `lint:\n  ignore:\n    - {rule: ${name}, why: "…", until: 2027-01-31, by: ana@example.org}`)}\n\nOr for all models at once, in \`.mlops/policy.yaml\`: \`rules: {${code}: off}\`.`
        : "This rule may not be left as it is, and no policy can make it weigh less.",
  ].join("\n\n")}\n`;
}

/** @param {Rule[]} rules */
function exampleReader(rules) {
  const { readMarkedText } = loadModule("test/builders/markedText.ts");
  const { lintFacts } = loadModule("test/builders/lintFacts.ts");
  const { runLint } = loadCore("lint/runLint");
  const { readConfig, readPolicyFile } = loadCore("config/readConfig");
  const { toPolicy } = loadCore("config/policy");
  const { readCalendar } = loadCore("config/regulationCalendar");
  const calendar = readCalendar(JSON.parse(readFileSync(join(root, "schemas/regulation-calendar.json"), "utf8")));

  /** The first of a rule's fixtures of a kind: `bad.yaml`, else the first `bad-….yaml`. @param {string} name @param {string} kind */
  const fixture = (name, kind) => {
    const folder = join(root, "test/fixtures/lint", name);
    const files = existsSync(folder)
      ? readdirSync(folder).filter((file) => file.startsWith(kind) && file.endsWith(".yaml") && !file.endsWith(".policy.yaml"))
      : [];
    const first = files.includes(`${kind}.yaml`) ? `${kind}.yaml` : files.sort()[0];
    return first === undefined ? null : join(folder, first);
  };

  const { lintPipeline, readPipelineCase } = loadModule("test/builders/pipelineCase.ts");
  return {
    /** A rule for files of other tools, by the fixtures of DVC. @param {string} name @returns {{ found: string[], fine: string }} */
    ofPipeline(name) {
      const read = (/** @type {string} */ file) => readPipelineCase("dvc", join(root, "test/fixtures/pipelines/dvc", file));
      const { path, text } = read("bad.yaml");
      const world = name === "pipeline-not-linked" ? { facts: { products: { known: true, value: [] } } } : {};
      /** @type {{ findings: Finding[] }} */
      const { findings } = lintPipeline(path, text, world);
      const own = findings.filter((finding) => finding.rule === name);
      return {
        found: [fence("yaml", text), own.map((finding) => sayFinding(finding, text)).join("\n")],
        fine: fence("yaml", read("good.yaml").text),
      };
    },
    /** @param {string} name @returns {string[] | null} */
    found(name) {
      const file = fixture(name, "bad");
      const rule = rules.find(({ meta }) => meta.name === name);
      if (file === null || rule === undefined) {
        return null;
      }
      const { text, header } = readMarkedText(readFileSync(file, "utf8"));
      const beside = (/** @type {string} */ ending) =>
        existsSync(file.replace(/\.yaml$/, ending)) ? readFileSync(file.replace(/\.yaml$/, ending), "utf8") : "";
      const config = readConfig(text);
      /** @type {{ findings: Finding[] }} */
      const { findings } = runLint(
        {
          config,
          product: config.value,
          stage: header.get("stage") ?? "development",
          today: header.get("today") ?? "2026-11-24",
          policy: toPolicy(readPolicyFile(beside(".policy.yaml")).value),
          calendar,
          facts: lintFacts(JSON.parse(beside(".facts.json") || "{}")),
        },
        [rule],
      );
      const own = findings.filter((finding) => finding.rule === name);
      return [fence("yaml", text), own.map((finding) => sayFinding(finding, text)).join("\n")];
    },
    /** @param {string} name @returns {string | null} */
    fine(name) {
      const file = fixture(name, "good");
      return file === null ? null : fence("yaml", readMarkedText(readFileSync(file, "utf8")).text);
    },
  };
}

/** @param {Finding} finding @param {string} text */
function sayFinding({ severity, message, range, fixes, noFix }, text) {
  const line = text.slice(0, range.start).split("\n").length;
  const ways = fixes.map(({ title }) => title);
  const mended =
    ways.length === 0 ? ` ${noFix ?? ""}` : `\n  Quick fix: ${ways.slice(0, 3).join("; or: ")}${ways.length > 3 ? "; …" : ""}.`;
  return `- Line ${line}, ${severity}: ${message}${mended}`;
}

/** @param {string} language @param {string} text */
function fence(language, text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** @param {string} text */
function cell(text) {
  return text.replaceAll("|", "\\|");
}
