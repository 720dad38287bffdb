import type { ConfigPath } from "../../config/configPath";
import { folderOf, foldersUp, inFolder } from "../workspace/workspacePath";
import type { PipelineField, PipelinePart, PipelineRunFacts } from "./pipelineSource";
import { intervalText, quartzToCron, secondsText } from "./runTimes";
import { hasTopKey, isYaml, nodeAt, textAt, type YamlDocument } from "./yamlDocuments";
import { type FieldPlace, MOST_PARTS, yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";

const MAIN_FILE = /(?:^|\/)databricks\.ya?ml$/;
const TEMPLATE = /\$\{[^}]*\}/;

/** Bundles of Databricks: `databricks.yml`, and the files of resources that it includes. A job has tags, a description and an owner by permission. */
export const databricks = yamlSource({
  tool: "databricks",
  label: "Databricks bundle",
  matches: isYaml,
  detect: (path, text) =>
    MAIN_FILE.test(path)
      ? hasTopKey(text, "bundle") || hasTopKey(text, "resources")
      : hasTopKey(text, "resources") &&
        /^[ \t]+["']?jobs["']?[ \t]*:/m.test(text) &&
        /^[ \t]+["']?(?:tasks|job_clusters)["']?[ \t]*:/m.test(text),
  outerFiles: (path) =>
    MAIN_FILE.test(path)
      ? []
      : foldersUp(folderOf(path)).flatMap((folder) => [inFolder(folder, "databricks.yml"), inFolder(folder, "databricks.yaml")]),
  productFolder: (path) => (/(?:^|\/)resources\//.test(path) ? path.replace(/(?:^|\/)resources\/[^]*$/, "") : folderOf(path)),
  content: ([document]) =>
    document === undefined ? {} : { parts: parts(document), fields: [...presets(document)], facts: factsOf(document) },
});

/** Jobs with what their tags, description and permissions say. A bundle without jobs of its own has only what it sets for all. */
function parts(document: YamlDocument): readonly PipelinePart[] {
  const jobs = nodeAt(document.root, "resources", "jobs");
  if (jobs?.kind !== "map") {
    const bundle = nodeAt(document.root, "bundle", "name");
    return bundle === undefined ? [] : [bundlePart(document)];
  }
  return jobs.entries.slice(0, MOST_PARTS).map(({ key, keyRange, value }) => {
    const path: ConfigPath = ["resources", "jobs", key];
    const tags: FieldPlace = { kind: "block", path: [...path, "tags"] };
    const description: FieldPlace = { kind: "purpose", path: [...path, "description"] };
    const part = yamlPart(document, {
      what: "job",
      name: textAt(value, "name") ?? key,
      range: keyRange,
      places: [tags, description],
      home: [tags, description],
      template: TEMPLATE,
    });
    const owner = ownerByPermission(document, path);
    return owner === null || part.fields.has("owner") ? part : { ...part, fields: new Map([...part.fields, ["owner", owner]]) };
  });
}

function bundlePart(document: YamlDocument): PipelinePart {
  const name = nodeAt(document.root, "bundle", "name");
  const tags: FieldPlace = { kind: "block", path: ["presets", "tags"] };
  return yamlPart(document, {
    what: "bundle",
    name: textAt(name) ?? "",
    range: name?.range ?? { start: 0, end: 0 },
    places: [tags],
    home: [tags],
    template: TEMPLATE,
  });
}

/** Tags that the bundle sets on all its jobs; one that is set in some of its targets counts too, since nobody deploys elsewhere. */
function presets(document: YamlDocument): PipelinePart["fields"] {
  const targets = nodeAt(document.root, "targets");
  const names = targets?.kind === "map" ? targets.entries.map(({ key }) => key) : [];
  const places = [["presets", "tags"], ...names.map((name) => ["targets", name, "presets", "tags"])];
  return yamlPart(document, {
    what: "bundle",
    name: "",
    range: { start: 0, end: 0 },
    places: places.slice(0, MOST_PARTS).map((path): FieldPlace => ({ kind: "block", path })),
    home: [],
    template: TEMPLATE,
  }).fields;
}

function ownerByPermission({ root, start }: YamlDocument, job: ConfigPath): PipelineField | null {
  const permissions = nodeAt(root, ...job, "permissions");
  const owner = permissions?.kind === "list" ? permissions.items.find((one) => textAt(one, "level") === "IS_OWNER") : undefined;
  const name = ["user_name", "group_name", "service_principal_name"].map((key) => nodeAt(owner, key)).find((node) => node !== undefined);
  const text = textAt(name);
  return name === undefined || text === null
    ? null
    : { text, range: { start: name.range.start + start, end: name.range.end + start }, isComputed: TEMPLATE.test(text) };
}

function factsOf({ root }: YamlDocument): Partial<PipelineRunFacts> {
  const jobs = nodeAt(root, "resources", "jobs");
  const job = jobs?.kind === "map" ? jobs.entries[0]?.value : undefined;
  const cron = textAt(job, "schedule", "quartz_cron_expression");
  const interval = intervalText(textAt(job, "trigger", "periodic", "interval"), textAt(job, "trigger", "periodic", "unit") ?? "");
  return { schedule: cron === null ? interval : quartzToCron(cron), timeout: secondsText(textAt(job, "timeout_seconds")) };
}
