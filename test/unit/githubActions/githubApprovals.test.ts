import { expect, it, onTestFinished } from "vitest";

import { GithubApprovals } from "../../../src/adapters/githubActions/githubApprovals";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { WaitingApproval } from "../../../src/core/deployment/waitingApproval";
import type { FakeEnvironment } from "../../fakes/githubReviews";
import { GithubServer } from "../../fakes/githubServer";

const PRODUCTION: FakeEnvironment = { id: 7, name: "production", reviewers: ["ana", "leo"], preventsSelfReview: true };

async function desk(part: { readonly enterprise?: boolean; readonly token?: string | null; readonly remote?: string | null } = {}) {
  const server = new GithubServer({ enterprise: part.enterprise ?? false });
  await server.start();
  onTestFinished(async () => {
    await server.end();
    expect(server.violations).toEqual([]);
  });
  const asked: boolean[] = [];
  const approvals = new GithubApprovals({
    root: "/work",
    origin: () => Promise.resolve({ remote: part.remote === undefined ? server.remote : part.remote }),
    token: (host, isAsked) => {
      asked.push(isAsked);
      return Promise.resolve(host !== "github.com" ? null : part.token === undefined ? server.token : part.token);
    },
    apiUrl: () => server.url,
    timeoutMs: 5000,
  });
  return { server, approvals, asked };
}

async function only(approvals: GithubApprovals): Promise<WaitingApproval> {
  const { waiting } = await approvals.list(false, NEVER_CANCELLED);
  expect(waiting).toHaveLength(1);
  const [one] = waiting;
  if (one === undefined) {
    throw new Error("nothing waits");
  }
  return one;
}

it.each([false, true])("lists what waits for a review, with who may give it (server of one's own: %s)", async (enterprise) => {
  const { server, approvals } = await desk({ enterprise });
  server.addRun({ title: "Deploy 14", status: "waiting", actor: "mia", branch: "release", waitsFor: [PRODUCTION] });
  server.addRun({ title: "Train", status: "in_progress" });
  const { waiting, problem } = await approvals.list(false, NEVER_CANCELLED);
  expect(problem).toBeNull();
  expect(waiting).toMatchObject([
    {
      title: "Deploy 14",
      environment: { id: "7", name: "production" },
      repository: "acme/churn",
      branch: "release",
      startedBy: "mia",
      reviewers: ["ana", "leo"],
      cannot: null,
    },
  ]);
});

it("leaves out what waits for a timer, which nobody can shorten", async () => {
  const { server, approvals } = await desk();
  server.addRun({ status: "waiting", waitsFor: [{ ...PRODUCTION, reviewers: [] }] });
  expect(await approvals.list(false, NEVER_CANCELLED)).toEqual({ waiting: [], problem: null });
});

it.each(["approved", "rejected"] as const)("gives the decision with the person's comment (%s)", async (decision) => {
  const { server, approvals } = await desk();
  const run = server.addRun({ status: "waiting", actor: "mia", waitsFor: [PRODUCTION] });
  await approvals.decide(await only(approvals), decision, 'Looks "fine"; $(rm) ü', NEVER_CANCELLED);
  expect(server.reviews).toEqual([{ run: run.id, environment: "production", state: decision, comment: 'Looks "fine"; $(rm) ü' }]);
  expect((await approvals.list(false, NEVER_CANCELLED)).waiting).toEqual([]);
});

it("says in words that nobody reviews a run of their own", async () => {
  const { server, approvals } = await desk();
  server.addRun({ title: "Deploy 14", status: "waiting", actor: "ana", waitsFor: [PRODUCTION] });
  const mine = await only(approvals);
  expect(mine.cannot).toMatch(/You started this run.*somebody else/);
  await expect(approvals.decide(mine, "approved", "me", NEVER_CANCELLED)).rejects.toThrow(/You started this run/);
  expect(server.reviews).toEqual([]);
});

it("says in words who may review where the right is missing", async () => {
  const { server, approvals } = await desk();
  server.addRun({ status: "waiting", actor: "mia", waitsFor: [{ ...PRODUCTION, reviewers: ["leo"] }] });
  const theirs = await only(approvals);
  expect(theirs.cannot).toMatch(/none of those who may review.*leo/);
  await expect(approvals.decide(theirs, "rejected", "no", NEVER_CANCELLED)).rejects.toThrow(/none of those/);
});

it("says that somebody else decided meanwhile", async () => {
  const { server, approvals } = await desk();
  const run = server.addRun({ title: "Deploy 14", status: "waiting", actor: "mia", waitsFor: [PRODUCTION] });
  const before = await only(approvals);
  run.waitsFor = [];
  await expect(approvals.decide(before, "approved", "ok", NEVER_CANCELLED)).rejects.toThrow(/does not wait for production any more/);
});

it("tells of a token without rights as GitHub does", async () => {
  const { server, approvals } = await desk();
  server.refuse = () => ({ status: 403, message: "Resource not accessible by personal access token" });
  await expect(approvals.list(false, NEVER_CANCELLED)).rejects.toThrow(/may not see or use runs of acme\/churn/);
});

it("asks nobody to sign in unless it may, and says what is not known", async () => {
  const { approvals, asked } = await desk({ token: null });
  expect(await approvals.list(false, NEVER_CANCELLED)).toEqual({ waiting: [], problem: null });
  expect((await approvals.list(true, NEVER_CANCELLED)).problem).toMatch(/Nobody is signed in/);
  expect(asked).toEqual([false, true]);
});

it("sends a token to no host but GitHub's, and nothing where there is no repository", async () => {
  const elsewhere = await desk({ remote: "https://evil.example/acme/churn.git" });
  expect((await elsewhere.approvals.list(true, NEVER_CANCELLED)).waiting).toEqual([]);
  expect(elsewhere.server.seen).toEqual([]);
  const nowhere = await desk({ remote: null });
  expect(await nowhere.approvals.list(true, NEVER_CANCELLED)).toEqual({ waiting: [], problem: null });
});

it("refuses a decision on another repository than the folder's", async () => {
  const { server, approvals } = await desk();
  server.addRun({ status: "waiting", actor: "mia", waitsFor: [PRODUCTION] });
  const one = { ...(await only(approvals)), repository: "acme/other" };
  await expect(approvals.decide(one, "approved", "ok", NEVER_CANCELLED)).rejects.toThrow(/belongs to acme\/other/);
});
