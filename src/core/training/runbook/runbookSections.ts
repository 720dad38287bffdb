import type { Product } from "../../config/product";
import { quoteForShell } from "../../base/quoteWords";
import { withoutLogin } from "../../base/withoutLogin";
import { indexed } from "../../lint/indexed";
import { isGiven } from "../../lint/isGiven";
import { isHeld, isReachable } from "../../lint/person";
import { readPace } from "../../lint/schedule";
import { checkEvery } from "../../monitoring/checkSchedule";
import { code, codeBlock, item, link, linkItem, prose, proseItem, row } from "./markdown";

/** One heading with what is known; left out where nothing is. */
export interface RunbookSection {
  readonly title: string;
  readonly lines: readonly string[];
}

type Role = NonNullable<NonNullable<Product["roles"]>["owner"]>;

const STAGES = {
  development: "is being made",
  staging: "is tried before release",
  production: "is in use",
  retired: "is no longer in use",
};
const ENGINES = {
  local: "a process on the machine where it is asked for",
  dvc: "DVC, which reproduces the pipeline",
  ray: "a job on a Ray cluster",
  airflow: "a DAG of Airflow",
  github_actions: "a workflow of GitHub Actions",
};
const RELEASES = {
  mlflow_alias: "an alias in the MLflow registry",
  mlflow_serve: "a server that MLflow starts",
  ray_serve: "an application of Ray Serve",
  command: "a command",
};

export function purposeSection(product: Product): RunbookSection {
  const { purpose, not_for, stage, task, architecture, risk } = product;
  return {
    title: "What it is for",
    lines: [
      ...proseItem("Purpose", purpose),
      ...item("Not for", list(not_for)),
      ...item("Stage", stage === undefined ? null : `the model ${STAGES[stage]}`),
      ...proseItem("Result", task),
      ...proseItem("Built as", architecture),
      ...item("Risk under the AI Act", risk === undefined ? null : prose(risk)),
    ],
  };
}

export function peopleSection({ roles, incidents, oversight, cost }: Product): RunbookSection {
  const people = indexed(oversight?.people).flatMap(([, one]) => (isReachable(one) ? [prose(one)] : []));
  return {
    title: "Who to call",
    lines: [
      ...personItem("Operator, who runs it day to day", roles?.operator),
      ...linkItem("Who is on call", roles?.operator?.on_call),
      ...personItem("Owner, who is responsible", roles?.owner),
      ...item("Incidents are reported to", isReachable(incidents?.contact) ? prose(incidents.contact) : null),
      ...linkItem("What to do after an incident", incidents?.plan),
      ...item(
        "A breach of personal data is decided by",
        isReachable(incidents?.breach_decided_by) ? prose(incidents.breach_decided_by) : null,
      ),
      ...personItem("Data steward", roles?.data_steward),
      ...personItem("Requirements", roles?.requirements),
      ...personItem("Compliance", roles?.compliance),
      ...personItem("Data protection officer", roles?.dpo),
      ...item("May overrule and stop it", people.join(", ")),
      ...item("Cost", isReachable(cost?.owner) ? prose(cost.owner) : null),
    ],
  };
}

