import { createAirflowEngine } from "../../src/adapters/airflow/airflowEngine";
import { createGithubActionsEngine } from "../../src/adapters/githubActions/githubActionsEngine";
import { GithubApprovals } from "../../src/adapters/githubActions/githubApprovals";
import { openRestStore } from "../../src/adapters/mlflowRest/openRestStore";
import { scoreByHttp } from "../../src/adapters/node/scoreByHttp";
import { readDcgm } from "../../src/adapters/prometheus/readDcgm";
import { createRayEngine } from "../../src/adapters/ray/rayEngine";
import { createRayServeTarget } from "../../src/adapters/ray/rayServeTarget";
import { readRayProcessors } from "../../src/adapters/ray/readRayProcessors";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { Store } from "../../src/core/tracking/store";
import type { EngineSecrets, JobHandle, TrainingEngine } from "../../src/core/training/trainingEngine";
import { trainSpec } from "../builders/retrainPlan";
import { targetSpec } from "../builders/targetSpec";

/** What is answered by the path; the first that fits. */
export type Answers = readonly (readonly [path: RegExp, answer: unknown])[];

/** A server of somebody else and all that is asked of it. */
export interface ForeignServer {
  readonly name: string;
  /** Good answers. */
  readonly answers: Answers;
  /** Calls by name, for the server at an address. @param timeoutMs of one request. */
  readonly calls: (url: string, timeoutMs: number) => Readonly<Record<string, () => Promise<unknown>>>;
}

/** Stands in every login; no message may hold it. */
export const SERVER_SECRET = "s3cret-of-a-person";

