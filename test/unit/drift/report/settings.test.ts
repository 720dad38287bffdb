import { describe, expect, it } from "vitest";
import { readConfig } from "../../../../src/core/config/readConfig";
import { DEFAULT_DRIFT_SETTINGS, defaultDriftSettings, driftSettingsOf } from "../../../../src/core/drift/driftSettings";
import { levelsOf } from "../../../../src/core/drift/measure";
import { driftMethod } from "../../../../src/core/drift/methods";

const settingsOf = (drift: string, mode?: "own" | "evidently"): ReturnType<typeof driftSettingsOf> =>
  driftSettingsOf(readConfig(`name: m\nmonitoring:\n  ${drift}\n`).value.monitoring, mode);

describe("settings of an mlops.yaml", () => {
  it("are the defaults where it says nothing", () => {
    expect(driftSettingsOf(undefined)).toEqual(DEFAULT_DRIFT_SETTINGS);
    expect(driftSettingsOf(undefined, "evidently")).toEqual(defaultDriftSettings("evidently"));
    expect(settingsOf("drift: {method: auto}").limits).toEqual({ method: null, warn: null, fail: null, from: "default" });
  });

  it("have limits of the index, of the whole, of missing values and of rows", () => {
    const settings = settingsOf(
      "drift: {method: auto, psi_warn: 0.05, psi_fail: 0.2, dataset_share: 0.3}\n  missing: {fail_increase: 0.1}\n  window: {by: day, min_rows: 20}",
    );
    expect(settings).toMatchObject({
      limits: { method: null, warn: 0.05, fail: 0.2, from: "config" },
      datasetShare: 0.3,
      missingIncrease: 0.1,
      minRows: 20,
      minRowsForScore: 20,
    });
  });

  it("have columns that take over what they do not say", () => {
    const { columns } = settingsOf(
      "drift: {psi_warn: 0.05, psi_fail: 0.2, columns: {a: {psi_fail: 0.1}, b: {method: ks, warn: 0.01}, c: {}}}",
    );
    expect(columns).toEqual({
      a: { method: null, warn: 0.05, fail: 0.1, from: "config" },
      b: { method: "ks", warn: 0.01, fail: null, from: "config" },
      c: { method: null, warn: 0.05, fail: 0.2, from: "config" },
    });
  });

  it("mean the index over quantiles in our own mode, and Evidently's in its mode", () => {
    expect(settingsOf("drift: {method: psi, psi_warn: 0.1}").limits.method).toBe("psi_quantile");
    expect(settingsOf("drift: {method: psi, psi_warn: 0.1}", "evidently").limits.method).toBe("psi");
  });
});

describe("the two levels of a method", () => {
  const psi = driftMethod("psi_quantile");
  const ks = driftMethod("ks");

  it.each([
    [psi, null, null, 0.1, 0.25],
    [psi, 0.2, null, 0.2, 0.25],
    [psi, 0.4, null, 0.4, 0.4],
    [psi, null, 0.5, 0.1, 0.5],
    [psi, null, 0.05, 0.05, 0.05],
    [ks, null, null, 0.05, null],
    [ks, 0.05, 0.01, 0.05, 0.01],
    [ks, null, 0.01, 0.01, 0.01],
    [ks, 0.01, 0.05, 0.01, 0.01],
  ])("$id with warn %o and fail %o", (method, warn, fail, threshold, failThreshold) => {
    expect(levelsOf(method, { warn, fail })).toEqual({ threshold, failThreshold });
  });
});
