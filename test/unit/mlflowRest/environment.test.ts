import { expect, test } from "vitest";
import { readEnvironment } from "../../../src/adapters/mlflowRest/environment";

const server = { MLFLOW_TRACKING_URI: "https://mlflow.example/base/" };

test("an empty environment sets nothing", () => {
  expect(readEnvironment({})).toEqual({ url: null, credentials: null });
  expect(readEnvironment({ MLFLOW_TRACKING_URI: "  ", MLFLOW_WORKSPACE: "" })).toEqual({ url: null, credentials: null });
});

test("all variables", () => {
  const env = {
    ...server,
    MLFLOW_TRACKING_TOKEN: "abc",
    MLFLOW_TRACKING_INSECURE_TLS: "True",
    MLFLOW_TRACKING_SERVER_CERT_PATH: "/ca.pem",
    MLFLOW_TRACKING_CLIENT_CERT_PATH: "/me.pem",
    MLFLOW_WORKSPACE: "team-a",
  };
  expect(readEnvironment(env)).toEqual({
    url: "https://mlflow.example/base",
    credentials: { kind: "bearer", token: "abc" },
    insecureTls: true,
    caFile: "/ca.pem",
    clientCertFile: "/me.pem",
    workspace: "team-a",
  });
});

test("basic wins over bearer, as in MLflow's own client, but not half of it", () => {
  const both = { ...server, MLFLOW_TRACKING_USERNAME: "alice", MLFLOW_TRACKING_PASSWORD: "pw", MLFLOW_TRACKING_TOKEN: "abc" };
  expect(readEnvironment(both).credentials).toEqual({ kind: "basic", username: "alice", password: "pw" });
  expect(readEnvironment({ ...both, MLFLOW_TRACKING_PASSWORD: undefined }).credentials).toEqual({ kind: "bearer", token: "abc" });
});

test("a login without the server that it is for is not given out", () => {
  const login = { MLFLOW_TRACKING_TOKEN: "abc" };
  for (const uri of [undefined, "sqlite:///mlflow.db", "databricks", "./mlruns", "http://"]) {
    expect(readEnvironment({ ...login, MLFLOW_TRACKING_URI: uri })).toEqual({ url: null, credentials: null });
  }
});

test("a login inside the address moves out of it", () => {
  const env = { MLFLOW_TRACKING_URI: "http://al%40ice:p%3Aw@host:5000/?x=1#y" };
  expect(readEnvironment(env)).toEqual({ url: "http://host:5000", credentials: { kind: "basic", username: "al@ice", password: "p:w" } });
});

test("insecure TLS is on only where it says so", () => {
  for (const value of ["false", "0", "", "yes please"]) {
    expect(readEnvironment({ ...server, MLFLOW_TRACKING_INSECURE_TLS: value })).not.toHaveProperty("insecureTls");
  }
});
