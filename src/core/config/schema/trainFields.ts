import { choice, list, map, number, object, scalar, text, yesNo } from "./field";

/** Where the runs are kept. */
export const TRACKING_FIELD = list(
  "Where the runs of the model are kept; without it, what the workspace holds.",
  object(
    "One place that keeps runs.",
    {
      uri: text("A database, a folder or a server.", null, { example: "sqlite:///mlflow.db" }),
      experiment: text("Name of the experiment.", null, { example: "churn" }),
    },
    { short: "uri" },
  ),
  { single: true },
);

/** How the model is trained. */
export const TRAIN_FIELD = object("How the model is trained.", {
  engine: choice("What starts the training.", {
    local: "A process on this machine.",
    dvc: "DVC reproduces the pipeline.",
    ray: "A job on a Ray cluster.",
    airflow: "A DAG of Airflow.",
    github_actions: "A workflow of GitHub Actions.",
  }),
  command: list("The program and its arguments, one item each.", scalar("The program or one argument."), {
    single: true,
    example: '[python, train.py, --lr, "{lr}"]',
  }),
  shell: yesNo("Whether a shell reads the command."),
  params: map("Parameters of the training, by name.", scalar("A value."), { example: "{lr: 0.1, max_depth: 6}" }),
  params_file: text("File that holds the parameters.", "path", { example: "params.yaml" }),
  code: list("Files that the training is made of; patterns are allowed.", text("A file or a pattern."), {
    single: true,
    example: "[train.py, src/**]",
  }),
  environment: text("File that pins every package, so that a result can be repeated.", "path", { example: "requirements.lock" }),
  image: text("Container image that the linked pipeline trains in; compared with what that file names.", null, {
    example: '"registry.example.org/churn:1.4"',
  }),
  trigger: object(
    "What starts a training without a person.",
    {
      schedule: text("When, as a cron expression.", null, { example: '"0 4 * * 1"' }),
      on_drift: choice("Which result of a drift check starts it.", { warn: "A warning or a failure.", fail: "A failure." }),
      on_new_data: yesNo("Whether new data starts it."),
    },
    { short: "schedule" },
  ),
  resources: object("What one training may use.", {
    cpus: number("Processors.", { min: 0 }),
    gpus: number("Graphics processors.", { min: 0 }),
    memory: text("Memory.", null, { example: "16 GB" }),
    instance: text("Kind of machine, as the policy's price list names it.", null, { example: "gpu-a10" }),
    timeout: text("Time after which a training is ended.", "duration", { example: "2h" }),
  }),
  python: text("The Python that runs the training: a program's name, or its path, also relative to this file.", null, {
    example: ".venv/bin/python",
  }),
  register: choice("When the model of a training becomes a new version of model.name; never without this.", {
    never: "A person registers it.",
    finished: "When the training ended well.",
    targets_met: "When it also meets every target of kpis.",
  }),
  ray: object("The Ray cluster.", {
    address: text("Address of the dashboard.", "url", { example: '"http://127.0.0.1:8265"' }),
    working_dir: text("Folder on the cluster, or address of an archive, in which the command runs.", null, {
      example: '"https://example.org/churn.zip"',
    }),
  }),
  airflow: object("The Airflow server.", {
    url: text("Address of the server.", "url", { example: '"http://127.0.0.1:8080"' }),
    dag: text("Name of the DAG.", null, { example: "churn_training" }),
  }),
  github_actions: object("The workflow of GitHub Actions.", {
    workflow: text("File name of the workflow.", null, { example: "train.yml" }),
    ref: text("Branch or tag that is run.", null, { example: "main" }),
  }),
});
