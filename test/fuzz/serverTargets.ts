import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { createAirflowEngine } from "../../src/adapters/airflow/airflowEngine";
import { createGithubActionsEngine } from "../../src/adapters/githubActions/githubActionsEngine";
import { GithubApprovals } from "../../src/adapters/githubActions/githubApprovals";
import { openRestStore } from "../../src/adapters/mlflowRest/openRestStore";
import { scoreByHttp } from "../../src/adapters/node/scoreByHttp";
import { readDcgm } from "../../src/adapters/prometheus/readDcgm";
import { createRayEngine } from "../../src/adapters/ray/rayEngine";
import { createRayServeTarget } from "../../src/adapters/ray/rayServeTarget";
import { readRayProcessors } from "../../src/adapters/ray/readRayProcessors";
import { isAppError } from "../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { EngineSecrets, JobHandle, TrainingEngine } from "../../src/core/training/trainingEngine";
import { trainSpec } from "../builders/retrainPlan";
import { targetSpec } from "../builders/targetSpec";
import { exploreStore } from "./exploreStore";
import { type FuzzTarget, type OpenTarget, values } from "./fuzzTarget";

type Client = (url: string) => Promise<unknown>;

interface Server {
  /** What is answered by the path; the first that fits. */
  readonly answers: readonly (readonly [path: RegExp, answer: unknown])[];
  /** Which of them the input takes the place of. */
  readonly input: RegExp;
  readonly ask: Client;
}

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
const MLFLOW: Server["answers"] = [
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
const RAY: Server["answers"] = [
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
const AIRFLOW: Server["answers"] = [
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
const GITHUB: Server["answers"] = [
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
const NO_LOGIN = (): Promise<EngineSecrets> => Promise.resolve({ env: {}, token: null, login: null });

/** Servers of other people: any of their answers may be anything. */
export const serverTargets: readonly FuzzTarget[] = [
  ...of("mlflow-server", MLFLOW, askMlflow, 4),
  ...of("ray-server", RAY, askRay, 5),
  ...of("airflow-server", AIRFLOW, askAirflow, 5),
  ...of("github-server", GITHUB, askGithub, 5),
  ...of(
    "prometheus-server",
    [
      [
        /./,
        {
          status: "success",
          data: {
            resultType: "vector",
            result: [
              { metric: { __name__: "DCGM_FI_DEV_GPU_UTIL", gpu: "0", UUID: "GPU-1", Hostname: "n" }, value: [1_700_000_000, "35"] },
            ],
          },
        },
      ],
    ],
    (url) => readDcgm(url, {}, NEVER_CANCELLED),
    20,
  ),
  ...of(
    "scoring-server",
    [[/./, { predictions: [1, 2], message: "x", detail: [{ msg: "y" }] }]],
    (url) => scoreByHttp({ url: `${url}/invocations`, timeoutMs: 5000 }, { inputs: [[1]] }, NEVER_CANCELLED),
    20,
  ),
];

/** One target for each answer of a server; all others are good then. */
function of(name: string, answers: Server["answers"], ask: Client, share: number): readonly FuzzTarget[] {
  return answers.map(([input, answer], index) => ({
    name: answers.length === 1 ? name : `${name}-${index + 1}`,
    kind: "json",
    seeds: values(answer),
    share,
    open: () => serve({ answers, input, ask }),
  }));
}

async function serve({ answers, input, ask }: Server): Promise<OpenTarget> {
  let current: Buffer = Buffer.alloc(0);
  const server = createServer((request, response) => {
    request.resume();
    const found = answers.find(([path]) => path.test(request.url?.split("?")[0] ?? ""));
    const body = found?.[0] === input ? current : Buffer.from(JSON.stringify(found?.[1] ?? {}));
    response.writeHead(200, { "content-type": "application/json" });
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    run: async (bytes) => {
      current = bytes;
      await ask(url);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function askMlflow(url: string): Promise<void> {
  const store = await openRestStore({ url, credentials: () => Promise.resolve({ kind: "none" }), timeoutMs: 5000 }, NEVER_CANCELLED);
  try {
    await exploreStore(store);
  } finally {
    store.dispose();
  }
}

async function askEngine(engine: TrainingEngine, handle: JobHandle, spec: ReturnType<typeof trainSpec>): Promise<void> {
  const calls = [
    () => engine.inspect(spec, NEVER_CANCELLED),
    () => engine.find({ jobId: "j", spec }, NEVER_CANCELLED),
    () => engine.status(handle, NEVER_CANCELLED),
    () => engine.log(handle, null, NEVER_CANCELLED),
  ];
  for (const call of calls) {
    await refusable(call());
  }
}

async function askRay(url: string): Promise<void> {
  const engine = createRayEngine({ secrets: NO_LOGIN, timeoutMs: 5000 });
  const spec = trainSpec({ engine: "ray", ray: { address: url, workingDir: "/" } });
  await askEngine(engine, { engine: "ray", jobId: "j", externalId: "j", place: url, webUrl: null }, spec);
  await refusable(readRayProcessors(url, { token: null, login: null }, NEVER_CANCELLED));
  const serve = createRayServeTarget({ secrets: NO_LOGIN, timeoutMs: 5000 });
  const target = targetSpec({ type: "ray_serve", address: url, application: "churn", importPath: "a:b" });
  await refusable(serve.inspect(target, NEVER_CANCELLED));
  await refusable(serve.health(target, NEVER_CANCELLED));
}

async function askAirflow(url: string): Promise<void> {
  const engine = createAirflowEngine({ secrets: NO_LOGIN, timeoutMs: 5000 });
  const spec = trainSpec({ engine: "airflow", airflow: { url, dag: "train" } });
  await askEngine(engine, { engine: "airflow", jobId: "j", externalId: "j", place: `${url}/dags/train`, webUrl: null }, spec);
}

async function askGithub(url: string): Promise<void> {
  const remote = "git@github.com:o/r.git";
  const options = { token: () => Promise.resolve("t"), apiUrl: () => url, timeoutMs: 5000 };
  const engine = createGithubActionsEngine({ ...options, origin: () => Promise.resolve({ remote, root: "/nowhere" }), pausesMs: [1] });
  const spec = trainSpec({ engine: "github_actions", githubActions: { workflow: "train.yml", ref: null } });
  await askEngine(engine, { engine: "github_actions", jobId: "j", externalId: "7", place: "github.com/o/r train.yml", webUrl: null }, spec);
  const approvals = new GithubApprovals({ ...options, root: "/nowhere", origin: () => Promise.resolve({ remote }) });
  await refusable(approvals.list(true, NEVER_CANCELLED));
}

async function refusable(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isAppError(error)) {
      throw error;
    }
  }
}
