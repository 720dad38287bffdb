import type { PipelineRunFacts } from "./pipelineSource";
import { minutesText } from "./runTimes";
import { hasTopKey, isYaml, nodeAt, textAt, type YamlDocument } from "./yamlDocuments";
import { yamlPart } from "./yamlPart";
import { yamlSource } from "./yamlSource";
import type { ConfigNode, MapNode } from "../../config/yaml/configNode";

/** Commands that train a model. Names of scripts are guessed by their words, because all training starts with a script of somebody's own. */
const TRAINS =
  /\b(?:mlflow\s+run|dvc\s+(?:repro|exp\s+run)|kedro\s+run|zenml\s+pipeline\s+run|torchrun|accelerate\s+launch|ray\s+job\s+submit|papermill|metaflow|az\s+ml\s+job\s+create|databricks\s+bundle\s+run|prefect\s+deployment\s+run|deepspeed)\b|\bmlops(?:\.cjs)?\s+retrain\b|\bpython3?(?:\.\d+)?\s[^\n;&|]{0,300}\b(?:re)?(?:train|fit|finetune|fine_tune)(?:ing|er|_\w+|-\w+)?\b/i;
const USES_TRAINS = /(?:iterative\/(?:setup-cml|setup-dvc)|mlflow\/)/i;

/** Workflows of GitHub Actions that train. GitHub refuses a key at the top that it does not know, so facts stand in a comment or in `env`. */
export const githubActions = yamlSource({
  tool: "github_actions",
  label: "GitHub Actions",
  hasOwnerField: false,
  matches: (path) => isYaml(path) && /(?:^|\/)\.github\/workflows\/[^/]+$/.test(path),
  detect: (_, text) => hasTopKey(text, "jobs") && (TRAINS.test(text) || USES_TRAINS.test(text)) && trainsInSteps(text),
  // A file of ours in the folder of workflows would be read as one.
  productFolder: (path) => path.replace(/(?:^|\/)\.github\/workflows\/[^/]*$/, ""),
  content([document]) {
    const root = document?.root;
    if (document === undefined || root?.kind !== "map") {
      return {};
    }
    const name = nodeAt(root, "name");
    const { fields } = yamlPart(document, {
      what: "workflow",
      name: textAt(name) ?? "",
      range: root.range,
      places: [{ kind: "block", path: ["env"] }],
      home: [],
      template: /\$\{\{[^}]*\}\}/,
    });
    return { fields: [...fields].filter(([, field]) => field.text !== ""), range: name?.range, facts: factsOf(root) };
  },
});

/** In a step of a job, not in a comment or the name. */
function trainsInSteps(text: string): boolean {
  const steps = text.replace(/^[ \t]*#[^\n]*$/gm, "").replace(/^[ \t]*(?:- )?name:[^\n]*$/gm, "");
  return TRAINS.test(steps) || USES_TRAINS.test(steps);
}

function factsOf(root: MapNode): Partial<PipelineRunFacts> {
  const jobs = jobsOf(root);
  const training = jobs.filter((job) => stepsOf(job).some((step) => TRAINS.test(textAt(step, "run") ?? "")));
  const [job] = training.length > 0 ? training : jobs;
  const setup =
    job === undefined ? undefined : stepsOf(job).find((step) => (textAt(step, "uses") ?? "").startsWith("actions/setup-python"));
  const python = textAt(setup, "with", "python-version");
  return {
    schedule: textAt(root, "on", "schedule", 0, "cron"),
    python: python === null || python.includes("${{") ? null : python,
    timeout: minutesText(textAt(job, "timeout-minutes")),
    image: textAt(job, "container", "image") ?? textAt(job, "container"),
    commands: job === undefined ? [] : runsOf(job).filter((run) => TRAINS.test(run)),
    environments: job === undefined ? [] : runsOf(job).flatMap(requirementsIn),
  };
}

function runsOf(job: ConfigNode): readonly string[] {
  return stepsOf(job).flatMap((step) => textAt(step, "run") ?? []);
}

/** `pip install -r requirements.txt`, from the root of the repository. */
function requirementsIn(run: string): readonly string[] {
  return [
    ...run.matchAll(/\bpip3?\s+install\b[^\n;&|]{0,300}?\s(?:-r\s*|--requirement[\s=])(?:'([^'\n]+)'|"([^"\n]+)"|([^\s'";&|]+))/g),
  ].flatMap(([, single, double, bare]) => single ?? double ?? bare ?? []);
}

function jobsOf(root: YamlDocument["root"]): readonly ConfigNode[] {
  const jobs = nodeAt(root, "jobs");
  return jobs?.kind === "map" ? jobs.entries.map(({ value }) => value) : [];
}

function stepsOf(job: ConfigNode): readonly ConfigNode[] {
  const steps = nodeAt(job, "steps");
  return steps?.kind === "list" ? steps.items : [];
}
