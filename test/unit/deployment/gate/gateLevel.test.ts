import { describe, expect, it } from "vitest";

import { readConfig } from "../../../../src/core/config/readConfig";
import { gateLevelOf } from "../../../../src/core/deployment/gate/gateLevel";

const levelOf = (target: string, targets: string): string =>
  gateLevelOf(readConfig(`version: 1\ndeploy: {targets: {${targets}}}\n`).value, target);

describe("how strictly a target is judged", () => {
  it("is what its key says, and production where it says nothing", () => {
    const targets =
      "staging: {type: mlflow_alias, alias: challenger}, dev: {type: mlflow_alias, alias: trial}, eu: {type: mlflow_alias, alias: eu}";
    expect(["staging", "dev", "eu", "elsewhere"].map((target) => levelOf(target, targets))).toEqual([
      "staging",
      "development",
      "production",
      "production",
    ]);
  });

  it.each([
    ["the alias of the model in use", "alias: Champion"],
    ["the stage Production", "alias: trial, stage: Production"],
    ["the stage Production alone", "stage: Production"],
  ])("is production with %s, whatever the key", (_, fields) => {
    expect(levelOf("staging", `staging: {type: mlflow_alias, ${fields}}`)).toBe("production");
    expect(levelOf("dev", `dev: {type: mlflow_alias, ${fields}}`)).toBe("production");
  });

  it("is not production with the stage Staging", () => {
    expect(levelOf("staging", "staging: {type: mlflow_alias, stage: Staging}")).toBe("staging");
  });

  it.each([
    [
      "the address",
      'staging: {type: mlflow_serve, address: "http://LOCALHOST:5001/"}, production: {type: mlflow_serve, address: "http://127.0.0.1:5001"}',
      "production",
    ],
    [
      "address and application",
      'staging: {type: ray_serve, address: "http://ray:8265", application: churn}, production: {type: ray_serve, address: "http://ray:8265/", application: churn}',
      "production",
    ],
    [
      "the address alone, of another application",
      'staging: {type: ray_serve, address: "http://ray:8265", application: trial}, production: {type: ray_serve, address: "http://ray:8265", application: churn}',
      "staging",
    ],
    ["the alias", "staging: {type: mlflow_alias, alias: serving}, eu: {type: mlflow_alias, alias: serving}", "production"],
    [
      "the alias of another harmless one",
      "staging: {type: mlflow_alias, alias: trial}, dev: {type: mlflow_alias, alias: trial}",
      "staging",
    ],
    ["neither", 'staging: {type: mlflow_serve, address: "http://a:1"}, production: {type: mlflow_serve, address: "http://a:2"}', "staging"],
    ["the command", "staging: {type: command, command: [a, b  c]}, production: {type: command, command: [a , b c]}", "production"],
    ["a command of other words", "staging: {type: command, command: [a, b]}, production: {type: command, command: [a]}", "staging"],
    [
      "a command that is told the target",
      'staging: {type: command, command: [a, "{target}"]}, production: {type: command, command: [a, "{target}"]}',
      "staging",
    ],
    ["no command and no address", "staging: {type: command}, production: {type: command}", "staging"],
  ])("counts that it shares %s", (_, targets, level) => {
    expect(levelOf("staging", targets)).toBe(level);
  });
});
