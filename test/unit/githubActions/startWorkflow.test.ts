import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { githubWorld, jobIdOf, PLAIN_WORKFLOW, WORKFLOW } from "./engineWorld";

const inputsOf = (body: unknown): Readonly<Record<string, string>> => (body as { inputs: Record<string, string> }).inputs;

describe("what a start needs", () => {
  it("reads inputs and says what would run where", async () => {
    const { engine, spec } = await githubWorld();
    const facts = await engine.inspect(spec, NEVER_CANCELLED);
    expect(facts.health).toEqual({
      ok: true,
      message:
        'GitHub runs train.yml of acme/churn on its default branch "main", with what is pushed there; changes that are only here are not trained.',
    });
    expect([facts.warnings, facts.blockers, facts.consents]).toEqual([[], [], []]);
    expect(facts.fields.map(({ name, kind, value, options }) => [name, kind, value, options])).toEqual([
      ["lr", "number", 0.1, []],
      ["data", "choice", "full", ["full", "sample"]],
      ["fast", "boolean", false, []],
      ["note", "text", null, []],
    ]);
  });

  it("asks to sign in where nobody did, and shows the inputs all the same", async () => {
    const { another, spec, server } = await githubWorld();
    const facts = await another({ token: () => Promise.resolve(null) }).inspect(spec, NEVER_CANCELLED);
    expect(facts.blockers).toEqual(["Sign in to GitHub, so that the workflow can be started and followed."]);
    expect(facts.fields).toHaveLength(4);
    expect(server.seen).toEqual([]);
  });

  it.each<[string, (world: Awaited<ReturnType<typeof githubWorld>>) => void, RegExp]>([
    ["a login that may only read", ({ server }) => void (server.permission = "pull"), /may read acme\/churn but start nothing in it/],
    ["an archived repository", ({ server }) => void (server.archived = true), /archived or disabled/],
    ["a workflow that is switched off", ({ server }) => void (server.workflowState = "disabled_inactivity"), /switched off .* 60 days/],
    ["a workflow that was not pushed", ({ server }) => server.files.get("main")?.clear(), /GitHub knows no workflow "train\.yml"/],
    [
      "a workflow without workflow_dispatch",
      ({ server }) => server.push("train.yml", "on: push\njobs: {}\n"),
      /needs "workflow_dispatch:" under "on:"/,
    ],
    [
      "an input that was not pushed",
      ({ server }) => server.push("train.yml", WORKFLOW.replace(/ {6}lr: .*\n/, "")),
      /input "lr" is not in the workflow on GitHub/,
    ],
    [
      "a repository that the login cannot see",
      ({ server }) => void (server.refuse = () => ({ status: 404, message: "Not Found" })),
      /GitHub shows the login no repository acme\/churn\. It answers so/,
    ],
    ["a login that is no longer good", ({ server }) => void (server.refuse = () => ({ status: 401, message: "Bad credentials" })), /login/],
    [
      "a login that needs single sign-on",
      ({ server }) =>
        void (server.refuse = () => ({
          status: 403,
          message: "Resource protected by organization SAML enforcement.",
          headers: { "x-github-sso": "required; url=https://github.com/orgs/acme/sso?authorization_request=A1" },
        })),
      /single sign-on first\. Approve it at https:\/\/github\.com\/orgs\/acme\/sso\?authorization_request=A1, then retry/,
    ],
  ])("forbids %s in words", async (_, arrange, words) => {
    const world = await githubWorld();
    arrange(world);
    const facts = await world.engine.inspect(world.spec, NEVER_CANCELLED);
    expect(facts.health.ok).toBe(false);
    expect(facts.blockers.join(" ")).toMatch(words);
  });

  it("knows a branch that is not there", async () => {
    const { engine, spec } = await githubWorld();
    const facts = await engine.inspect({ ...spec, githubActions: { workflow: "train.yml", ref: "nope" } }, NEVER_CANCELLED);
    expect(facts.blockers).toEqual(['acme/churn has no branch or tag "nope" on github.com: push it, or correct train.github_actions.ref.']);
  });

  it("needs no right to read files", async () => {
    const { engine, spec, server, draft } = await githubWorld();
    server.refuse = ({ operation }) => (operation.includes("/contents/") ? { status: 403, message: "Resource not accessible" } : null);
    const facts = await engine.inspect(spec, NEVER_CANCELLED);
    expect(facts.blockers).toEqual([]);
    expect(facts.warnings).toEqual([expect.stringContaining('cannot be seen on "main" with this login')]);
    await engine.submit(draft(), engine.action(draft(), facts), NEVER_CANCELLED);
    expect(server.dispatches()).toHaveLength(1);
  });

  it("warns where runs cannot be told apart, and where the file differs", async () => {
    const { engine, spec, server } = await githubWorld(PLAIN_WORKFLOW);
    server.push("train.yml", `# newer\n${PLAIN_WORKFLOW}`);
    const { warnings, blockers } = await engine.inspect(spec, NEVER_CANCELLED);
    expect(blockers).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining("is another one on GitHub"),
      expect.stringContaining('Give it an input "mlops_job" and "run-name: Training ${{ inputs.mlops_job }}"'),
    ]);
  });

  it("says so where the folder is in no repository on a server", async () => {
    const { another, spec } = await githubWorld();
    for (const origin of [null, { remote: null, root: spec.root }, { remote: "/srv/git/churn.git", root: spec.root }]) {
      const facts = await another({ origin: () => Promise.resolve(origin) }).inspect(spec, NEVER_CANCELLED);
      expect(facts.blockers).toEqual(['The folder is in no repository whose remote "origin" is on GitHub.']);
    }
  });

  it("never takes a path for the name of a workflow", async () => {
    const { engine, spec, server } = await githubWorld();
    for (const workflow of ["../../secret.yml", "a/b.yml", "train.txt", ""]) {
      const facts = await engine.inspect({ ...spec, githubActions: { workflow, ref: null } }, NEVER_CANCELLED);
      expect(facts.blockers).toHaveLength(1);
    }
    expect(server.seen).toEqual([]);
  });
});

