import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, describe, expect, it } from "vitest";

import { jobFolder } from "../../src/adapters/node/jobs/jobPlaces";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import type { TrainSpec } from "../../src/core/training/trainSpec";
import { buildJobRunner } from "./jobRunnerBundle";
import { localEngine, localProject, scriptProject, startsOf } from "./localProject";
import { draftOf, until, untilOver, wholeLog } from "./trainingEngineSuite";

const scratch = mkdtempSync(join(tmpdir(), "mlops-gap-"));
const runner = buildJobRunner();
const ODD = "BASH_FUNC_module%%";
const engine = localEngine(runner, { env: { ...process.env, [ODD]: "() { echo it's one; }" } });
const PATIENCE = 20_000;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A job whose folder is prepared before it is started. */
async function prepared(spec: TrainSpec) {
  const draft = draftOf(spec, {});
  const folder = jobFolder(spec.root, spec.config, draft.jobId);
  mkdirSync(folder, { recursive: true });
  const action = engine.action(draft, await engine.inspect(spec, NEVER_CANCELLED));
  return { draft, folder, submit: () => engine.submit(draft, action, NEVER_CANCELLED) };
}

/** State and parent of a process as Linux tells; null where it is gone. */
function processOf(pid: string): { readonly state: string; readonly parent: number } | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state = "", parent = ""] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return state === "Z" || state === "X" ? null : { state, parent: Number(parent) };
  } catch {
    return null;
  }
}

const childrenOf = (pid: number): readonly string[] =>
  readdirSync("/proc").filter((name) => /^\d+$/.test(name) && processOf(name)?.parent === pid);

describe("A supervisor", () => {
  it("that is killed between starting a command and writing its number down leaves nothing behind", async () => {
    const spec = localProject(scratch, "long");
    const { folder, submit } = await prepared(spec);
    // Whoever writes into a pipe that nobody reads stands still there.
    execFileSync("mkfifo", [join(folder, "process.json.tmp")]);
    const handle = await submit();
    const { pid } = JSON.parse(readFileSync(join(folder, "supervisor.lock"), "utf8")) as { readonly pid: number };
    await until(() => Promise.resolve(childrenOf(pid).length === 1), PATIENCE);
    const [child = ""] = childrenOf(pid);
    process.kill(pid, "SIGKILL");
    await until(() => Promise.resolve(processOf(child) === null && processOf(String(pid)) === null), PATIENCE);
    expect(startsOf(spec)).toBe(0);
    expect(await engine.status(handle, NEVER_CANCELLED)).toMatchObject({
      state: "failed",
      message: "Its supervisor was stopped before it told of a start.",
    });
    await engine.cancel(handle, NEVER_CANCELLED);
    expect(await submit()).toEqual(handle);
    expect(startsOf(spec)).toBe(0);
  });

  it("starts nothing whose number it cannot write down", async () => {
    const spec = localProject(scratch, "succeed");
    const { folder, submit } = await prepared(spec);
    mkdirSync(join(folder, "process.json", "full"), { recursive: true });
    expect(await untilOver(engine, await submit(), PATIENCE)).toMatchObject({
      state: "failed",
      message: "It was not started. Its process cannot be written down; the disk may be full.",
    });
    expect(startsOf(spec)).toBe(0);
  });

  it("hands over variables whose names no shell would pass on", async () => {
    const spec = scriptProject(scratch, `console.log(process.env[${JSON.stringify(ODD)}], process.env.PATH.length > 0);`);
    const handle = await (await prepared(spec)).submit();
    expect(await untilOver(engine, handle, PATIENCE)).toMatchObject({ state: "succeeded" });
    expect(await wholeLog(engine, handle, PATIENCE)).toBe("() { echo it's one; } true\n");
  });

  it("says of a file that is no program, and of a folder that is gone, what is wrong", async () => {
    const spec = { ...localProject(scratch, "succeed"), command: ["./train.cjs"] };
    chmodSync(join(spec.folder, "train.cjs"), 0o644);
    const plain = await prepared(spec);
    expect(await untilOver(engine, await plain.submit(), PATIENCE)).toMatchObject({
      message: 'It was not started. "./train.cjs" may not be run.',
    });
    const gone = { ...localProject(scratch, "succeed"), folder: join(scratch, "nowhere") };
    expect(await untilOver(engine, await (await prepared(gone)).submit(), PATIENCE)).toMatchObject({
      message: `It was not started. The folder ${join(scratch, "nowhere")} is not there.`,
    });
  });

  it("reads a line for the shell as one", async () => {
    const root = localProject(scratch, "succeed");
    writeFileSync(join(root.folder, "a b.txt"), "");
    const spec: TrainSpec = { ...root, shell: true, command: [`ls "a b.txt" && echo "$0" | grep -c sh; exit 4`] };
    const handle = await (await prepared(spec)).submit();
    expect(await untilOver(engine, handle, PATIENCE)).toMatchObject({ state: "failed", exitCode: 4 });
    expect(await wholeLog(engine, handle, PATIENCE)).toBe("a b.txt\n1\n");
  });
});
