import { describe, expect, it } from "vitest";

import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { JobHandle, TrainingEngine } from "../../../src/core/training/trainingEngine";
import { type FakeRun, finish } from "../../fakes/githubServer";
import { githubWorld, type World } from "./engineWorld";

interface Started extends World {
  readonly handle: JobHandle;
  readonly run: FakeRun;
}

async function started(): Promise<Started> {
  const world = await githubWorld();
  const { draft, action } = await world.plan();
  const handle = await world.engine.submit(draft, action, NEVER_CANCELLED);
  const [run] = world.server.runs;
  if (run === undefined) {
    throw new Error("Nothing was started.");
  }
  return { ...world, handle, run };
}

const status = (engine: TrainingEngine, handle: JobHandle): ReturnType<TrainingEngine["status"]> => engine.status(handle, NEVER_CANCELLED);

describe("the state of a run", () => {
  it.each([
    ["queued", null, "queued", /Waits for a machine/],
    ["requested", null, "queued", /Waits for a machine/],
    ["pending", null, "queued", /another run of the workflow is over/],
    ["waiting", null, "queued", /Waits until a person approves it: https:\/\/github\.com\/acme\/churn\/actions\/runs\/\d+$/],
    ["in_progress", null, "running", null],
    ["completed", "success", "succeeded", null],
    ["completed", "neutral", "succeeded", null],
    ["completed", "failure", "failed", /The run failed\. See https:/],
    ["completed", "cancelled", "cancelled", /was cancelled/],
    ["completed", "timed_out", "failed", /longer than its time limit/],
    ["completed", "startup_failure", "failed", /its file has an error/],
    ["completed", "stale", "failed", /two weeks/],
    ["completed", "skipped", "failed", /nothing was trained/],
    ["completed", "action_required", "queued", /a person approves/],
    ["completed", "new_word", "unknown", /"new_word", which is not known here/],
    ["new_state", null, "unknown", /"new_state", which is not known here/],
  ])("%s %s is %s", async (word, conclusion, state, message) => {
    const { engine, handle, run } = await started();
    Object.assign(run, { status: word, conclusion });
    const found = await status(engine, handle);
    expect(found.state).toBe(state);
    expect([found.exitCode, found.progress]).toEqual([null, null]);
    if (message === null) {
      expect(found.message).toBeNull();
    } else {
      expect(found.message).toMatch(message);
    }
  });

  it("has its jobs, its times, and the step that failed", async () => {
    const { engine, handle, run, server } = await started();
    run.status = "in_progress";
    run.jobs = [
      server.job("data", {
        status: "completed",
        conclusion: "success",
        startedAt: "2026-11-24T10:00:00Z",
        completedAt: "2026-11-24T10:01:00Z",
      }),
      server.job("train", { status: "in_progress", startedAt: "2026-11-24T10:02:00Z" }),
      server.job("report"),
    ];
    expect(await status(engine, handle)).toMatchObject({
      state: "running",
      startedAt: Date.UTC(2026, 10, 24, 10),
      endedAt: null,
      tasks: [
        { name: "data", state: "succeeded" },
        { name: "train", state: "running" },
        { name: "report", state: "queued" },
      ],
    });
    const steps = [
      { name: "Fetch", conclusion: "success" },
      { name: "Fit", conclusion: "failure" },
    ];
    Object.assign(run.jobs[1] ?? {}, { status: "completed", conclusion: "failure", steps, completedAt: "2026-11-24T10:09:00Z" });
    Object.assign(run.jobs[2] ?? {}, { status: "completed", conclusion: "skipped", completedAt: "2026-11-24T10:09:01Z" });
    Object.assign(run, { status: "completed", conclusion: "failure" });
    const found = await status(engine, handle);
    expect(found.message).toMatch(/^The job "train" failed at its step "Fit"\. See https:/);
    expect(found.endedAt).toBe(Date.UTC(2026, 10, 24, 10, 9, 1));
    expect(found.tasks.map(({ state }) => state)).toEqual(["succeeded", "failed", "cancelled"]);
  });

  it("counts all jobs of a large matrix", async () => {
    const { engine, handle, run, server } = await started();
    run.jobs = Array.from({ length: 256 }, (_, index) => server.job(`train (${index})`));
    expect((await status(engine, handle)).tasks).toHaveLength(256);
  });

  it("is unknown once the run was deleted", async () => {
    const { engine, handle, server } = await started();
    server.runs.length = 0;
    expect(await status(engine, handle)).toMatchObject({ state: "unknown", message: expect.stringContaining("was deleted") as string });
  });

  it("can be asked by a window that never heard of the job", async () => {
    const { another, handle, run } = await started();
    finish(run, "success");
    expect((await status(another(), JSON.parse(JSON.stringify(handle)) as JobHandle)).state).toBe("succeeded");
  });

  it("sends the login to no host that a handle names", async () => {
    const { engine, handle, server } = await started();
    const before = server.seen.length;
    await expect(status(engine, { ...handle, place: "https://evil.example/acme/churn" })).rejects.toThrow("Sign in to GitHub");
    await expect(status(engine, { ...handle, place: "nonsense" })).rejects.toThrow("Sign in to GitHub");
    expect(await status(engine, { ...handle, externalId: "../../../user" })).toMatchObject({ state: "unknown" });
    expect(server.seen).toHaveLength(before);
  });
});

