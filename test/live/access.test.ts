import { writeFileSync } from "node:fs";
import * as http from "node:http";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RestCredentials } from "../../src/adapters/mlflowRest/restConnection";
import { isAppError, toUserText } from "../../src/core/base/appError";
import { makeTempFolder, removeFolder } from "./fixtureStore";
import { never, openLive } from "./liveStore";
import { MlflowServer, type MlflowMajor } from "./mlflowServer";

type Headers = Readonly<Record<string, string>>;

/** One call of the server's API, for what the tests set up and our stores never do: writing. */
function call(server: MlflowServer, method: string, path: string, body: object, headers: Headers): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const options = { method, agent: false, headers: { "Content-Type": "application/json", ...headers } } as const;
    const request = http.request(`${server.url}/api/${path}`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        if ((response.statusCode ?? 0) >= 300) {
          reject(new Error(`${method} ${path}: ${response.statusCode ?? 0} ${text}`));
        } else {
          resolve(text === "" ? undefined : JSON.parse(text));
        }
      });
    });
    request.on("error", reject);
    request.end(JSON.stringify(body));
  });
}

const basic = (username: string, password: string): RestCredentials => ({ kind: "basic", username, password });
const headerOf = (username: string, password: string): Headers => ({
  Authorization: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`,
});
const as = (credentials: RestCredentials) => ({ credentials: () => Promise.resolve(credentials) });

describe.each<MlflowMajor>([2, 3])("MLflow %i with logins", (major) => {
  const folder = makeTempFolder();
  const admin = ["admin", "a-long-admin-password"] as const;
  const reader = ["reader", "a-long-reader-password"] as const;
  let server: MlflowServer;
  let open: string;
  let closed: string;
  let closedRun: string;

  beforeAll(async () => {
    const config = ["[mlflow]", "default_permission = READ", `database_uri = sqlite:///${join(folder, "logins.db")}`];
    const function_ = "authorization_function = mlflow.server.auth:authenticate_request_basic_auth";
    writeFileSync(
      join(folder, "auth.ini"),
      [...config, `admin_username = ${admin[0]}`, `admin_password = ${admin[1]}`, function_, ""].join("\n"),
    );
    const env = { MLFLOW_AUTH_CONFIG_PATH: join(folder, "auth.ini"), MLFLOW_FLASK_SERVER_SECRET_KEY: "for this test only" };
    server = await MlflowServer.start({ major, folder, backend: "sqlite:///mlflow.db", args: ["--app-name", "basic-auth"], env });
    const post = (path: string, body: object): Promise<unknown> => call(server, "POST", `2.0/mlflow/${path}`, body, headerOf(...admin));
    await post("users/create", { username: reader[0], password: reader[1] });
    const create = async (name: string): Promise<string> =>
      ((await post("experiments/create", { name })) as { experiment_id: string }).experiment_id;
    open = await create("open");
    closed = await create("closed");
    closedRun = ((await post("runs/create", { experiment_id: closed })) as { run: { info: { run_id: string } } }).run.info.run_id;
    if (major === 2) {
      const right = { username: reader[0], permission: "NO_PERMISSIONS", experiment_id: closed };
      await post("experiments/permissions/create", right);
    } else {
      const grant = { username: reader[0], permission: "DENY", resource_type: "experiment", resource_id: closed };
      await call(server, "POST", "3.0/mlflow/users/permissions/grant", grant, headerOf(...admin));
    }
  });

  afterAll(async () => {
    await server.kill();
    removeFolder(folder);
  });

  test.each<[string, RestCredentials]>([
    ["no login", { kind: "none" }],
    ["a wrong password", basic("admin", "wrong password")],
    ["a token, which this server does not know", { kind: "bearer", token: "some-token" }],
  ])("%s is told with what to do", async (_what, credentials) => {
    const error: unknown = await openLive(server.url, as(credentials)).catch((reason: unknown) => reason);
    expect(isAppError(error, "store/unauthorized")).toBe(true);
    expect(toUserText(error)).toContain("MLOps: Set Server Credentials");
    expect(toUserText(error)).not.toMatch(/wrong password|some-token/);
  });

  test("the administrator sees everything, a reader what is his to see", async () => {
    const names = async (login: readonly [string, string]): Promise<string[]> => {
      const store = await openLive(server.url, as(basic(...login)));
      const { items } = await store.searchExperiments({ lifecycle: "active", pageSize: 10 }, never);
      store.dispose();
      return items.map((experiment) => experiment.name).sort();
    };
    expect(await names(admin)).toEqual(["Default", "closed", "open"]);
    expect(await names(reader)).toEqual(["Default", "open"]);
  });

  test("what a reader may not see is forbidden or absent, never a crash", async () => {
    const store = await openLive(server.url, as(basic(...reader)));
    const error: unknown = await store.getRun(closedRun, never).catch((reason: unknown) => reason);
    expect(isAppError(error, "store/forbidden")).toBe(true);
    expect(toUserText(error)).toMatch(/no permission/);
    if (major === 3) {
      // MLflow 2 gives the runs of a forbidden experiment to whoever knows its id.
      const runs = await store.searchRuns({ experimentIds: [open, closed], lifecycle: "all", pageSize: 10 }, never);
      expect(runs.items).toEqual([]);
    }
    expect(await store.checkForChanges(never)).toEqual({ experiments: [], runs: [], models: [] });
    store.dispose();
  });
});

