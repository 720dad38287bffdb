import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { type ClientReading, median } from "./figures";
import { digestRuns, type RunFacts } from "./runsDigest";

const ENVIRONMENT = {
  MLFLOW_DISABLE_TELEMETRY: "true",
  MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
  MLFLOW_ALLOW_FILE_STORE: "true",
  GIT_PYTHON_REFRESH: "quiet",
  PYTHONWARNINGS: "ignore",
};
const SERVER_START_MS = 120_000;
const PAGE = 1000;

/** The real MLflow 3 that we compare with. */
export class RealMlflow {
  private constructor(
    private readonly bin: string,
    private readonly benchFolder: string,
  ) {}

  /** @throws Error with a sentence where there is no such environment. */
  static find(root: string): RealMlflow {
    const venv = process.env["MLOPS_VENV_3"] ?? join(root, ".venvs", "mlflow3");
    const bin = join(venv, "bin");
    if (!existsSync(join(bin, "mlflow"))) {
      throw new Error(`There is no MLflow in ${venv}. Make a Python environment with mlflow==3.17.2 and name it in MLOPS_VENV_3.`);
    }
    return new RealMlflow(bin, join(root, "bench"));
  }

  async version(): Promise<string> {
    return (await this.python(["-c", "import mlflow; print(mlflow.__version__)"])).trim();
  }

  /** Makes an empty database with MLflow's own tables. */
  async createDatabase(path: string): Promise<void> {
    await this.python([
      "-c",
      "import sys; from mlflow.tracking import MlflowClient as C; C('sqlite:///' + sys.argv[1]).search_experiments()",
      path,
    ]);
  }

  async readWithClient(uri: string, amount: "first" | "all", repeats: number): Promise<ClientReading> {
    const output = await this.python([join(this.benchFolder, "readWithClient.py"), uri, amount, String(repeats)]);
    return JSON.parse(output.trim().split("\n").at(-1) ?? "") as ClientReading;
  }

  async startServer(backend: string, cwd: string): Promise<MlflowServer> {
    const port = await freePort();
    const args = ["server", "--backend-store-uri", backend, "--host", "127.0.0.1", "--port", String(port), "--workers", "1"];
    // A group of its own: the server starts workers that outlive their parent.
    const child = spawn(join(this.bin, "mlflow"), args, { cwd, detached: true, stdio: "ignore", env: this.env() });
    const server = new MlflowServer(port, child);
    process.once("exit", () => {
      server.stop();
    });
    for (const end = Date.now() + SERVER_START_MS; Date.now() < end && child.exitCode === null;) {
      if (await server.isUp()) {
        return server;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    server.stop();
    throw new Error("MLflow's server did not start.");
  }

  private env(): NodeJS.ProcessEnv {
    return { ...process.env, ...ENVIRONMENT, PATH: `${this.bin}${delimiter}${process.env["PATH"] ?? ""}` };
  }

  private async python(args: readonly string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(join(this.bin, "python"), args, { env: this.env(), maxBuffer: 1e8, cwd: process.cwd() });
    return stdout;
  }
}

interface SearchReply {
  readonly runs?: readonly {
    readonly info: { readonly run_id: string };
    readonly data: {
      readonly metrics?: readonly { readonly key: string; readonly value?: number | string }[];
      readonly params?: readonly { readonly key: string; readonly value?: string }[];
    };
  }[];
  readonly next_page_token?: string;
}

export class MlflowServer {
  private isStopped = false;

  constructor(
    private readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  stop(): void {
    if (this.isStopped || this.child.pid === undefined || this.child.exitCode !== null) {
      return;
    }
    this.isStopped = true;
    process.kill(-this.child.pid, "SIGKILL");
  }

  async isUp(): Promise<boolean> {
    return this.call("GET", "/health").then(
      (text) => text === "OK",
      () => false,
    );
  }

  /** Reads as a plain program would: pages of 1000, parsed and kept. */
  async read(experimentIds: readonly string[], amount: "first" | "all", repeats: number): Promise<ClientReading> {
    const seconds: number[] = [];
    let runs: NonNullable<SearchReply["runs"]> = [];
    for (let round = 0; round < repeats; round++) {
      const start = performance.now();
      runs = await this.search(experimentIds, amount);
      seconds.push((performance.now() - start) / 1000);
    }
    return { seconds: median(seconds), count: runs.length, digest: digestRuns(runs.map(toFacts)) };
  }

  private async search(experimentIds: readonly string[], amount: "first" | "all"): Promise<NonNullable<SearchReply["runs"]>> {
    const runs: NonNullable<SearchReply["runs"]>[number][] = [];
    let token: string | undefined;
    do {
      const body = { experiment_ids: experimentIds, max_results: amount === "first" ? 100 : PAGE, page_token: token };
      const reply = JSON.parse(await this.call("POST", "/api/2.0/mlflow/runs/search", JSON.stringify(body))) as SearchReply;
      runs.push(...(reply.runs ?? []));
      token = amount === "first" ? undefined : reply.next_page_token;
    } while (token !== undefined && token !== "");
    return runs;
  }

  private call(method: string, path: string, body = ""): Promise<string> {
    return new Promise((resolve, reject) => {
      const call = request(
        { host: "127.0.0.1", port: this.port, method, path, headers: { "content-type": "application/json" } },
        (reply) => {
          const chunks: Buffer[] = [];
          reply.on("data", (chunk: Buffer) => chunks.push(chunk));
          reply.on("error", reject);
          reply.on("end", () => {
            const text = Buffer.concat(chunks).toString("utf8");
            if (reply.statusCode === 200) {
              resolve(text);
            } else {
              reject(new Error(`MLflow answered ${reply.statusCode ?? 0}: ${text.slice(0, 200)}`));
            }
          });
        },
      );
      call.on("error", reject);
      call.end(body);
    });
  }
}

function toFacts({ info, data }: NonNullable<SearchReply["runs"]>[number]): RunFacts {
  return {
    runId: info.run_id,
    // The server leaves zeros and empty texts out and writes NaN as a word.
    metrics: (data.metrics ?? []).map(({ key, value }) => [key, Number(value ?? 0)]),
    params: (data.params ?? []).map(({ key, value }) => [key, value ?? ""]),
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}