describe("a server that is away", () => {
  it("is said, and asked again once it is back", async () => {
    const { engine, handle, run, server } = await started();
    await server.stop();
    await expect(status(engine, handle)).rejects.toMatchObject({
      code: "store/unreachable",
      message: "github.com cannot be reached: nothing listens there.",
    });
    await server.start();
    finish(run, "success");
    expect((await status(engine, handle)).state).toBe("succeeded");
  });

  it.each([
    [{ status: 503, message: "" }, "store/unreachable", /not available at the moment \(HTTP 503\)/],
    [{ status: 401, message: "Bad credentials" }, "store/unauthorized", /does not accept the login/],
    [
      { status: 403, message: "Resource not accessible by integration" },
      "store/forbidden",
      /may not see or use the run \d+ of acme\/churn/,
    ],
  ])("answers %j", async (answer, code, message) => {
    const { engine, handle, server } = await started();
    server.refuse = () => answer;
    await expect(status(engine, handle)).rejects.toMatchObject({ code, message: expect.stringMatching(message) as string });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      "by its clock",
      { date: "Tue, 24 Nov 2026 10:00:00 GMT", "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1795515300" },
      /in 15 minutes/,
    ],
    ["in seconds", { "retry-after": "30" }, /in 30 seconds/],
    ["without a time", {}, /in 60 seconds/],
  ])("that wants to be left alone, %s, is left alone", async (_, headers, words) => {
    const { engine, handle, server } = await started();
    server.refuse = () => ({ status: 403, message: "API rate limit exceeded for user ID 1.", headers });
    await expect(status(engine, handle)).rejects.toThrow(words);
    server.refuse = null;
    const asked = server.seen.length;
    await expect(status(engine, handle)).rejects.toThrow(words);
    expect(server.seen).toHaveLength(asked);
  });

  it("does not make anybody wait for ever", async () => {
    const { another, handle, server } = await started();
    const engine = another({ timeoutMs: 50, apiUrl: () => server.silentUrl });
    await expect(status(engine, handle)).rejects.toMatchObject({ code: "store/timeout" });
  });

  it("never has its words shown with the login in them", async () => {
    const { engine, handle, server } = await started();
    server.refuse = () => ({ status: 403, message: `The token ${server.token} is bad` });
    const error: unknown = await status(engine, handle).catch((reason: unknown) => reason);
    expect(String(error)).toContain("The token … is bad");
  });
});

describe("cancelling", () => {
  it("ends the run, and a run that is over stays as it is", async () => {
    const { engine, handle, run, server } = await started();
    run.status = "in_progress";
    await engine.cancel(handle, NEVER_CANCELLED);
    expect((await status(engine, handle)).state).toBe("cancelled");
    await engine.cancel(handle, NEVER_CANCELLED);
    expect(server.seen.filter(({ operation }) => operation.endsWith("/cancel"))).toHaveLength(1);
  });

  it("is no failure when the run ends meanwhile", async () => {
    const { engine, handle, run, server } = await started();
    run.status = "in_progress";
    server.refuse = ({ operation }) => {
      if (operation.endsWith("/cancel")) {
        finish(run, "success");
      }
      return null;
    };
    await engine.cancel(handle, NEVER_CANCELLED);
    expect((await status(engine, handle)).state).toBe("succeeded");
  });

  it("ends each call with the signal's reason", async () => {
    const { engine, handle, spec, draft } = await started();
    const controller = new AbortController();
    const reason = new Error("enough");
    controller.abort(reason);
    for (const call of [
      () => engine.status(handle, controller.signal),
      () => engine.log(handle, null, controller.signal),
      () => engine.cancel(handle, controller.signal),
      () => engine.find(draft(), controller.signal),
      () => engine.inspect(spec, controller.signal),
    ]) {
      await expect(call()).rejects.toBe(reason);
    }
  });

  it("ends a call that waits for an answer", async () => {
    const { another, handle, server } = await started();
    const controller = new AbortController();
    const reason = new Error("enough");
    const waiting = another({ apiUrl: () => server.silentUrl }).status(handle, controller.signal);
    setTimeout(() => controller.abort(reason), 20);
    await expect(waiting).rejects.toBe(reason);
  });
});

