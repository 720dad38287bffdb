import { expect, test } from "vitest";

import { lazyOnes } from "../../../src/core/base/lazyOnes";
import type { TrainingEngine } from "../../../src/core/training/trainingEngine";
import { ScriptedEngine } from "../../fakes/scriptedEngine";

test("loads an engine when it is first asked for, once, and no other", async () => {
  const asked: string[] = [];
  const loader = (id: string) => (): Promise<TrainingEngine> => {
    asked.push(id);
    return Promise.resolve(new ScriptedEngine());
  };
  const engines = lazyOnes({
    local: loader("local"),
    dvc: loader("dvc"),
    ray: loader("ray"),
    airflow: loader("airflow"),
    github_actions: loader("github_actions"),
  });
  expect(asked).toEqual([]);
  const [one, other] = await Promise.all([engines.get("ray"), engines.get("ray")]);
  expect(one).toBe(other);
  expect(asked).toEqual(["ray"]);
});