export function scheduleSection(product: Product): RunbookSection {
  const { train, monitoring, review } = product;
  const { schedule, on_drift, on_new_data } = train?.trigger ?? {};
  const pace = readPace(schedule ?? "")?.words;
  const triggers = [
    ...(isGiven(schedule) ? [`on the schedule ${code(schedule)}${pace === undefined ? "" : ` (${pace}, UTC)`}`] : []),
    ...(on_drift === undefined
      ? []
      : [on_drift === "warn" ? "when a check warns of drift or fails" : "when a check fails because of drift"]),
    ...(on_new_data === true ? ["when there is new data"] : []),
  ];
  const every = checkEvery(product);
  const alerts = indexed(monitoring?.alert).flatMap(([, { to, when }]) =>
    isReachable(to) ? [`${prose(to)} (when a check ${when === "warn" ? "warns or fails" : "fails"})`] : [],
  );
  return {
    title: "What runs when",
    lines: [
      ...item("Training", triggers.length === 0 ? null : triggers.join(", or ")),
      ...item("A training is ended after", isGiven(train?.resources?.timeout) ? prose(train.resources.timeout) : null),
      ...item("Check of the model at work", every === null ? null : `every ${daysText(every)}`),
      ...item("Live data", isGiven(monitoring?.live) ? link(monitoring.live) : null),
      ...item("Compared with", isGiven(monitoring?.reference) ? link(monitoring.reference) : null),
      ...proseItem("The true outcome is known after", monitoring?.labels?.delay),
      ...item("Told of it", alerts.join(", ")),
      ...item("Review", isGiven(review?.every) ? `every ${prose(review.every)}` : null),
      ...item("Next review", isGiven(review?.next) ? prose(review.next) : null),
    ],
  };
}

export function retrainSection(product: Product, config: string): RunbookSection {
  const { train, pipeline } = product;
  const words = indexed(train?.command).map(([, word]) => String(word));
  const target = quoteForShell(config);
  return {
    title: "How to retrain",
    lines: [
      'In the editor: the command "MLOps: Retrain" in the palette shows the plan, and trains when it is confirmed. On the command line:',
      "",
      codeBlock([`mlops retrain --plan-only -- ${target}`, `mlops retrain -- ${target}`]),
      "",
      ...item("It runs as", ENGINES[train?.engine ?? "local"]),
      ...item(
        "Command",
        words.length === 0 ? null : code(words.map((word) => (train?.shell === true ? word : quoteForShell(word))).join(" ")),
      ),
      ...linkItem("Pipeline", pipeline),
      ...linkItem("Parameters", train?.params_file),
      ...linkItem("Packages", train?.environment),
      ...item("Ray cluster", isGiven(train?.ray?.address) ? code(withoutLogin(train.ray.address)) : null),
      ...item(
        "Airflow",
        isGiven(train?.airflow?.dag) || isGiven(train?.airflow?.url)
          ? [train.airflow.dag, train.airflow.url].flatMap((one) => (isGiven(one) ? [code(withoutLogin(one))] : [])).join(" at ")
          : null,
      ),
      ...item("Workflow", isGiven(train?.github_actions?.workflow) ? code(train.github_actions.workflow) : null),
      ...item("It needs", needs(train?.resources)),
    ],
  };
}

export function releaseSection({ deploy, model }: Product): RunbookSection {
  const targets = Object.entries(deploy?.targets ?? {}).flatMap(([stage, target]) => {
    if (target === undefined) {
      return [];
    }
    const parts = [
      ...(target.type === undefined ? [] : [RELEASES[target.type]]),
      ...(isGiven(target.alias) ? [`alias ${code(target.alias)}`] : []),
      ...(isGiven(target.application) ? [`application ${code(target.application)}`] : []),
      ...(isGiven(target.address) ? [`at ${code(withoutLogin(target.address))}`] : []),
      ...indexed(target.command)
        .slice(0, 1)
        .map(() =>
          code(
            indexed(target.command)
              .map(([, word]) => String(word))
              .join(" "),
          ),
        ),
    ];
    return item(`Release to ${prose(stage)}`, parts.join(", "));
  });
  const { to, how, tested } = deploy?.rollback ?? {};
  return {
    title: "How to deploy and roll back",
    lines: [
      ...item(
        "At work",
        isGiven(model?.name) || isGiven(model?.version)
          ? `${isGiven(model.name) ? code(model.name) : "the model"}${isGiven(model.version) ? `, version ${code(model.version)}` : ""}`
          : null,
      ),
      ...targets,
      ...item(
        "An open question",
        deploy?.gate === undefined ? null : deploy.gate === "block" ? "stops a release" : "is shown, and the release goes on",
      ),
      ...item("Go back to version", isGiven(to) ? code(to) : null),
      ...linkItem("How to go back", how),
      ...item("Going back was last tried on", isGiven(tested) ? prose(tested) : null),
    ],
  };
}