describe("the request", () => {
  it("is what was shown, with our own inputs filled in", async () => {
    const { plan, engine, server } = await githubWorld();
    const { draft, action } = await plan({ params: { lr: 0.25, data: "sample", fast: true, note: 'it\'s; $(id) "ü"\n2' } });
    await engine.submit(draft, action, NEVER_CANCELLED);
    const [call, ...others] = server.dispatches();
    expect(others).toEqual([]);
    expect(action.kind === "request" && call?.body).toEqual(action.kind === "request" ? action.body : null);
    expect(inputsOf(call?.body)).toEqual({
      lr: "0.25",
      data: "sample",
      fast: "true",
      note: 'it\'s; $(id) "ü"\n2',
      mlops_job: draft.jobId,
      mlops_fingerprint: "f00d",
      mlops_run_context: '{"mlops.job":"x","mlops.fingerprint":"f00d"}',
    });
    expect(JSON.stringify(action)).not.toContain(server.token);
  });

  it("carries texts unchanged", async () => {
    const { engine, spec, draft } = await githubWorld();
    const facts = await engine.inspect(spec, NEVER_CANCELLED);
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (note) => {
        const action = engine.action(draft({ params: { note } }), facts);
        expect(action.kind === "request" && inputsOf(JSON.parse(JSON.stringify(action.body)))["note"]).toBe(note);
      }),
    );
  });

  it.each([
    ["an input that the workflow does not take", { strange: 1 }, /takes no input "strange"/],
    ["more text than GitHub takes", { note: "x".repeat(65_536) }, /GitHub takes 65535/],
  ])("is refused for %s, before anything is sent", async (_, params, words) => {
    const { plan, server } = await githubWorld();
    await expect(plan({ params })).rejects.toThrow(words);
    expect(server.dispatches()).toEqual([]);
  });

  it("is refused for a required input without a value", async () => {
    const { plan } = await githubWorld(WORKFLOW.replace("note: {", "note: {required: true, "));
    await expect(plan()).rejects.toThrow('The workflow wants a value for "note".');
  });

  it("is refused for more inputs than the server takes", async () => {
    const names = Array.from({ length: 11 }, (_, index) => `p${index}`);
    const workflow = `on:\n  workflow_dispatch:\n    inputs: {${names.join(", ")}}\njobs: {}\n`;
    const params = Object.fromEntries(names.map((name) => [name, 1]));
    await expect((await githubWorld(workflow)).plan({ params })).resolves.toBeDefined();
    await expect((await githubWorld(workflow, { enterprise: true })).plan({ params })).rejects.toThrow("11 inputs, and GitHub takes 10");
  });

  it("goes nowhere when the plan is of another repository", async () => {
    const { plan, another, server } = await githubWorld();
    const { draft, action } = await plan();
    const moved = another({ origin: () => Promise.resolve({ remote: "https://github.com/other/churn.git", root: "/" }) });
    await expect(moved.submit(draft, action, NEVER_CANCELLED)).rejects.toThrow("another one than in the plan");
    expect(server.dispatches()).toEqual([]);
  });
});

