import { describe, expect, it } from "vitest";

import type { CompareCurve } from "../../../../src/protocol/compare";
import type { ChartsHost } from "../../../../webview-ui/compare/charts/chartsHost";
import { CurveReader } from "../../../../webview-ui/compare/charts/curveReader";
import { aCurve, aView } from "./aView";

interface Asked {
  readonly revision: number;
  readonly key: string;
  readonly maxPoints: number;
  readonly runs?: readonly number[];
}

/** A host that answers with a curve for each run asked about, whose value is how often it was asked. */
class CurveHost {
  readonly asked: Asked[] = [];
  runs = 3;
  answer: (asked: Asked) => { curves: readonly CompareCurve[]; problems: readonly string[] } = (asked) => ({
    curves: (asked.runs ?? Array.from({ length: this.runs }, (_, index) => index)).map((run) => aCurve(run, [this.asked.length])),
    problems: [],
  });
  readonly call = ((_method: string, asked: Asked) => {
    this.asked.push(asked);
    return new Promise((resolve) => resolve(this.answer(asked)));
  }) as unknown as ChartsHost["call"];
}

describe("CurveReader", () => {
  it("asks once for what it knows already", async () => {
    const host = new CurveHost();
    const reader = new CurveReader(host);
    reader.setView(aView(["a", "b", "c"]));
    await reader.curves("loss");
    expect((await reader.curves("loss")).curves).toHaveLength(3);
    expect(host.asked).toEqual([{ revision: 1, key: "loss", maxPoints: 1000 }]);
  });

  it("reads only the curves of runs that logged new points, and tells who listens", async () => {
    const host = new CurveHost();
    const reader = new CurveReader(host);
    reader.setView(aView(["a", "b", "c"]));
    await reader.curves("loss");
    let told = 0;
    reader.onDidInvalidate(() => told++);
    reader.invalidate([1]);
    const { curves } = await reader.curves("loss");
    expect(told).toBe(1);
    expect(host.asked[1]?.runs).toEqual([1]);
    expect(curves.map(({ run, values }) => [run, values[0]])).toEqual([
      [0, 1],
      [1, 2],
      [2, 1],
    ]);
  });

  it("keeps curves by run when runs move, go and come", async () => {
    const host = new CurveHost();
    const reader = new CurveReader(host);
    reader.setView(aView(["a", "b", "c"]));
    await reader.curves("loss");
    reader.setView(aView(["c", "d", "a"], { revision: 2 }));
    const { curves } = await reader.curves("loss");
    expect(host.asked[1]).toEqual({ revision: 2, key: "loss", maxPoints: 1000, runs: [1] });
    expect(curves.map(({ run, values }) => [run, values[0]])).toEqual([
      [0, 1],
      [1, 2],
      [2, 1],
    ]);
  });

  it("remembers that a run lacks the metric, but not where its store failed", async () => {
    const host = new CurveHost();
    host.answer = () => ({ curves: [aCurve(0, [1])], problems: ["Store: gone."] });
    const reader = new CurveReader(host);
    reader.setView(aView(["a", "b"]));
    expect((await reader.curves("loss")).problems).toEqual(["Store: gone."]);
    host.answer = () => ({ curves: [], problems: [] });
    await reader.curves("loss");
    await reader.curves("loss");
    expect(host.asked.map(({ runs }) => runs)).toEqual([undefined, [1]]);
  });

  it("asks again about the view that came while the host refused the old one", async () => {
    const host = new CurveHost();
    const reader = new CurveReader(host);
    reader.setView(aView(["a"]));
    const answer = host.answer;
    host.answer = () => {
      host.answer = answer;
      host.runs = 1;
      reader.setView(aView(["a"], { revision: 2 }));
      throw new Error("The comparison has changed.");
    };
    expect((await reader.curves("loss")).curves).toHaveLength(1);
    expect(host.asked.map(({ revision }) => revision)).toEqual([1, 2]);
  });

  it("passes a failure on and tries again at the next look", async () => {
    const host = new CurveHost();
    const answer = host.answer;
    const reader = new CurveReader(host);
    reader.setView(aView(["a"]));
    host.answer = () => {
      throw new Error("No answer.");
    };
    await expect(reader.curves("loss")).rejects.toThrow("No answer.");
    host.answer = answer;
    expect((await reader.curves("loss")).curves).not.toHaveLength(0);
  });

  it("asks for fewer points a run where there are many runs, in levels", async () => {
    const host = new CurveHost();
    host.answer = () => ({ curves: [], problems: [] });
    const reader = new CurveReader(host);
    for (const count of [40, 41, 60, 500]) {
      reader.setView(aView(Array.from({ length: count }, (_, index) => `r${index}`)));
      await reader.curves("loss");
    }
    expect(host.asked.map(({ maxPoints }) => maxPoints)).toEqual([1000, 600, 600, 80]);
  });
});
