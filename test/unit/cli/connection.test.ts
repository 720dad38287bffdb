import { describe, expect, it } from "vitest";
import { toConnection } from "../../../src/cli/openChosenStore";

const SERVER = "http://host:5000";
const LOGIN = { MLFLOW_TRACKING_USERNAME: "ann", MLFLOW_TRACKING_PASSWORD: "secret" };
const ANN = { kind: "basic", username: "ann", password: "secret" };

describe("the login that a server gets", () => {
  it.each([
    ["the environment's, where it names no server", SERVER, LOGIN, {}, ANN],
    ["the environment's, where it names this server", SERVER, { ...LOGIN, MLFLOW_TRACKING_URI: SERVER }, {}, ANN],
    ["none, where the environment names another server", SERVER, { ...LOGIN, MLFLOW_TRACKING_URI: "http://other" }, {}, { kind: "none" }],
    ["that of .env, where the environment only names the server", SERVER, { MLFLOW_TRACKING_URI: SERVER }, LOGIN, ANN],
    ["none of .env, where that names another server", SERVER, {}, { ...LOGIN, MLFLOW_TRACKING_URI: "http://other" }, { kind: "none" }],
    ["that of the URI first", "http://bob:pw@host:5000", LOGIN, {}, { kind: "basic", username: "bob", password: "pw" }],
    ["a token", SERVER, { MLFLOW_TRACKING_TOKEN: "t" }, {}, { kind: "bearer", token: "t" }],
  ])("is %s", async (_case, uri, env, dotEnv, expected) => {
    expect(await toConnection(SERVER, uri, env, dotEnv).credentials()).toEqual(expected);
  });

  it("keeps a folder's .env from switching off the checks of a server that the environment names", () => {
    const connection = toConnection(SERVER, "", { MLFLOW_TRACKING_URI: SERVER }, { MLFLOW_TRACKING_INSECURE_TLS: "true" });
    expect(connection.insecureTls).toBeUndefined();
  });
});