describe("a start", () => {
  it("answers with the run that GitHub names", async () => {
    const { plan, engine, server } = await githubWorld();
    const { draft, action } = await plan();
    const handle = await engine.submit(draft, action, NEVER_CANCELLED);
    const [run] = server.runs;
    expect(handle).toEqual({
      engine: "github_actions",
      jobId: draft.jobId,
      externalId: String(run?.id),
      place: "https://github.com/acme/churn",
      webUrl: `https://github.com/acme/churn/actions/runs/${run?.id}`,
    });
  });

  it("is sent once, however often it is asked for, in this window and in another", async () => {
    const { plan, engine, another, server } = await githubWorld();
    const { draft, action } = await plan();
    const handles = await Promise.all([1, 2, 3].map(() => engine.submit(draft, action, NEVER_CANCELLED)));
    handles.push(await another().submit(draft, action, NEVER_CANCELLED));
    handles.push(await engine.submit(draft, action, NEVER_CANCELLED));
    expect(new Set(handles.map(({ externalId }) => externalId)).size).toBe(1);
    expect(server.dispatches()).toHaveLength(1);
    expect(await another().find(draft, NEVER_CANCELLED)).toEqual(handles[0]);
  });

  it("is found by the name of the run where the server answers with nothing", async () => {
    const { plan, engine, server } = await githubWorld(WORKFLOW, { enterprise: true });
    const { draft, action } = await plan();
    server.addRun({ title: `Training ${jobIdOf(new Date())}` });
    const handle = await engine.submit(draft, action, NEVER_CANCELLED);
    expect(action.kind === "request" && action.body).not.toHaveProperty("return_run_details");
    expect(server.runs.find(({ id }) => String(id) === handle.externalId)?.title).toBe(`Training ${draft.jobId}`);
    expect(server.dispatches()).toHaveLength(1);
  });

  it("is found by being the only one, where runs are not named", async () => {
    const { plan, engine, server } = await githubWorld(PLAIN_WORKFLOW, { enterprise: true });
    const { draft, action } = await plan();
    const older = server.addRun({ title: "train.yml" });
    const handle = await engine.submit(draft, action, NEVER_CANCELLED);
    expect(handle.externalId).not.toBe(String(older.id));
    expect(handle.externalId).toBe(String(server.runs[0]?.id));
  });

  it("is not guessed between two", async () => {
    const { plan, engine, server } = await githubWorld(PLAIN_WORKFLOW, { enterprise: true });
    const { draft, action } = await plan();
    server.onRun = () => void server.addRun({ title: "train.yml" });
    const handle = await engine.submit(draft, action, NEVER_CANCELLED);
    expect(handle.externalId).toBe("unsure:train.yml");
    expect(handle.webUrl).toBe("https://github.com/acme/churn/actions/workflows/train.yml");
    const status = await engine.status(handle, NEVER_CANCELLED);
    expect(status.state).toBe("unknown");
    expect(status.message).toContain("Look at https://github.com/acme/churn/actions/workflows/train.yml");
    await expect(engine.cancel(handle, NEVER_CANCELLED)).rejects.toThrow("cannot be ended from here");
    expect(await engine.log(handle, null, NEVER_CANCELLED)).toEqual({ text: "", cursor: "", isComplete: false });
    expect(server.dispatches()).toHaveLength(1);
  });

  it("is not repeated when the connection breaks behind it", async () => {
    const { plan, engine, server } = await githubWorld();
    const { draft, action } = await plan();
    server.cut = "after";
    const handle = await engine.submit(draft, action, NEVER_CANCELLED);
    expect(handle.externalId).toBe(String(server.runs[0]?.id));
    expect(server.dispatches()).toHaveLength(1);
  });

  it("stays unknown when the connection breaks and no run is seen, and is known once one is", async () => {
    const { plan, engine, server } = await githubWorld();
    const { draft, action } = await plan();
    server.cut = "before";
    const handle = await engine.submit(draft, action, NEVER_CANCELLED);
    expect(handle.externalId).toBe("unsure:train.yml");
    expect((await engine.status(handle, NEVER_CANCELLED)).state).toBe("unknown");
    expect(server.dispatches()).toHaveLength(1);
    server.addRun({ title: `Training ${draft.jobId}`, status: "in_progress" });
    expect((await engine.status(handle, NEVER_CANCELLED)).state).toBe("running");
  });

  it.each([
    ["what GitHub does not take", { status: 422, message: "Unexpected inputs provided" }, /GitHub says: Unexpected inputs provided\./],
    ["a missing permission", { status: 403, message: "Resource not accessible by personal access token" }, /read and write "Actions"/],
    [
      "a limit",
      { status: 429, message: "slow down", headers: { "retry-after": "120" } },
      /asked too often\. It answers again in 2 minutes/,
    ],
  ])("that meets %s is a clear no", async (_, answer, words) => {
    const { plan, engine, server } = await githubWorld(PLAIN_WORKFLOW);
    const { draft, action } = await plan();
    server.addRun({ title: "train.yml" });
    server.refuse = ({ operation }) => (operation.endsWith("/dispatches") ? answer : null);
    const error: unknown = await engine.submit(draft, action, NEVER_CANCELLED).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: expect.stringMatching(/^usage$|^store\/forbidden$/) as string });
    expect(`${(error as Error).message} ${(error as { remedy?: string }).remedy}`).toMatch(words);
    expect(await engine.find(draft, NEVER_CANCELLED)).toBeNull();
  });

  it("that never reached the server is a clear no", async () => {
    const { plan, engine, server } = await githubWorld();
    const { draft, action } = await plan();
    server.refuse = ({ operation }) => {
      if (operation.includes("/runs")) {
        void server.stop();
      }
      return null;
    };
    await expect(engine.submit(draft, action, NEVER_CANCELLED)).rejects.toThrow(/github\.com cannot be reached/);
    expect(server.dispatches()).toEqual([]);
  });
});