export function placesSection(product: Product): RunbookSection {
  const { tracking, model, data, evaluation, docs, logging, cost } = product;
  const stores = indexed(tracking).flatMap(([, { uri, experiment }]) => {
    const text = [isGiven(uri) ? code(withoutLogin(uri)) : "", isGiven(experiment) ? `experiment ${code(experiment)}` : ""].filter(
      (one) => one !== "",
    );
    return text.length === 0 ? [] : [text.join(", ")];
  });
  const files = indexed(data).flatMap(([, { path, use }]) =>
    isGiven(path) ? [`${link(path)}${use === undefined ? "" : ` (${use})`}`] : [],
  );
  return {
    title: "Where things are",
    lines: [
      ...item("Runs", stores.join("; ")),
      ...item("Registry", isGiven(model?.name) ? code(model.name) : null),
      ...item("Data", files.join(", ")),
      ...linkItem("Results of the last measurement", evaluation?.report),
      ...item("Records of what it did", isGiven(logging?.where) ? prose(logging.where) : null),
      ...linkItem("How to use it", docs?.instructions_for_use),
      ...proseItem("Budget", cost?.budget),
    ],
  };
}

export function figuresSection({ kpis }: Product): RunbookSection {
  const rows = indexed(kpis).flatMap(([, { name, target, warn, by, data }]) =>
    isGiven(name)
      ? [row([prose(name), ...[target, warn, by].map((one) => (isGiven(one) ? prose(one) : "")), isGiven(data) ? link(data) : ""])]
      : [],
  );
  const head = ["| figure | must be | people are warned outside of | for each | measured on |", "| --- | --- | --- | --- | --- |"];
  return { title: "What it must reach", lines: rows.length === 0 ? [] : [...head, ...rows] };
}

export function stopSection({ oversight, robustness }: Product): RunbookSection {
  return {
    title: "How to stop it",
    lines: [...linkItem("Steps", oversight?.stop), ...proseItem("Used in its place", robustness?.fallback)],
  };
}

function personItem(label: string, role: Role | undefined): readonly string[] {
  if (role === undefined || !isHeld(role)) {
    return [];
  }
  const { name, email, team, deputy } = role;
  const who = [name, team, email].flatMap((one) => (isGiven(one) ? [prose(one)] : [])).join(", ");
  return item(label, isReachable(deputy) ? `${who}; stands in: ${prose(deputy)}` : who);
}

function list(texts: readonly (string | undefined)[] | undefined): string {
  return indexed(texts)
    .flatMap(([, text]) => (isGiven(text) ? [prose(text)] : []))
    .join("; ");
}

function needs(resources: NonNullable<Product["train"]>["resources"]): string {
  const { cpus, gpus, memory, instance } = resources ?? {};
  return [
    ...(cpus === undefined ? [] : [`${cpus} processor${cpus === 1 ? "" : "s"}`]),
    ...(gpus === undefined || gpus === 0 ? [] : [`${gpus} graphics processor${gpus === 1 ? "" : "s"}`]),
    ...(isGiven(memory) ? [`${prose(memory)} of memory`] : []),
    ...(isGiven(instance) ? [`a machine of the kind ${code(instance)}`] : []),
  ].join(", ");
}

function daysText(ms: number): string {
  const [count, unit] = ms >= 86_400_000 ? [ms / 86_400_000, "day"] : ms >= 3_600_000 ? [ms / 3_600_000, "hour"] : [ms / 60_000, "minute"];
  const shown = Math.round(count * 10) / 10;
  return shown === 1 ? unit : `${shown} ${unit}s`;
}
