import { afterEach, beforeEach, describe, expect, it } from "vitest";

import type { ApprovalDesk, WaitingApproval, WaitingApprovals } from "../../../src/core/deployment/waitingApproval";
import { ApprovalBoard } from "../../../src/editor/deployment/approvalBoard";
import type { DeploymentFolder } from "../../../src/editor/deployment/deploymentServices";

const WAITING: WaitingApproval = {
  ...{ repository: "acme/churn", runId: "7", title: "Release churn", webUrl: "https://github.com/acme/churn/actions/runs/7" },
  ...{ branch: "main", commit: "a".repeat(40), startedAt: null, startedBy: "ana", reviewers: ["mia"], cannot: null },
  environment: { id: "1", name: "production" },
};

/** Whether a person could be asked to sign in, of each time that GitHub was asked. */
let asked: boolean[];
let answer: (isAsked: boolean) => Promise<WaitingApprovals>;
let isTrusted: boolean;
let board: ApprovalBoard;
const errors: unknown[] = [];

function folder(root: string): DeploymentFolder {
  const list: ApprovalDesk["list"] = (isAsked) => {
    asked.push(isAsked);
    return answer(isAsked);
  };
  return { root, approvals: { list } } as unknown as DeploymentFolder;
}

beforeEach(() => {
  asked = [];
  errors.length = 0;
  isTrusted = true;
  answer = () => Promise.resolve({ waiting: [WAITING], problem: null });
  const folders = [folder("/a")];
  board = new ApprovalBoard(
    () => folders,
    () => isTrusted,
    (error) => errors.push(error),
  );
});
afterEach(() => board.dispose());

describe("deployments that wait for a review", () => {
  it("are asked for once for all who look, and again when somebody says that they may have changed", async () => {
    await Promise.all([board.ready(), board.ready()]);
    await board.ready();
    expect(asked).toEqual([false]);
    expect(board.all.map(({ root, approval }) => [root, approval.title])).toEqual([["/a", "Release churn"]]);
    board.forget();
    expect(asked).toEqual([false]);
    await board.ready();
    expect(asked).toEqual([false, false]);
  });

  it("are asked for with a sign-in for a person, also while they are asked for without one", async () => {
    answer = (isAsked) => Promise.resolve(isAsked ? { waiting: [WAITING], problem: null } : { waiting: [], problem: "Sign in." });
    await Promise.all([board.ready(), board.refresh(true)]);
    expect(asked).toEqual([false, true]);
    expect([board.all.length, board.problems]).toEqual([1, []]);
  });

  it("say why they could not be asked for, and log it", async () => {
    const broken = new Error("GitHub is away");
    answer = () => Promise.reject(broken);
    await board.ready();
    expect(board.problems).toHaveLength(1);
    expect(errors).toEqual([broken]);
  });

  it("are not asked for in a folder that nobody trusts", async () => {
    isTrusted = false;
    await board.refresh(true);
    expect([asked, board.all]).toEqual([[], []]);
  });
});