describe("the log", () => {
  /** All that can be had now. */
  async function readAll(
    engine: TrainingEngine,
    handle: JobHandle,
    cursor: string | null = null,
  ): Promise<{ text: string; cursor: string; chunks: number }> {
    let text = "";
    let at = cursor;
    for (let chunks = 1; chunks < 50; chunks++) {
      const chunk = await engine.log(handle, at, NEVER_CANCELLED);
      expect(Buffer.byteLength(chunk.text)).toBeLessThanOrEqual(1_000_000);
      text += chunk.text;
      if (chunk.isComplete || chunk.text === "") {
        return { text, cursor: chunk.cursor, chunks };
      }
      at = chunk.cursor;
    }
    throw new Error("The log never ends.");
  }

  it("comes job by job as they end, each once", async () => {
    const { engine, handle, run, server } = await started();
    run.status = "in_progress";
    run.jobs = [server.job("data"), server.job("train")];
    const first = await readAll(engine, handle);
    expect(first.text).toMatch(/^GitHub hands out the log of a job when the job is over\. Watch it at https:/);
    Object.assign(run.jobs[1] ?? {}, { status: "completed", conclusion: "success", log: "\ufeffepoch 1\nloss 0.3" });
    const second = await readAll(engine, handle, first.cursor);
    expect(second.text).toBe("── train ──\nepoch 1\nloss 0.3\n");
    Object.assign(run.jobs[0] ?? {}, { status: "completed", conclusion: "success", log: "rows 100\n" });
    run.jobs.push(server.job("report", { status: "completed", conclusion: "skipped" }));
    finish(run, "success");
    const third = await readAll(engine, handle, second.cursor);
    expect(third.text).toBe("── data ──\nrows 100\n── report ──\n(skipped)\n");
    expect((await engine.log(handle, third.cursor, NEVER_CANCELLED)).isComplete).toBe(true);
  });

  it("is fetched without the login, from where GitHub sends us", async () => {
    const { engine, handle, run, server } = await started();
    run.jobs = [server.job("train", { status: "completed", conclusion: "success", log: "done\n" })];
    finish(run, "success");
    await readAll(engine, handle);
    expect(server.logRequests).toHaveLength(1);
    expect(server.logRequests[0]).not.toHaveProperty("authorization");
  });

  it.each([true, false])("of any length comes in parts that cut no character (ranges: %s)", async (ranges) => {
    const { engine, handle, run, server } = await started();
    const log = `${"größe 漢字 😀\n".repeat(60_000)}${"漢".repeat(400_000)}`;
    server.supportsRanges = ranges;
    run.jobs = [server.job("train", { status: "completed", conclusion: "success", log })];
    finish(run, "success");
    const { text, chunks } = await readAll(engine, handle);
    expect(text === `── train ──\n${log}\n`).toBe(true);
    expect(chunks).toBeGreaterThan(2);
  });

  it("that GitHub no longer keeps is said", async () => {
    const { engine, handle, run, server } = await started();
    run.jobs = [server.job("train", { status: "completed", conclusion: "success" })];
    finish(run, "success");
    expect((await readAll(engine, handle)).text).toBe("── train ──\n(GitHub has no log of this job, or no longer keeps it)\n");
  });

  it("begins anew with a cursor of nobody's", async () => {
    const { engine, handle, run, server } = await started();
    run.jobs = [server.job("train", { status: "completed", conclusion: "success", log: "done\n" })];
    finish(run, "success");
    expect((await readAll(engine, handle, "17")).text).toBe("── train ──\ndone\n");
  });
});
