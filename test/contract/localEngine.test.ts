import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { TrainSpec } from "../../src/core/training/trainSpec";
import { buildJobRunner } from "./jobRunnerBundle";
import { localEngine, localProject, scriptProject, SECRET, startsOf } from "./localProject";
import { draftOf, trainingEngineSuite, until, untilOver, wholeLog } from "./trainingEngineSuite";

const scratch = mkdtempSync(join(tmpdir(), "mlops-local-"));
const runner = buildJobRunner();
const engine = localEngine(runner);
const PATIENCE = 20_000;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

trainingEngineSuite("local", {
  engine: () => localEngine(runner),
  project: (kind) => Promise.resolve(localProject(scratch, kind)),
  starts: (spec) => Promise.resolve(startsOf(spec)),
  secret: SECRET,
});

const start = async (spec: TrainSpec, params: Readonly<Record<string, string>> = {}) => {
  const draft = draftOf(spec, params);
  const action = engine.action(draft, await engine.inspect(spec, NEVER_CANCELLED));
  return engine.submit(draft, action, NEVER_CANCELLED);
};
const read = <T>(folder: string, name: string): T => JSON.parse(readFileSync(join(folder, name), "utf8")) as T;
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};

describe("Trainings on this machine", () => {
  it("hands any values over as one argument each", async () => {
    const script = `console.log(JSON.stringify(process.argv.slice(2)));`;
    const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((value) => value.replaceAll("\0", ""));
    const mean = fc.constantFrom(" ", "'", '"', "\n", ";", "$(id)", "`id`", "%PATH%", "--x", "{{", "\\", "✓", "*", "\t", "");
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(text, mean), { minLength: 1, maxLength: 8 }), async (values) => {
        const spec = scriptProject(
          scratch,
          script,
          values.map((_, index) => `{p${index}}`),
        );
        const handle = await start(spec, Object.fromEntries(values.map((value, index) => [`p${index}`, value])));
        expect(await untilOver(engine, handle, PATIENCE)).toMatchObject({ state: "succeeded" });
        expect(JSON.parse(await wholeLog(engine, handle, PATIENCE))).toEqual(values);
      }),
      { numRuns: 8 },
    );
  });

  it("sets lists and values in a copy of the file of parameters", async () => {
    const script = `console.log(require("node:fs").readFileSync(process.argv[2], "utf8"));`;
    const spec = { ...scriptProject(scratch, script, ["{params_file}"]), paramsFile: "conf/params.json" };
    mkdirSync(join(spec.root, "conf"));
    writeFileSync(join(spec.root, spec.paramsFile), '{"model": {"layers": [1], "kept": [2]}, "name": "x"}');
    const draft = { ...draftOf(spec, { "model.layers": '[64,"a"]', name: "[not a list]" }), lists: ["model.layers"] };
    const action = engine.action(draft, await engine.inspect(spec, NEVER_CANCELLED));
    const handle = await engine.submit(draft, action, NEVER_CANCELLED);
    expect(await untilOver(engine, handle, PATIENCE)).toMatchObject({ state: "succeeded" });
    expect(JSON.parse(await wholeLog(engine, handle, PATIENCE))).toEqual({
      model: { layers: [64, "a"], kept: [2] },
      name: "[not a list]",
    });
  });

  it("keeps secrets in the environment of the training and out of every file", async () => {
    const spec = scriptProject(
      scratch,
      `console.log(process.env.MLFLOW_TRACKING_PASSWORD === ${JSON.stringify(SECRET.split("").reverse().join(""))}.split("").reverse().join(""));`,
    );
    const handle = await start(spec);
    await untilOver(engine, handle, PATIENCE);
    expect(await wholeLog(engine, handle, PATIENCE)).toBe("true\n");
    for (const name of readdirSync(handle.externalId)) {
      expect(readFileSync(join(handle.externalId, name), "utf8")).not.toContain(SECRET);
    }
  });

  it("ends what a training has started, when it is cancelled or its time is over", async () => {
    const script = `const c = require("node:child_process").spawn(process.execPath, ["-e", "setTimeout(() => 0, 600000)"]); console.log(c.pid); setTimeout(() => 0, 600000);`;
    const spec = scriptProject(scratch, script);
    const limited = await start({ ...spec, resources: { ...spec.resources, timeoutMs: 1500 } });
    const status = await untilOver(engine, limited, PATIENCE);
    expect(status).toMatchObject({ state: "failed", message: "It was ended because its time limit had passed." });
    const pid = Number((await wholeLog(engine, limited, PATIENCE)).trim());
    expect(pid).toBeGreaterThan(1);
    expect(isAlive(pid)).toBe(false);
  });

  it("goes on without its supervisor, says so, and can be ended", async () => {
    const handle = await start(localProject(scratch, "long"));
    await until(async () => (await engine.log(handle, null, NEVER_CANCELLED)).text.includes("begin"), PATIENCE);
    const { supervisor, child } = read<Record<"supervisor" | "child", { pid: number }>>(handle.externalId, "process.json");
    process.kill(supervisor.pid, "SIGKILL");
    await until(() => Promise.resolve(!isAlive(supervisor.pid)), PATIENCE);
    expect(await engine.status(handle, NEVER_CANCELLED)).toMatchObject({
      state: "running",
      message: expect.stringContaining("nobody watches") as string,
    });
    await engine.cancel(handle, NEVER_CANCELLED);
    expect(await engine.status(handle, NEVER_CANCELLED)).toMatchObject({ state: "cancelled" });
    expect(isAlive(child.pid)).toBe(false);
  });

  it("says of a training that vanished with its supervisor that nobody can tell its end", async () => {
    const handle = await start(localProject(scratch, "long"));
    await until(async () => (await engine.log(handle, null, NEVER_CANCELLED)).text.includes("begin"), PATIENCE);
    const { supervisor, child } = read<Record<"supervisor" | "child", { pid: number }>>(handle.externalId, "process.json");
    process.kill(supervisor.pid, "SIGKILL");
    process.kill(child.pid, "SIGKILL");
    const status = await untilOver(engine, handle, PATIENCE);
    expect(status).toMatchObject({ state: "failed", message: expect.stringContaining("without telling its exit code") as string });
    expect(await wholeLog(engine, handle, PATIENCE)).toBe("begin\n");
  });

  it("says what is wrong with a program that is not there", async () => {
    const spec = { ...localProject(scratch, "succeed"), command: ["no-such-program-1"] };
    expect((await engine.inspect(spec, NEVER_CANCELLED)).health).toEqual({
      ok: false,
      message: 'There is no program "no-such-program-1" on this machine.',
    });
    expect(await untilOver(engine, await start(spec), PATIENCE)).toMatchObject({
      state: "failed",
      message: 'It was not started. There is no program "no-such-program-1".',
    });
  });

  it("refuses a change that nothing takes, and a value that a shell would read", async () => {
    const spec = localProject(scratch, "succeed");
    const facts = await engine.inspect(spec, NEVER_CANCELLED);
    expect(() => engine.action(draftOf(spec, { lr: 1 }), facts)).toThrow("The command takes no value for lr");
    const shell = { ...spec, shell: true, command: ["echo {text}"] };
    expect(() => engine.action(draftOf(shell, { text: "$(id)" }), facts)).toThrow("a shell reads");
  });
});
