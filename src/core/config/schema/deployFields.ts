import { choice, either, list, map, number, object, scalar, text, yesNo } from "./field";

/** How the model is released. */
export const DEPLOY_FIELD = object("How the model is released, and how a release is taken back.", {
  gate: choice("What an open question does to a release.", {
    block: "It stops the release.",
    warn: "It is shown, and the release goes on.",
  }),
  targets: map(
    "Where the model is released to, by stage.",
    object("One place that the model is released to.", {
      type: choice("Kind of the place.", {
        mlflow_alias: "An alias in the MLflow registry.",
        mlflow_serve: "A server that MLflow starts.",
        ray_serve: "An application of Ray Serve.",
        command: "A command of your own.",
      }),
      alias: text("Alias in the registry.", null, { example: "champion" }),
      stage: choice("Stage of MLflow 2 that the version is moved to, beside the alias or in place of it.", {
        Staging: "It is tried before release.",
        Production: "It is in use.",
        Archived: "It is kept and not used.",
      }),
      address: text("Address of the server or cluster.", "url", { example: '"http://127.0.0.1:8265"' }),
      application: text("Name of the application.", null, { example: "churn" }),
      import_path: text("What Ray imports to start the application.", null, { example: '"serve_app:build"' }),
      route_prefix: text("Path below the cluster's HTTP address at which the application answers.", null, { example: "/churn" }),
      runtime_env: map(
        "Environment of the application, as Ray takes it.",
        either("One setting.", [scalar("A value."), list("Values.", scalar("A value.")), map("Values by name.", scalar("A value."))]),
        { example: '{env_vars: {PYTHONPATH: "/srv/churn"}}' },
      ),
      replicas: number("Copies of the model that serve at a time.", { min: 1, integer: true }),
      command: list("The program and its arguments, one item each.", scalar("The program or one argument."), { single: true }),
      rollback_command: list(
        "The program and its arguments that go back to an earlier version; without it, the command is run with that version.",
        scalar("The program or one argument."),
        { single: true },
      ),
      shell: yesNo("Whether a shell reads the command."),
      health: text("Where health is asked: an address, or a path below the address of the target.", null, { example: "/ping" }),
      score: text("Where a scoring request is sent: an address, or a path below the address of the target.", null, {
        example: "/invocations",
      }),
      python: text(
        "The Python that serves the model or moves the alias: a program's name, or its path, also relative to this file.",
        null,
        {
          example: ".venv/bin/python",
        },
      ),
      timeout: text("Longest time for one step of a release.", "duration", { example: "10m" }),
    }),
  ),
  rollback: object(
    "How a release is taken back.",
    {
      to: text("Version of the model to go back to.", null, { example: '"13"' }),
      how: text("File that says how.", "path", { example: "docs/rollback.md" }),
      tested: text("Day on which going back was last tried.", "date"),
    },
    { short: "to" },
  ),
});

/** What the model may cost. */
export const COST_FIELD = object(
  "What the model may cost, and what keeps it there.",
  {
    budget: text("Most that may be spent.", null, { example: "900 EUR/month" }),
    owner: text("E-mail address of the person who answers for the cost.", "email"),
    tags: map("Tags by which the cost is booked.", scalar("A value."), { example: '{cost_center: "4711"}' }),
    max_replicas: number("Most copies of the model that serve at a time.", { min: 0, integer: true }),
    idle_shutdown: text("Time without a request after which the model is no longer served.", "duration", { example: "30m" }),
    artifact_retention: text("How long models and other artifacts are kept.", "duration", { example: "1 year" }),
    log_retention: text("How long logs of trainings are kept.", "duration", { example: "90 days" }),
  },
  { short: "budget" },
);
