import { describe, expect, it } from "vitest";

import type { CurveView } from "../../../../src/protocol/runPage";
import { CurveLoader, isSingleValue } from "../../../../webview-ui/run/curveLoader";

const curve: CurveView = { points: [{ step: 0, timestamp: 0, value: "NaN" }], total: 1, min: null, max: null, exact: true };

const viewer = {};

/** A store whose answers the test gives by hand. */
class Answers {
  readonly asked: string[] = [];
  private readonly open = new Map<string, { resolve: (value: CurveView | null) => void; reject: (error: Error) => void }>();

  readonly fetch = (key: string): Promise<CurveView | null> => {
    this.asked.push(key);
    return new Promise((resolve, reject) => void this.open.set(key, { resolve, reject }));
  };

  async give(key: string, value: CurveView | null | Error): Promise<void> {
    const { resolve, reject } = this.open.get(key) ?? { resolve: () => undefined, reject: () => undefined };
    if (value instanceof Error) {
      reject(value);
    } else {
      resolve(value);
    }
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  }
}

describe("CurveLoader", () => {
  it("reads four at a time, and then the last wanted first", async () => {
    const answers = new Answers();
    const loader = new CurveLoader(answers.fetch);
    ["a", "b", "c", "d", "e", "f"].forEach((key) => loader.want(key, viewer));
    expect(answers.asked).toEqual(["a", "b", "c", "d"]);
    await answers.give("a", curve);
    expect(answers.asked.slice(4)).toEqual(["f"]);
    loader.unwant("e", viewer);
    await answers.give("b", curve);
    expect(answers.asked).toHaveLength(5);
  });

  it("reads a curve that one viewer lost but another still shows", async () => {
    const answers = new Answers();
    const loader = new CurveLoader(answers.fetch);
    ["a", "b", "c", "d"].forEach((key) => {
      loader.want(key, viewer);
    });
    const row = {};
    loader.want("e", row);
    loader.want("e", viewer);
    loader.unwant("e", viewer);
    await answers.give("a", curve);
    expect(answers.asked[4]).toBe("e");
  });

  it("restores numbers that JSON cannot carry", async () => {
    const answers = new Answers();
    const loader = new CurveLoader(answers.fetch);
    loader.want("a", viewer);
    await answers.give("a", curve);
    const state = loader.state("a");
    expect(state.kind === "ready" ? state.curve?.points[0]?.value : "none").toBeNaN();
  });

  it("keeps the old curve on screen while a grown one is read, and after it failed", async () => {
    const answers = new Answers();
    const loader = new CurveLoader(answers.fetch);
    loader.want("a", viewer);
    await answers.give("a", curve);
    loader.invalidate(["a", "never seen"]);
    expect(loader.state("a").kind).toBe("ready");
    expect(answers.asked).toEqual(["a", "a"]);
    await answers.give("a", new Error("gone"));
    expect(loader.state("a").kind).toBe("ready");
  });

  it("reads a grown curve that is off screen only when it comes back", async () => {
    const answers = new Answers();
    const loader = new CurveLoader(answers.fetch);
    loader.want("a", viewer);
    await answers.give("a", curve);
    loader.unwant("a", viewer);
    loader.invalidate(["a"]);
    expect(answers.asked).toEqual(["a"]);
    loader.want("a", viewer);
    expect(answers.asked).toEqual(["a", "a"]);
  });

  it("reads again what grew while it was being read", async () => {
    const answers = new Answers();
    const loader = new CurveLoader(answers.fetch);
    loader.want("a", viewer);
    loader.invalidate(["a"]);
    await answers.give("a", curve);
    expect(answers.asked).toEqual(["a", "a"]);
  });

  it("tells a failure and tries again when asked", async () => {
    const answers = new Answers();
    const loader = new CurveLoader(answers.fetch);
    const news: string[] = [];
    loader.onDidChange((key) => news.push(key));
    loader.want("a", viewer);
    await answers.give("a", new Error("down"));
    expect(loader.state("a")).toMatchObject({ kind: "failed" });
    expect(answers.asked).toEqual(["a"]);
    loader.retry("a");
    await answers.give("a", curve);
    expect(loader.state("a").kind).toBe("ready");
    expect(news).toEqual(["a", "a", "a"]);
  });
});

describe("isSingleValue", () => {
  const metric = { key: "a", latest: 1, step: 0, timestamp: 0 };

  it("guesses by the step until the curve is here", () => {
    expect(isSingleValue(metric, { kind: "waiting" })).toBe(true);
    expect(isSingleValue({ ...metric, step: 9 }, { kind: "waiting" })).toBe(false);
    expect(isSingleValue(metric, { kind: "ready", curve: { points: [], total: 7, min: 0, max: 1, exact: true } })).toBe(false);
    expect(isSingleValue({ ...metric, step: 9 }, { kind: "ready", curve: null })).toBe(true);
  });
});