describe("whether a job was started", () => {
  it("is told by the name of the run, with the whole id", async () => {
    const { engine, draft, server } = await githubWorld();
    const wanted = draft();
    server.addRun({ title: `Training ${wanted.jobId}0` });
    expect(await engine.find(wanted, NEVER_CANCELLED)).toBeNull();
    const { id } = server.addRun({ title: `Training ${wanted.jobId} (by hand)` });
    expect((await engine.find(wanted, NEVER_CANCELLED))?.externalId).toBe(String(id));
  });

  it("is unsure where a run of the same time may be it, and no where none can be", async () => {
    const { engine, draft, server } = await githubWorld(PLAIN_WORKFLOW);
    const wanted = draft();
    server.addRun({ createdAt: "2026-01-01T00:00:00Z" });
    server.addRun({ actor: "bert" });
    expect(await engine.find(wanted, NEVER_CANCELLED)).toBeNull();
    server.addRun({});
    expect((await engine.find(wanted, NEVER_CANCELLED))?.externalId).toBe("unsure:train.yml");
  });

  it("does not depend on who the login of an app is", async () => {
    const { engine, draft, server } = await githubWorld(PLAIN_WORKFLOW);
    server.login = null;
    server.addRun({});
    expect((await engine.find(draft(), NEVER_CANCELLED))?.externalId).toBe("unsure:train.yml");
  });
});