describe("MLflow 3 with workspaces", () => {
  const folder = makeTempFolder();
  let server: MlflowServer;

  beforeAll(async () => {
    server = await MlflowServer.start({ major: 3, folder, backend: "sqlite:///mlflow.db", args: ["--enable-workspaces"] });
    await call(server, "POST", "3.0/mlflow/workspaces", { name: "team-a" }, {});
    await call(server, "POST", "2.0/mlflow/experiments/create", { name: "of team a" }, { "X-MLFLOW-WORKSPACE": "team-a" });
    await call(server, "POST", "2.0/mlflow/experiments/create", { name: "of everyone" }, {});
  });

  afterAll(async () => {
    await server.kill();
    removeFolder(folder);
  });

  const namesIn = async (workspace?: string): Promise<string[]> => {
    const store = await openLive(server.url, workspace === undefined ? {} : { workspace });
    const { items } = await store.searchExperiments({ lifecycle: "active", pageSize: 10 }, never);
    store.dispose();
    return items.map((experiment) => experiment.name);
  };

  test("each workspace shows its own experiments", async () => {
    expect(await namesIn("team-a")).toContain("of team a");
    expect(await namesIn("team-a")).not.toContain("of everyone");
    expect(await namesIn()).toContain("of everyone");
    expect(await namesIn()).not.toContain("of team a");
  });

  test("an unknown workspace is told by its name", async () => {
    const error: unknown = await namesIn("no-such-team").catch((reason: unknown) => reason);
    expect(isAppError(error)).toBe(true);
    expect(toUserText(error)).toContain("no-such-team");
  });
});

describe("MLflow 3's guard against foreign web pages", () => {
  const folder = makeTempFolder();
  let server: MlflowServer;

  beforeAll(async () => {
    server = await MlflowServer.start({ major: 3, folder, backend: "sqlite:///mlflow.db" });
  });

  afterAll(async () => {
    await server.kill();
    removeFolder(folder);
  });

  test("a host name that the server was not told of", async () => {
    const error: unknown = await openLive(server.url, { headers: { Host: "mlflow.example" } }).catch((reason: unknown) => reason);
    expect(isAppError(error, "store/forbidden")).toBe(true);
    expect(toUserText(error)).toContain("--allowed-hosts");
  });

  test("the origin of a web page", async () => {
    const headers = { Origin: "https://elsewhere.example" };
    const error: unknown = await openLive(server.url, { headers }).catch((reason: unknown) => reason);
    expect(isAppError(error, "store/forbidden")).toBe(true);
    expect(toUserText(error)).toContain("Origin");
  });
});
