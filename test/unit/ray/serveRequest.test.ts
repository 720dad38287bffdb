import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  type AppConfig,
  digestOf,
  failureOf,
  healthOfApplication,
  type ServeApplication,
  type ServeDetails,
  stateOfApplication,
  versionIn,
} from "../../../src/adapters/ray/serveDetails";
import { patched, wholeRequest, withReplicas } from "../../../src/adapters/ray/serveRequest";
import { applicationUrl, urlBelow } from "../../../src/adapters/ray/serveUrls";

const ADDRESS = "http://127.0.0.1:8265";

function application(more: Partial<ServeApplication> = {}): ServeApplication {
  return { status: "RUNNING", message: "", source: "declarative", deployments: {}, route_prefix: "/churn", ...more };
}

function details(applications: Record<string, ServeApplication>, more: Partial<ServeDetails> = {}): ServeDetails {
  return { applications, http_options: { host: "127.0.0.1", port: 8000 }, ...more };
}

const name = fc.stringMatching(/^[a-z]{1,8}$/);
const config = fc.dictionary(fc.stringMatching(/^[a-z_]{1,6}$/), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 5 });
const configs = fc.uniqueArray(fc.tuple(name, config), { selector: ([one]) => one, maxLength: 6 });
const PATCH = { import_path: "app:build", runtime_env: { env_vars: { MLOPS_MODEL_VERSION: "2" } } };

describe("the list for Ray Serve", () => {
  it("holds each other application once and as it is, and the own one last", () => {
    fc.assert(
      fc.property(configs, name, fc.boolean(), (others, own, isRemoved) => {
        const all = Object.fromEntries(others.map(([one, set]) => [one, application({ deployed_app_config: { ...set, name: one } })]));
        const mine: AppConfig = { name: own, import_path: "app:build" };
        const sent = wholeRequest(details(all), ADDRESS, own, isRemoved ? null : mine)["applications"];
        const kept = others.filter(([one]) => one !== own).map(([one, set]) => ({ ...set, name: one }));
        expect(sent).toEqual(isRemoved ? kept : [...kept, mine]);
      }),
    );
  });

  it("keeps the capacity that somebody has set, and leaves out what goes and what Python started", () => {
    const all = {
      going: application({ status: "DELETING", deployed_app_config: { name: "going" } }),
      python: application({ source: "imperative" }),
      kept: application({ deployed_app_config: { name: "kept" } }),
    };
    expect(wholeRequest(details(all, { target_capacity: 50 }), ADDRESS, "churn", null)).toEqual({
      target_capacity: 50,
      applications: [{ name: "kept" }],
    });
  });

  it("is not made where a configuration is not told, or told with hidden values", () => {
    const untold = details({ other: application() });
    expect(() => wholeRequest(untold, ADDRESS, "churn", null)).toThrow("so that it would be lost");
    const hidden = details({
      other: application({ deployed_app_config: { name: "other", runtime_env: { env_vars: { A: "<redacted>" } } } }),
    });
    expect(() => wholeRequest(hidden, ADDRESS, "churn", null)).toThrow("so that it would be lost");
    const own = details({ churn: application() });
    expect(wholeRequest(own, ADDRESS, "churn", { name: "churn" })).toEqual({ applications: [{ name: "churn" }] });
  });
});

