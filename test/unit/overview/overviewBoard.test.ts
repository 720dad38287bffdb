import { describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import { countedOnce, decisionKey } from "../../../src/core/health/countedOnce";
import { actionFor } from "../../../src/core/health/nextAction";
import type { Portfolio, ProductHealth } from "../../../src/core/health/productHealth";
import { type KnownReviews, reviewKey } from "../../../src/core/health/withReviews";
import { OverviewBoard } from "../../../src/editor/overview/overviewBoard";
import type { CostedFolder } from "../../../src/editor/overview/overviewServices";
import { waitingOf } from "../../../src/editor/overview/waitingOf";
import type { OverviewView } from "../../../src/protocol/overview";

const SIGN = actionFor("mlops.yaml", "sign", "Decide on the launch", { detail: "launch" });
const CHECK = actionFor("mlops.yaml", "check_now", "Check now");

function product(change: Partial<ProductHealth> = {}): ProductHealth {
  return {
    ...{ name: "churn", config: "mlops.yaml", storeId: null, model: null, team: null, stage: "run", owner: null, version: null },
    challenges: [{ challenge: "knowledge", light: "attention", reason: "Never checked.", action: CHECK }],
    ...{ kpi: null, drift: null, openApprovals: 0, targets: [], cost: null, nextDuty: null, effort: null, tools: [], events: [] },
    waits: [
      { what: "Launch", who: ["mia@example.org"], due: null, action: SIGN },
      { what: "Check", who: ["mia@example.org"], due: null, action: CHECK },
      { what: "Check", who: ["ana@example.org"], due: null, action: CHECK },
    ],
    ...change,
  };
}

interface Script {
  readonly root?: string;
  readonly products?: readonly ProductHealth[];
  readonly portfolio?: CostedFolder["portfolio"];
  readonly costs?: CostedFolder["costs"];
}

function aFolder({
  root = "/work/churn",
  products = [product()],
  portfolio,
  costs = () => Promise.resolve(null),
}: Script = {}): CostedFolder {
  const found: Portfolio = { schema: 1, at: 7, products, stack: [], problems: [] };
  return {
    ...{ root, costs },
    portfolio: portfolio ?? (() => Promise.resolve(found)),
    myAddresses: () => Promise.resolve(["mia@example.org"]),
    ...{ forget: () => undefined, forgetFacts: () => undefined, dispose: () => undefined },
  };
}

let isLookedAt = true;
let reviews: KnownReviews | null = null;

function aBoard(...folders: readonly CostedFolder[]): {
  readonly board: OverviewBoard;
  readonly views: OverviewView[];
  readonly failures: unknown[];
} {
  const failures: unknown[] = [];
  isLookedAt = true;
  reviews = null;
  let time = 0;
  const board = new OverviewBoard({
    folders: () => folders,
    isLookedAt: () => isLookedAt,
    reviews: () => reviews,
    now: () => (time += 1000),
    logError: (error) => failures.push(error),
  });
  const views: OverviewView[] = [];
  board.onDidChangeView((view) => views.push(view));
  return { board, views, failures };
}

describe("the board of all products", () => {
  it("shows products at once and costs when they are added up, without waiting", async () => {
    let addUp: (value: null) => void = () => undefined;
    const { board, views } = aBoard(aFolder({ costs: () => new Promise((resolve) => (addUp = resolve)) }));
    const loading = board.load();
    await expect.poll(() => board.view.page?.rows.length).toBe(1);
    expect(board.view.work.isWorkingOutCosts).toBe(true);
    addUp(null);
    await loading;
    expect(board.view.page?.costs).toEqual([]);
    expect(board.view.work.isWorkingOutCosts).toBe(false);
    expect(views).toHaveLength(2);
  });

  it("takes in reviews on GitHub once somebody has asked for them, each where it belongs and counted once", async () => {
    const approval = (runId: string, name: string, cannot: string | null): KnownReviews["waiting"][number]["approval"] => ({
      ...{ repository: "acme/churn", runId, title: `Release ${runId}`, webUrl: "https://github.com/acme/churn/actions/runs/7" },
      ...{ branch: "main", commit: null, startedAt: null, startedBy: "ana", reviewers: ["mia", "team quality"], cannot },
      environment: { id: "1", name },
    });
    const targeted = { targets: ["production"], openApprovals: 1, waits: [] };
    const products = [
      product(targeted),
      product({ ...targeted, config: "b/mlops.yaml", targets: ["staging"] }),
      product({ config: "c/mlops.yaml", waits: [] }),
    ];
    const { board, views } = aBoard(aFolder({ products }), aFolder({ root: "/work/other", products: [product(targeted)] }));
    await board.load();
    const shown = (): readonly unknown[] | undefined => board.view.page?.rows.map((row) => [row.openApprovals, row.areReviewsKnown]);
    expect(shown()).toEqual([
      [1, false],
      [1, false],
      [0, null],
      [1, false],
    ]);
    const mine = approval("7", "Production", null);
    const theirs = approval("8", "production", "You started it yourself.");
    reviews = { waiting: [mine, theirs].map((one) => ({ root: "/work/churn", approval: one })), isPartial: false };
    board.takeReviews();
    expect(shown()).toEqual([
      [3, true],
      [1, true],
      [0, null],
      [1, true],
    ]);
    expect(views.at(-1)?.page?.rows[0]?.waits).toEqual([
      {
        what: "Release 7 waits for a review before it goes to Production",
        ...{ who: ["mia", "team quality"], due: null, action: "Review on GitHub", isMine: true },
      },
      expect.objectContaining({ what: "Release 8 waits for a review before it goes to production", isMine: false }),
    ]);
    const [id = ""] = board.all.map(({ row }) => row.id);
    expect(board.actionAt(id, { kind: "wait", index: 0 })).toMatchObject({ kind: "review", detail: reviewKey(mine) });
    // The view of deployments knows of the same one.
    expect(countedOnce([[{ key: reviewKey(mine), what: "Release 7" }], waitingOf(board.all)])).toHaveLength(1);
    await board.load();
    expect(shown()?.[0]).toEqual([3, true]);
    reviews = { waiting: [], isPartial: true };
    board.takeReviews();
    expect(shown()?.[0]).toEqual([1, false]);
  });

  it("adds up the progress of folders, and knows the total when each knows its own", async () => {
    const steps: string[] = [];
    const told: (() => void)[] = [];
    const folder = (root: string, total: number): CostedFolder =>
      aFolder({
        root,
        portfolio: (_signal, onProgress) => {
          told.push(() => onProgress?.({ done: 1, total }));
          return new Promise(() => undefined);
        },
      });
    const { board } = aBoard(folder("/a", 3), folder("/b", 4));
    board.onDidChangeWork(({ progress }) => steps.push(`${progress?.done ?? "-"} of ${progress?.total ?? "-"}`));
    void board.load();
    told.forEach((tell) => tell());
    expect(steps).toEqual(["0 of 0", "1 of 0", "2 of 7"]);
    board.dispose();
  });

  describe("rows before their lights", () => {
    const listed = [product({ waits: [], challenges: [{ challenge: "knowledge", light: "unknown", reason: "Looking.", action: null }] })];

    /** Lists its rows and then goes on until told. */
    function slowFolder(root: string): { readonly folder: CostedFolder; readonly finish: () => void; readonly fail: (why: Error) => void } {
      let [finish, fail]: [() => void, (why: Error) => void] = [() => undefined, () => undefined];
      const folder = aFolder({
        root,
        portfolio: (signal, _onProgress, onListed) => {
          onListed?.(listed);
          return new Promise((resolve, reject) => {
            finish = () => resolve({ schema: 1, at: 7, products: [product()], stack: [], problems: [] });
            fail = reject;
            signal.addEventListener("abort", () => reject(new DOMException("cancelled", "AbortError")));
          });
        },
      });
      return { folder, finish: () => finish(), fail: (why) => fail(why) };
    }

    it("shows them until all is gathered, and nothing of them afterwards", async () => {
      const { folder, finish } = slowFolder("/a");
      const { board, views } = aBoard(folder);
      const loading = board.load();
      expect(board.view.page).toMatchObject({ isPartial: true, costs: null });
      expect(board.view.page?.rows.map(({ name }) => name)).toEqual(["churn"]);
      expect(board.gatheredAt).toBeNull();
      expect(board.find(board.all[0]?.row.id ?? "")?.product.config).toBe("mlops.yaml");
      finish();
      await loading;
      expect(board.view.page?.isPartial).toBe(false);
      expect(views.map(({ page }) => page?.isPartial)).toEqual([true, false, false]);
    });

    it("waits for the files of all folders", () => {
      const { board } = aBoard(slowFolder("/a").folder, aFolder({ root: "/b", portfolio: () => new Promise(() => undefined) }));
      void board.load();
      expect(board.view.page).toBeNull();
      board.dispose();
    });

    it("takes them away where the gathering is cancelled or fails, because nobody will light them", async () => {
      const cancelled = slowFolder("/a");
      const { board } = aBoard(cancelled.folder);
      const loading = board.load();
      board.cancel();
      await loading;
      expect(board.view).toMatchObject({ page: null, work: { wasCancelled: true, progress: null } });
      expect(board.all).toEqual([]);

      const failing = slowFolder("/a");
      const other = aBoard(failing.folder);
      const failed = other.board.load();
      failing.fail(new AppError("file/unreadable", "The folder is gone."));
      await failed;
      expect(other.board.view).toMatchObject({ page: null, work: { failure: { message: "The folder is gone." } } });
    });

    it("keeps lights that are there while all is gathered again", async () => {
      const { folder, finish } = slowFolder("/a");
      const { board } = aBoard(folder);
      const loading = board.load();
      finish();
      await loading;
      void board.load();
      expect(board.view.page?.isPartial).toBe(false);
      board.dispose();
    });

    it("gathers for whoever needs the lights, also while rows without them are shown", async () => {
      const { folder, finish } = slowFolder("/a");
      const { board } = aBoard(folder);
      void board.load();
      const ready = board.ready();
      finish();
      await ready;
      expect(board.view.page?.isPartial).toBe(false);
    });
  });

  it("keeps what was shown while a gathering fails, and says why", async () => {
    let isBroken = false;
    const fine = aFolder();
    const { board, failures } = aBoard({
      ...fine,
      portfolio: (...args) =>
        isBroken
          ? Promise.reject(new AppError("file/unreadable", "The folder is gone.", { remedy: "Open another." }))
          : fine.portfolio(...args),
    });
    await board.load();
    isBroken = true;
    await board.load();
    expect(board.view.page?.rows).toHaveLength(1);
    expect(board.view.work.failure).toEqual({ message: "The folder is gone.", remedy: "Open another." });
    expect(failures).toHaveLength(1);
  });

  it("says what is wrong with costs among the problems, and keeps the products", async () => {
    const { board } = aBoard(aFolder({ costs: () => Promise.reject(new Error("The reader stopped.")) }));
    await board.load();
    expect(board.view.page?.problems).toEqual(["The reader stopped."]);
    expect(board.view.page?.costs).toBeNull();
    expect(board.view.work).toMatchObject({ isWorkingOutCosts: false, failure: null });
  });

  it("adds no costs up while nobody looks, and does when somebody comes", async () => {
    let asked = 0;
    const { board } = aBoard(aFolder({ costs: () => Promise.resolve((asked++, null)) }));
    isLookedAt = false;
    await board.load();
    expect(asked).toBe(0);
    await board.addUpCosts();
    await board.addUpCosts();
    expect(asked).toBe(1);
    expect(board.view.page?.costs).toEqual([]);
  });

  it("stops when it is cancelled, which is no failure", async () => {
    const { board, failures } = aBoard(
      aFolder({
        portfolio: (signal) =>
          new Promise((_, reject) => {
            signal.addEventListener("abort", () => reject(Object.assign(new Error("stopped"), { name: "AbortError" })));
          }),
      }),
    );
    const loading = board.load();
    board.cancel();
    await loading;
    expect(board.view.work).toMatchObject({ progress: null, wasCancelled: true, failure: null });
    expect(failures).toEqual([]);
  });

  it("counts only the latest asking", async () => {
    const answers: ((value: Portfolio) => void)[] = [];
    const { board } = aBoard(aFolder({ portfolio: () => new Promise((resolve) => answers.push(resolve)) }));
    const found = (name: string): Portfolio => ({ schema: 1, at: 7, products: [product({ name })], stack: [], problems: [] });
    const [first, second] = [board.load(), board.load()];
    answers[1]?.(found("new"));
    await second;
    answers[0]?.(found("old"));
    await first;
    expect(board.view.page?.rows.map(({ name }) => name)).toEqual(["new"]);
  });

  it("tells equal files of two folders apart, names the folder, and finds the action behind a button", async () => {
    const { board } = aBoard(aFolder({ root: "/work/one" }), aFolder({ root: "/work/two" }));
    await board.load();
    const rows = board.view.page?.rows ?? [];
    expect(rows.map(({ config }) => config)).toEqual(["one/mlops.yaml", "two/mlops.yaml"]);
    const id = rows[1]?.id ?? "";
    expect(board.find(id)?.root).toBe("/work/two");
    expect(board.actionAt(id, { kind: "challenge", challenge: "knowledge" })).toBe(CHECK);
    expect(board.actionAt(id, { kind: "wait", index: 0 })).toBe(SIGN);
    expect(board.actionAt(id, { kind: "wait", index: 9 })).toBeNull();
    expect(board.actionAt("gone", { kind: "challenge", challenge: "knowledge" })).toBeNull();
  });

  it("counts what waits for whoever works here, and what the view of sign-offs knows as well only once", async () => {
    const { board } = aBoard(aFolder());
    await board.load();
    expect(board.view.page?.rows[0]?.waits.map(({ isMine }) => isMine)).toEqual([true, true, false]);
    const waiting = waitingOf(board.all);
    expect(waiting.map(({ what }) => what)).toEqual(["churn: Launch", "churn: Check"]);
    const signOff = (subject: string) => ({ key: decisionKey("/work/churn", "mlops.yaml", subject), what: subject });
    const once = (...known: readonly string[]): readonly string[] => countedOnce([known.map(signOff), waiting]).map(({ what }) => what);
    expect(once("launch", "risk")).toEqual(["launch", "risk", "churn: Check"]);
    // Two roles of one person are two decisions, as the view has them.
    expect(once("launch", "launch")).toEqual(["launch", "launch", "churn: Check"]);
    expect(once()).toEqual(["churn: Launch", "churn: Check"]);
  });

  it("sends nothing that a curve cannot be drawn of", async () => {
    const kpi = { name: "auc", values: [0.7, Number.NaN, Infinity, 0.8], status: "ok" } as const;
    const { board } = aBoard(aFolder({ products: [product({ kpi })] }));
    await board.load();
    expect(board.view.page?.rows[0]?.kpi?.values).toEqual([0.7, 0.8]);
  });
});