const RUN_ID = "a".repeat(32);
const MLFLOW_RUN = {
  info: {
    run_id: RUN_ID,
    experiment_id: "1",
    run_name: "r",
    status: "FINISHED",
    start_time: 1_700_000_000_000,
    end_time: 1_700_000_060_000,
    user_id: "ana",
    artifact_uri: "s3://b/1",
    lifecycle_stage: "active",
  },
  data: {
    metrics: [{ key: "acc", value: 0.5, timestamp: 1_700_000_000_000, step: 1 }],
    params: [{ key: "lr", value: "0.1" }],
    tags: [{ key: "mlflow.user", value: "ana" }],
  },
  inputs: {
    dataset_inputs: [
      {
        dataset: { name: "d", digest: "x", source_type: "local", source: '{"uri": "a"}', schema: "{}", profile: "{}" },
        tags: [{ key: "mlflow.data.context", value: "training" }],
      },
    ],
  },
  outputs: { model_outputs: [{ model_id: "m-1", step: 0 }] },
};
const VERSION = {
  name: "churn",
  version: "1",
  current_stage: "None",
  status: "READY",
  run_id: RUN_ID,
  source: "s3://x",
  creation_timestamp: 1,
  aliases: ["champion"],
  tags: [],
};
const MLFLOW: Answers = [
  [
    /experiments\/search/,
    {
      experiments: [
        { experiment_id: "1", name: "churn", lifecycle_stage: "active", artifact_location: "s3://b/1", creation_time: 1, tags: [] },
      ],
      next_page_token: "",
    },
  ],
  [/runs\/search/, { runs: [MLFLOW_RUN] }],
  [/runs\/get/, { run: MLFLOW_RUN }],
  [/metrics\/get-history/, { metrics: [{ key: "acc", run_id: RUN_ID, value: 0.5, timestamp: 1, step: 1 }], next_page_token: "" }],
  [
    /artifacts\/list/,
    {
      root_uri: "s3://b",
      files: [
        { path: "model", is_dir: true },
        { path: "a.txt", is_dir: false, file_size: 3 },
      ],
    },
  ],
  [
    /registered-models\/search/,
    {
      registered_models: [
        {
          name: "churn",
          creation_timestamp: 1,
          last_updated_timestamp: 2,
          aliases: [{ alias: "champion", version: "1" }],
          tags: [{ key: "a", value: "b" }],
        },
      ],
    },
  ],
  [/registered-models\/get/, { registered_model: { name: "churn", aliases: [] } }],
  [/model-versions\/search/, { model_versions: [VERSION] }],
  [/model-versions\/get/, { model_version: VERSION }],
];
const RAY_JOB = {
  submission_id: "j",
  status: "RUNNING",
  message: "x",
  start_time: 1_700_000_000_000,
  end_time: null,
  metadata: { job: "j" },
  driver_exit_code: 1,
  entrypoint: "python x",
  error_type: null,
};
const RAY: Answers = [
  [/\/logs$/, { logs: "a\nb\n" }],
  [/\/api\/jobs\//, RAY_JOB],
  [/\/api\/version/, { ray_version: "2.60.0", ray_commit: "x", version: "4" }],
  [
    /\/nodes/,
    {
      data: {
        summary: [
          {
            hostname: "n",
            ip: "1.2.3.4",
            raylet: { state: "ALIVE", nodeId: "x", resourcesTotal: { CPU: 4, GPU: 1 } },
            gpus: [{ index: 0, name: "H100", uuid: "GPU-1", utilizationGpu: 30, memoryUsed: 1, memoryTotal: 2, powerMw: 300 }],
          },
        ],
      },
    },
  ],
  [
    /\/api\/serve\/applications/,
    {
      applications: {
        churn: {
          status: "RUNNING",
          message: "",
          route_prefix: "/",
          source: "declarative",
          deployed_app_config: { name: "churn", import_path: "a:b", runtime_env: { env_vars: { MLOPS_MODEL_VERSION: "1" } } },
          deployments: {
            D: { status: "HEALTHY", message: "", target_num_replicas: 1, replicas: [{ state: "RUNNING", start_time_s: 1_700_000_000 }] },
          },
          deployment_topology: { ingress_deployment: "D" },
        },
      },
      http_options: { host: "0.0.0.0", port: 8000, root_path: "" },
      proxy_location: "EveryNode",
    },
  ],
];
const AIRFLOW_RUN = {
  dag_run_id: "j",
  state: "running",
  start_date: "2026-11-30T12:00:00Z",
  end_date: null,
  note: null,
  conf: { mlops: { job: "j" } },
};
const AIRFLOW: Answers = [
  [/\/version$/, { version: "3.2.2" }],
  [/\/monitor\/health|\/health$/, { scheduler: { status: "healthy" }, metadatabase: { status: "healthy" } }],
  [
    /\/logs\//,
    {
      content: [
        { event: "Started", timestamp: "2026-11-30T12:00:00Z", level: "info" },
        { event: "Broke", error_detail: [{ exc_type: "E", exc_value: "x" }] },
      ],
      continuation_token: null,
    },
  ],
  [
    /\/taskInstances/,
    {
      task_instances: [{ task_id: "t", map_index: -1, state: "success", try_number: 1, max_tries: 2, start_date: "2026-11-30T12:00:00Z" }],
      total_entries: 1,
    },
  ],
  [/\/dagRuns/, AIRFLOW_RUN],
  [
    /\/details/,
    {
      is_paused: false,
      has_import_errors: true,
      params: { lr: { value: 0.1, schema: { type: "number", minimum: 0, enum: [0.1, 0.2] }, description: "d" }, layers: [1] },
    },
  ],
  [/\/importErrors/, { import_errors: [{ filename: "a.py", stack_trace: "E: x" }] }],
];
const GITHUB_RUN = {
  id: 7,
  display_title: "Training j",
  event: "workflow_dispatch",
  status: "in_progress",
  conclusion: null,
  head_branch: "main",
  head_sha: "a".repeat(40),
  html_url: "https://github.com/o/r/actions/runs/7",
  created_at: "2026-11-30T12:00:00Z",
  updated_at: "2026-11-30T12:01:00Z",
  run_started_at: "2026-11-30T12:00:01Z",
  actor: { login: "ana" },
};
const GITHUB: Answers = [
  [
    /\/pending_deployments/,
    [{ environment: { id: 1, name: "production" }, current_user_can_approve: true, reviewers: [{ reviewer: { login: "ana" } }] }],
  ],
  [
    /\/jobs/,
    {
      total_count: 1,
      jobs: [
        {
          id: 8,
          name: "train",
          status: "completed",
          conclusion: "failure",
          started_at: "2026-11-30T12:00:00Z",
          completed_at: "2026-11-30T12:01:00Z",
          steps: [{ name: "Run", status: "completed", conclusion: "failure" }],
        },
      ],
    },
  ],
  [/\/runs\/\d+/, GITHUB_RUN],
  [/\/runs/, { total_count: 1, workflow_runs: [GITHUB_RUN] }],
  [/\/workflows\//, { id: 3, name: "Train", path: ".github/workflows/train.yml", state: "active", html_url: "https://github.com/x" }],
  [
    /\/contents\//,
    {
      type: "file",
      encoding: "base64",
      content: Buffer.from("on: {workflow_dispatch: {inputs: {lr: {type: number}}}}\n").toString("base64"),
    },
  ],
  [/\/user$/, { login: "ana" }],
  [/\/repos\//, { default_branch: "main", archived: false, permissions: { push: true } }],
];

const PROMETHEUS: Answers = [
  [
    /./,
    {
      status: "success",
      data: {
        resultType: "vector",
        result: [{ metric: { __name__: "DCGM_FI_DEV_GPU_UTIL", gpu: "0", UUID: "GPU-1", Hostname: "n" }, value: [1_700_000_000, "35"] }],
      },
    },
  ],
];

const secretsOf = (): Promise<EngineSecrets> => Promise.resolve({ env: {}, token: SERVER_SECRET, login: null });

/** All servers that the product asks, with answers as the real ones give them. */
export const FOREIGN_SERVERS: readonly ForeignServer[] = [
  { name: "mlflow-server", answers: MLFLOW, calls: mlflowCalls },
  { name: "ray-server", answers: RAY, calls: rayCalls },
  { name: "airflow-server", answers: AIRFLOW, calls: airflowCalls },
  { name: "github-server", answers: GITHUB, calls: githubCalls },
  {
    name: "prometheus-server",
    answers: PROMETHEUS,
    calls: (url, timeoutMs) => {
      return { processors: () => readDcgm(url, { authorization: `Bearer ${SERVER_SECRET}` }, NEVER_CANCELLED, timeoutMs) };
    },
  },
  {
    name: "scoring-server",
    answers: [[/./, { predictions: [1, 2], message: "x", detail: [{ msg: "y" }] }]],
    calls: (url, timeoutMs) => {
      return { score: () => scoreByHttp({ url: `${url}/invocations`, timeoutMs }, { inputs: [[1]] }, NEVER_CANCELLED) };
    },
  },
];

function mlflowCalls(url: string, timeoutMs: number): Readonly<Record<string, () => Promise<unknown>>> {
  const connection = { url, credentials: () => Promise.resolve({ kind: "bearer", token: SERVER_SECRET } as const), timeoutMs };
  // One store for all calls, as in the editor; its connections stay.
  let store: Promise<Store> | undefined;
  const ask = async (work: (opened: Store) => Promise<unknown>): Promise<unknown> => {
    store ??= openRestStore(connection, NEVER_CANCELLED);
    store.catch(() => (store = undefined));
    return work(await store);
  };
  const owner = { kind: "run", runId: RUN_ID } as const;
  return {
    open: async () => (await openRestStore(connection, NEVER_CANCELLED)).dispose(),
    experiments: () => ask((opened) => opened.searchExperiments({ lifecycle: "active", pageSize: 10 }, NEVER_CANCELLED)),
    runs: () => ask((opened) => opened.searchRuns({ experimentIds: ["1"], lifecycle: "active", pageSize: 10 }, NEVER_CANCELLED)),
    run: () => ask((opened) => opened.getRun(RUN_ID, NEVER_CANCELLED)),
    curves: () => ask((opened) => opened.getMetricHistories([RUN_ID], "acc", { maxPoints: 100 }, NEVER_CANCELLED)),
    artifacts: () => ask((opened) => opened.listArtifacts(owner, "", NEVER_CANCELLED)),
    models: () => ask((opened) => opened.searchRegisteredModels({ pageSize: 10 }, NEVER_CANCELLED)),
    versions: () => ask((opened) => opened.searchModelVersions("churn", { pageSize: 10 }, NEVER_CANCELLED)),
  };
}

function engineCalls(
  engine: TrainingEngine,
  handle: JobHandle,
  spec: ReturnType<typeof trainSpec>,
): Readonly<Record<string, () => Promise<unknown>>> {
  return {
    inspect: () => engine.inspect(spec, NEVER_CANCELLED),
    find: () => engine.find({ jobId: "j", spec }, NEVER_CANCELLED),
    status: () => engine.status(handle, NEVER_CANCELLED),
    log: () => engine.log(handle, null, NEVER_CANCELLED),
  };
}

function rayCalls(url: string, timeoutMs: number): Readonly<Record<string, () => Promise<unknown>>> {
  const engine = createRayEngine({ secrets: secretsOf, timeoutMs });
  const spec = trainSpec({ engine: "ray", ray: { address: url, workingDir: "/" } });
  const serve = createRayServeTarget({ secrets: secretsOf, timeoutMs });
  const target = targetSpec({ type: "ray_serve", address: url, application: "churn", importPath: "a:b" });
  return {
    ...engineCalls(engine, { engine: "ray", jobId: "j", externalId: "j", place: url, webUrl: null }, spec),
    serveInspect: () => serve.inspect(target, NEVER_CANCELLED),
    serveHealth: () => serve.health(target, NEVER_CANCELLED),
    processors: () => readRayProcessors(url, { token: SERVER_SECRET, login: null }, NEVER_CANCELLED, timeoutMs),
  };
}

function airflowCalls(url: string, timeoutMs: number): Readonly<Record<string, () => Promise<unknown>>> {
  const engine = createAirflowEngine({ secrets: secretsOf, timeoutMs });
  const spec = trainSpec({ engine: "airflow", airflow: { url, dag: "train" } });
  return engineCalls(engine, { engine: "airflow", jobId: "j", externalId: "j", place: `${url}/dags/train`, webUrl: null }, spec);
}

function githubCalls(url: string, timeoutMs: number): Readonly<Record<string, () => Promise<unknown>>> {
  const remote = "git@github.com:o/r.git";
  const options = { token: () => Promise.resolve(SERVER_SECRET), apiUrl: () => url, timeoutMs };
  const engine = createGithubActionsEngine({ ...options, origin: () => Promise.resolve({ remote, root: "/nowhere" }), pausesMs: [1] });
  const spec = trainSpec({ engine: "github_actions", githubActions: { workflow: "train.yml", ref: null } });
  const approvals = new GithubApprovals({ ...options, root: "/nowhere", origin: () => Promise.resolve({ remote }) });
  return {
    ...engineCalls(engine, { engine: "github_actions", jobId: "j", externalId: "7", place: "https://github.com/o/r", webUrl: null }, spec),
    approvals: () => approvals.list(true, NEVER_CANCELLED),
  };
}
