import { describe, expect, it } from "vitest";

import { serverSecrets } from "../../../src/cli/retrain/serverSecrets";

const ENV = {
  AIRFLOW_URL: "https://airflow.example.org/team/",
  AIRFLOW_USERNAME: "ana",
  AIRFLOW_PASSWORD: "secret",
  AIRFLOW_TOKEN: " token\n",
  RAY_AUTH_TOKEN: "ray",
};

describe("a login in the environment", () => {
  it.each([
    ["https://airflow.example.org/team", true],
    ["https://airflow.example.org/team/", true],
    ["http://127.0.0.1:8080", true],
    ["http://localhost:8080", true],
    ["http://[::1]:8080", true],
    ["https://airflow.example.org", false],
    ["http://airflow.example.org/team", false],
    ["https://airflow.example.org:444/team", false],
    ["https://airflow.example.org.evil.example/team", false],
    ["http://127.0.0.1.evil.example", false],
    ["no address", false],
  ])("goes to %s: %s", (address, goes) => {
    const { token, login } = serverSecrets(ENV, "AIRFLOW", address);
    expect({ token, login }).toEqual(
      goes ? { token: "token", login: { username: "ana", password: "secret" } } : { token: null, login: null },
    );
  });

  it("is of one kind of server", () => {
    expect(serverSecrets(ENV, "RAY", "http://127.0.0.1:8265")).toEqual({ env: {}, token: "ray", login: null });
    expect(serverSecrets(ENV, "RAY", ENV.AIRFLOW_URL).token).toBeNull();
  });
});