describe("the configuration of an application", () => {
  it("keeps all that is not set, and is the same when it is set twice", () => {
    fc.assert(
      fc.property(config, fc.dictionary(name, fc.string(), { maxKeys: 4 }), (before, env) => {
        const base = { ...before, runtime_env: { pip: ["x"], env_vars: env } };
        const once = patched("churn", base, PATCH);
        expect(patched("churn", once, PATCH)).toEqual(once);
        expect(once).toMatchObject({ ...before, name: "churn", import_path: "app:build" });
        expect(once["runtime_env"]).toEqual({ pip: ["x"], env_vars: { ...env, MLOPS_MODEL_VERSION: "2" } });
      }),
    );
  });

  it("has a path of its own where it is new, and keeps none where it has none", () => {
    expect(patched("churn", null, PATCH)["route_prefix"]).toBe("/churn");
    expect(patched("churn", { import_path: "x", route_prefix: null }, PATCH)["route_prefix"]).toBeNull();
    expect(() => patched("churn", null, { runtime_env: {} })).toThrow("nothing says what Ray is to import");
  });

  it("gets copies beside what else is set of its deployments", () => {
    const before = { deployments: [{ name: "A", num_replicas: 1, user_config: 7 }, { name: "B" }] };
    expect(withReplicas(before, "A", 3)["deployments"]).toEqual([{ name: "B" }, { name: "A", num_replicas: 3, user_config: 7 }]);
    expect(withReplicas({}, "A", 3)["deployments"]).toEqual([{ name: "A", num_replicas: 3 }]);
  });

  it("tells its version, and by its state that it was changed, and nothing of its values", () => {
    const told = application({ deployed_app_config: { runtime_env: { env_vars: { MLOPS_MODEL_VERSION: "2", KEY: "hunter2" } } } });
    expect(versionIn(told.deployed_app_config)).toBe("2");
    expect([undefined, null, {}, { runtime_env: 7 }, { runtime_env: { env_vars: { MLOPS_MODEL_VERSION: 2 } } }].map(versionIn)).toEqual(
      Array.from({ length: 5 }, () => null),
    );
    expect(stateOfApplication(told)).toMatch(/^declarative [0-9a-f]{32}$/);
    expect(stateOfApplication(undefined)).toBe("none");
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
  });
});

describe("the health of an application", () => {
  it.each([
    ["RUNNING", "healthy", "The application churn runs version 2 with 1 of 2 copies."],
    ["DEPLOYING", "starting", "The application churn gets version 2 with 1 of 2 copies."],
    ["NOT_STARTED", "starting", "The application churn gets version 2 with 1 of 2 copies."],
    ["UNHEALTHY", "unhealthy", "The application churn is unhealthy: ValueError: no weights."],
    ["DEPLOY_FAILED", "unhealthy", "The application churn could not be given version 2: ValueError: no weights."],
    ["DELETING", "stopped", "The application churn is not on the cluster any more."],
  ])("of %s is %s", (status, state, message) => {
    const replicas = [
      { state: "RUNNING", start_time_s: 20.5 },
      { state: "STARTING", start_time_s: 10 },
    ];
    const one = { status: "UPDATING", message: "Traceback\n  File\nValueError: no weights", target_num_replicas: 2, replicas };
    const env_vars = { MLOPS_MODEL_VERSION: "2" };
    const told = application({ status, deployments: { Model: one }, deployed_app_config: { runtime_env: { env_vars } } });
    const health = healthOfApplication("churn", told);
    expect(health).toMatchObject({ state, message });
    expect(health.version).toBe(status === "DELETING" || status === "DEPLOY_FAILED" ? null : "2");
    expect(health.since).toBe(status === "DELETING" ? null : 20_500);
  });

  it("takes the last complaint of a trace, in one line and without logins and colours", () => {
    const message =
      "Deploying failed:\nRuntimeError: first\n  at x\n\u001b[36mray.exceptions.RayTaskError(ValueError): https://a:hunter2@h/x\u001b[39m\n\n";
    expect(failureOf(application({ message }))).not.toContain("hunter2");
    expect(failureOf(application({ message: "" }))).toBeNull();
    expect(failureOf(application({ message: "No room for the copies" }))).toBe("No room for the copies.");
  });
});

describe("where an application answers", () => {
  it.each([
    [{ host: "0.0.0.0", port: 8000 }, "/churn", "http://head:8000/churn"],
    [{ host: "127.0.0.1", port: 9000, root_path: "/base" }, "/", "http://head:9000/base"],
    [{ host: "10.0.0.5" }, "/", "http://10.0.0.5:8000"],
    [{ host: "fd00::1", port: 1 }, "/c", "http://[fd00::1]:1/c"],
    [{ host: "", port: 1, ssl_certfile: "/x" }, "/c", "https://head:1/c"],
    [null, "/c", null],
    [{ port: 1 }, null, null],
  ])("with %j and %s is %s", (http, prefix, url) => {
    expect(applicationUrl(details({}, { http_options: http }), application({ route_prefix: prefix }), "http://head:8265")).toBe(url);
  });

  it("is nowhere without a proxy", () => {
    expect(applicationUrl(details({}, { proxy_location: "Disabled" }), application(), ADDRESS)).toBeNull();
  });

  it("has addresses below it", () => {
    const base = "http://head:8000/churn";
    expect([null, "/predict", "predict", "https://x/y"].map((path) => urlBelow(base, path))).toEqual([
      base,
      `${base}/predict`,
      `${base}/predict`,
      "https://x/y",
    ]);
  });
});
