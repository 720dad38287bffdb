import { describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import { readConfig } from "../../../src/core/config/readConfig";
import { readTargetSpec, type TargetPlaces, type TargetReading } from "../../../src/core/deployment/readTargetSpec";

const PLACES: TargetPlaces = {
  config: "churn/mlops.yaml",
  toAbsolute: (path) => `/work/${path}`,
  storeOf: (_config, uri) => ({ kind: "rest", url: uri ?? "http://127.0.0.1:5000" }),
  python: (folder, configured) => Promise.resolve(`${folder}/${configured ?? ".venv/bin/python"}`),
};

function read(targets: string, more = "", places: Partial<TargetPlaces> = {}, name = "here"): Promise<TargetReading> {
  const text = `version: 1\nname: churn-model\nmodel: {name: churn}\n${more}deploy:\n  targets:\n    ${targets}\n`;
  return readTargetSpec(readConfig(text).value, name, { ...PLACES, ...places });
}

function messages({ faults }: TargetReading): string {
  return faults.map(({ message }) => message).join(" ");
}

describe("a target of mlops.yaml", () => {
  it.each([
    ["here: {type: mlflow_alias, alias: champion, stage: Production}", { alias: "champion", stage: "Production" }],
    [
      'here: {type: mlflow_serve, address: "http://127.0.0.1:5001/"}',
      { address: "http://127.0.0.1:5001", python: "/work/churn/.venv/bin/python" },
    ],
    [
      'here: {type: ray_serve, address: "http://[::1]:8265", application: churn, import_path: "app:build", route_prefix: /churn, replicas: 2, runtime_env: {env_vars: {A: b}, pip: [numpy]}}',
      { application: "churn", importPath: "app:build", replicas: 2, runtimeEnv: { env_vars: { A: "b" }, pip: ["numpy"] } },
    ],
    [
      'here: {type: command, command: [./release.sh, "{version}"], rollback_command: "back {version}", health: "http://x/health", timeout: 2m}',
      { command: ["./release.sh", "{version}"], rollbackCommand: ["back {version}"], health: "http://x/health", timeoutMs: 120_000 },
    ],
  ])("is read: %s", async (text, wanted) => {
    const reading = await read(text);
    expect(reading.faults).toEqual([]);
    expect(reading.spec).toMatchObject({ name: "here", config: "churn/mlops.yaml", folder: "/work/churn", model: "churn", ...wanted });
    expect(JSON.parse(JSON.stringify(reading.spec))).toEqual(reading.spec);
  });

  it.each([
    ["there: {type: mlflow_alias, alias: champion}", 'no target "here"'],
    ["here: {alias: champion}", "what kind of place"],
    ["here: {type: mlflow_alias}", "which alias is moved"],
    ["here: {type: mlflow_alias, alias: latest}", 'takes no alias "latest"'],
    ["here: {type: mlflow_alias, alias: v12}", 'takes no alias "v12"'],
    ["here: {type: mlflow_alias, alias: a b}", 'takes no alias "a b"'],
    ["here: {type: mlflow_serve}", "where the server listens"],
    ["here: {type: ray_serve, application: churn}", "dashboard of the Ray cluster"],
    ['here: {type: ray_serve, address: "http://x:8265"}', "which application"],
    ["here: {type: command}", "which command"],
    ['here: {type: command, command: [release, "{verson}"]}', "{verson}"],
    ["here: {type: command, command: [release, now], shell: true}", "one line"],
    ["here: {type: command, command: [release], health: /ping}", "no address that it is below"],
    ["here: {type: command, command: [release, --password, hunter2hunter2]}", "a secret in an argument"],
    [
      'here: {type: ray_serve, address: "http://x:1", application: a, runtime_env: {env_vars: {API_KEY: hunter2hunter2}}}',
      "runtime_env holds",
    ],
  ])("says what is wrong with %s", async (text, wanted) => {
    expect(messages(await read(text))).toContain(wanted);
  });

  it("says what the file around it lacks", async () => {
    const alias = "here: {type: mlflow_alias, alias: champion}";
    expect(messages(await read(alias, "", { storeOf: () => null }))).toContain("names no registry");
    const database: Partial<TargetPlaces> = { storeOf: () => ({ kind: "sqlite", path: "/work/mlflow.db" }) };
    expect(messages(await read(alias, "", { ...database, python: () => Promise.resolve(null) }))).toContain("No Python was found");
    expect((await read(alias, "train: {python: py/bin/python}\n", database)).spec?.python).toBe("/work/churn/py/bin/python");
    const fails: Partial<TargetPlaces> = {
      storeOf: () => {
        throw new AppError("usage", "It is not a store.");
      },
    };
    expect(messages(await read(alias, "", fails))).toBe("It is not a store.");
  });

  it("keeps no login and no secret", async () => {
    const token = `ghp_${"a1B2".repeat(10)}`;
    const reading = await read(
      `here: {type: command, command: [release, ${token}], address: "http://ana:hunter2@host:1", health: /h}`,
      'tracking: {uri: "http://ana:hunter2@host:5000"}\n',
    );
    expect(JSON.stringify(reading)).not.toContain("hunter2");
    expect(JSON.stringify(reading)).not.toContain(token);
    expect(reading.spec).toMatchObject({ address: "http://host:1", store: { url: "http://host:5000" } });
    expect(reading.notes).toHaveLength(2);
  });

  it("is told from one that is called nearly alike", async () => {
    const reading = await read("production: {type: mlflow_alias, alias: champion}", "", {}, "prodction");
    expect(reading.faults[0]?.remedy).toBe('Did you mean "production"?');
  });
});
