import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { localDriftService } from "../../../src/adapters/drift/localDriftService";
import { createTableReader } from "../../../src/adapters/tabular/createTableReader";
import { AppError, isAppError } from "../../../src/core/base/appError";
import { defaultDriftSettings } from "../../../src/core/drift/driftSettings";
import { DRIFT_METHODS } from "../../../src/core/drift/methods";
import { sourceReading } from "../../../src/editor/drift/driftChoices";
import { DriftSession, type DriftSessionParts } from "../../../src/editor/drift/driftSession";
import { nothingYet, type DriftSubject } from "../../../src/editor/drift/driftSubject";
import { parseDriftTarget, toDriftTarget } from "../../../src/editor/drift/driftTarget";
import type { DriftView } from "../../../src/protocol/drift";

const folder = mkdtempSync(join(tmpdir(), "mlops-drift-session-"));
const reference = join(folder, "reference.csv");
const current = join(folder, "current.csv");
const signal = new AbortController().signal;
const errors: unknown[] = [];

/** Four weeks of rows; `age` moves by `shift`, `colour` never does. */
function table(shift: number): string {
  const rows = Array.from({ length: 1200 }, (_, index) => {
    const day = new Date(Date.UTC(2026, 9, 5 + (index % 28))).toISOString().slice(0, 10);
    return `${day},${String(((index * 37) % 50) + shift)},${["red", "green"][index % 2] ?? ""}`;
  });
  return `ts,age,colour\n${rows.join("\n")}\n`;
}

beforeAll(() => {
  writeFileSync(reference, table(0));
  writeFileSync(current, table(30));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Watch {
  readonly paths: readonly string[];
  readonly change: (path: string) => void;
}

function open(
  more: Partial<DriftSubject> = {},
  parts: Partial<DriftSessionParts> = {},
): { readonly session: DriftSession; readonly watches: Watch[] } {
  const watches: Watch[] = [];
  const id = { kind: "files", reference, current } as const;
  const session = new DriftSession(toDriftTarget(id), {
    service: () => Promise.resolve(localDriftService(createTableReader())),
    methods: new Map(DRIFT_METHODS.map((method) => [method.id, method])),
    resolve: () =>
      Promise.resolve({
        ...nothingYet(id, (path) => basename(path)),
        reference: { paths: [reference], kinds: { ts: "time" } },
        current: { paths: [current], kinds: { ts: "time" } },
        labels: { reference: "reference.csv", current: "current.csv" },
        settingsOf: (mode, time) => ({ ...defaultDriftSettings(mode), ignore: time === null ? [] : [time] }),
        windowMinRows: 100,
        ...more,
      }),
    toPath: (path) => basename(path),
    watch: (paths, change) => {
      watches.push({ paths, change });
      return { dispose: () => undefined };
    },
    logError: (error) => errors.push(error),
    ...parts,
  });
  return { session, watches };
}

/** The first view that fits, from now on. */
function until(session: DriftSession, fits: (view: DriftView) => boolean): Promise<DriftView> {
  return new Promise((resolve) => {
    const watching = session.onDidChangeView((view) => {
      if (fits(view)) {
        watching.dispose();
        resolve(view);
      }
    });
  });
}

const isDone = (view: DriftView): boolean => view.progress === null;

async function loaded(
  more: Partial<DriftSubject> = {},
  parts: Partial<DriftSessionParts> = {},
): Promise<ReturnType<typeof open> & { readonly view: DriftView }> {
  const opened = open(more, parts);
  const done = until(opened.session, isDone);
  opened.session.load();
  return { ...opened, view: await done };
}

describe("a session of drift", () => {
  it("shows what moved, and of which files", async () => {
    const { session, view } = await loaded();
    expect(view.problem).toBeNull();
    expect(view.columns.map(({ name, state }) => [name, state])).toEqual([
      ["age", "fail"],
      ["colour", "ok"],
    ]);
    expect(view.dataset?.drifted).toBe(1);
    expect(view.reference?.files[0]?.path).toBe("reference.csv");
    expect(view.reference?.files[0]?.sha256).toMatch(/^[0-9a-f]{12}$/);
    expect(view.timeColumns).toEqual(["ts"]);
    expect(view.segmentColumns).toEqual(["colour"]);
    expect(session.fileOf("reference.csv")).toBe(reference);
    expect(() => session.fileOf("/etc/passwd")).toThrow(AppError);
    session.dispose();
  });

  it("says from the beginning what it is at, and raises no number that is none", async () => {
    const { session } = open();
    const texts: string[] = [];
    session.onDidChangeView((view) => {
      texts.push(view.progress?.text ?? "done");
      expect(JSON.stringify(view)).not.toMatch(/NaN|Infinity/);
    });
    const done = until(session, isDone);
    session.load();
    await done;
    expect(texts[0]).toBe("Looking for the data");
    expect(texts.at(-1)).toBe("done");
    session.dispose();
  });

  it("tells what it is at without the whole view, which is large, while nothing else has changed", async () => {
    const real = localDriftService(createTableReader());
    const told: unknown[] = [];
    let heard = (): void => undefined;
    const isHeard = new Promise<void>((resolve) => (heard = resolve));
    const { session } = open(
      {},
      {
        service: () =>
          Promise.resolve({
            ...real,
            open: async (request, events, cancel) => {
              events.onProgress?.({ text: "Half way", done: 1, total: 2 });
              await isHeard;
              return real.open(request, {}, cancel);
            },
          }),
      },
    );
    let views = 0;
    session.onDidChangeProgress((one) => {
      told.push(one, views, session.view.progress);
      heard();
    });
    session.onDidChangeView(() => views++);
    const done = until(session, isDone);
    session.load();
    await done;
    const progress = { text: "Half way", done: 1, total: 2 };
    expect(told.slice(0, 3)).toEqual([{ revision: 1, progress }, 1, progress]);
    session.dispose();
  });

  it("tells everything about a column, as other tools see it, and by segment", async () => {
    const { session, view } = await loaded();
    const detail = await session.detail(view.revision, "age", signal);
    expect(detail.psi?.total).toBeGreaterThan(0.25);
    expect(detail.methods.length).toBeGreaterThan(3);
    expect(detail.sides.map(({ label }) => label)).toEqual(["reference.csv", "current.csv"]);
    const tools = await session.tools(view.revision, "age", signal);
    expect(tools.map(({ tool }) => tool)).toContain("Evidently");
    const segments = await session.segments(view.revision, "colour", signal);
    expect(segments.map(({ value }) => value).sort()).toEqual(["green", "red"]);
    await expect(session.detail(view.revision, "gone", signal)).rejects.toThrow("changed in the meantime");
    session.dispose();
  });

  it("reads the files anew as somebody says, leaves out what they leave out, and keeps it with what it shows", async () => {
    const asked: unknown[] = [];
    const paths = { reference: join(folder, "odd-reference.csv"), current: join(folder, "odd-current.csv") };
    writeFileSync(paths.reference, table(0).replaceAll(",", "#").replaceAll("red", "?"));
    writeFileSync(paths.current, table(30).replaceAll(",", "#").replaceAll("red", "?"));
    const { session, view } = await loaded(
      {},
      {
        resolve: (id, reading) => {
          asked.push(reading);
          const side = (name: "reference" | "current") => ({
            paths: [paths[name]],
            ...(reading === null ? {} : sourceReading(reading[name])),
          });
          return Promise.resolve({
            ...nothingYet(id, (path) => basename(path)),
            ...{ reference: side("reference"), current: side("current") },
            settingsOf: (mode) => defaultDriftSettings(mode),
          });
        },
      },
    );
    expect(view.columns.map(({ name }) => name)).not.toContain("age");
    expect(view.options.reading.current).toEqual({ separator: null, encoding: null, missing: [] });
    const done = until(session, (next) => isDone(next) && next.columns.length > 0);
    const side = { separator: "#", encoding: "windows-1252", missing: ["?"] };
    const chosen = { ...view.options, reading: { reference: side, current: side }, ignore: ["ts"] };
    session.setOptions(view.revision, chosen);
    const next = await done;
    expect(asked).toEqual([null, { reference: side, current: side }]);
    expect(next.columns.map(({ name, state }) => [name, state])).toEqual([
      ["age", "fail"],
      ["colour", "ok"],
    ]);
    expect(next.columns[1]?.missing).toEqual({ reference: 0.5, current: 0.5 });
    const kept = parseDriftTarget(JSON.parse(JSON.stringify(session.target)));
    expect(kept?.choices).toMatchObject({ reading: { reference: side, current: side }, ignore: ["ts"] });
    // Judging another column reads nothing again.
    const again = until(session, (later) => isDone(later) && later.options.ignore.length === 0);
    session.setOptions(next.revision, { ...next.options, ignore: [] });
    expect((await again).columns.map(({ name }) => name)).toContain("ts");
    expect(asked).toHaveLength(2);
    session.dispose();
  });

  it("takes what the product's file leaves out in again, and cuts by rows", async () => {
    const { session, view } = await loaded({
      ignore: ["colour"],
      window: 300,
      timeColumn: "ts",
      settingsOf: (mode, time) => ({ ...defaultDriftSettings(mode), ignore: [...(time === null ? [] : [time]), "colour"] }),
    });
    expect(view.columns.map(({ name }) => name)).toEqual(["age"]);
    expect(view.windows.reduce((sum, { rows }) => sum + rows, 0)).toBe(1200);
    expect(view.windows.length).toBeGreaterThan(2);
    const done = until(session, (next) => isDone(next) && next.options.ignore.length === 0);
    session.setOptions(view.revision, { ...view.options, ignore: [] });
    expect((await done).columns.map(({ name }) => name)).toEqual(["age", "colour"]);
    session.dispose();
  });

  it("judges anew when somebody chooses, and refuses answers about what was shown before", async () => {
    const { session, view } = await loaded();
    const done = until(session, (next) => isDone(next) && next.options.method === "ks");
    session.setOptions(view.revision, { ...view.options, method: "ks" });
    const next = await done;
    expect(next.columns[0]?.result?.method).toBe("ks");
    expect(next.method).toContain("chosen here");
    await expect(session.detail(view.revision, "age", signal)).rejects.toThrow("changed in the meantime");
    expect(() => session.setOptions(view.revision, view.options)).toThrow("changed in the meantime");
    expect(parseDriftTarget(JSON.parse(JSON.stringify(session.target)))).toEqual(session.target);
    session.dispose();
  });

  it("takes no method that there is none of", async () => {
    const { session, view } = await loaded();
    const done = until(session, isDone);
    session.setOptions(view.revision, { ...view.options, method: "__proto__" });
    expect((await done).options.method).toBeNull();
    session.dispose();
  });

  it("cuts by time, shows one window, and goes back to all rows", async () => {
    const { session, view } = await loaded();
    const cut = until(session, (next) => isDone(next) && next.windows.length > 0);
    session.setOptions(view.revision, { ...view.options, window: "week", timeColumn: "ts" });
    const weeks = await cut;
    expect(weeks.windows).toHaveLength(4);
    expect(weeks.columns[0]?.trend).toHaveLength(4);
    const one = until(session, (next) => isDone(next) && next.options.shownWindow === 1);
    session.setOptions(weeks.revision, { ...weeks.options, shownWindow: 1 });
    const shown = await one;
    expect(shown.current?.window).toBe("2026-10-12 to 2026-10-18");
    expect(shown.current?.rows).toBeLessThan(400);
    expect(shown.windows).toHaveLength(4);
    const all = until(session, (next) => isDone(next) && next.options.shownWindow === null);
    session.setOptions(shown.revision, { ...shown.options, shownWindow: null });
    expect((await all).current?.rows).toBe(1200);
    session.dispose();
  });

  it("shows one segment, on both sides", async () => {
    const { session, view } = await loaded();
    const done = until(session, (next) => isDone(next) && next.options.segment !== null);
    session.setOptions(view.revision, { ...view.options, segment: { column: "colour", value: "red" } });
    const next = await done;
    expect([next.reference?.rows, next.current?.rows]).toEqual([600, 600]);
    session.dispose();
  });

  it("keeps what was judged when somebody stops it, and says that it is not all", async () => {
    const { session } = open();
    const first = until(session, (view) => view.progress !== null);
    session.load();
    await first;
    const stopped = until(session, isDone);
    session.cancel();
    const view = await stopped;
    expect(view.outdated).toContain("stopped");
    expect(view.problem).toBeNull();
    expect(() => session.reportAt(view.revision)).toThrow(AppError);
    const again = until(session, (next) => isDone(next) && next.dataset !== null);
    session.load();
    expect((await again).outdated).toBeNull();
    session.dispose();
  });

  it("tells of a file that changes, and reads it when it is asked to", async () => {
    const { session, watches, view } = await loaded();
    expect(watches.map(({ paths }) => paths)).toEqual([[reference, current]]);
    const told = until(session, (next) => next.outdated != null);
    watches[0]?.change(current);
    expect((await told).outdated).toBe("current.csv has changed since it was read.");
    expect(session.view.columns).toEqual(view.columns);
    const again = until(session, (next) => isDone(next) && next.dataset !== null);
    session.load();
    expect((await again).outdated).toBeNull();
    session.dispose();
  });

  it("says what is missing, and what to do", async () => {
    const { session, view } = await loaded({ current: { paths: [join(folder, "gone.csv")] } });
    expect(view.problem?.message).toContain("gone.csv");
    expect(view.columns).toEqual([]);
    await expect(session.detail(view.revision, "age", signal)).rejects.toSatisfy((error) => isAppError(error, "usage"));
    session.dispose();
  });

  it("shows what is known over time after the columns, and that alone again when it changes", async () => {
    let reads = 0;
    const history: DriftSubject["history"] = {
      kpis: () => {
        reads += 1;
        return Promise.resolve({ series: [], calibration: null });
      },
      marks: () => Promise.resolve([]),
      notes: (report) =>
        Promise.resolve([
          {
            path: ".mlops/reviews/1.yaml",
            who: "Ana",
            when: 1,
            verdict: "accepted",
            text: `n${String(reads)}`,
            outdated: report === null ? "?" : null,
          },
        ]),
    };
    const { session, view } = await loaded({ history });
    expect(view.notes.map(({ text, outdated }) => [text, outdated])).toEqual([["n1", null]]);
    const changed = until(session, (next) => next.notes[0]?.text === "n2");
    session.historyChanged();
    expect((await changed).columns).toEqual(view.columns);
    session.dispose();
  });
});

describe("a kept target", () => {
  it.each([
    null,
    "text",
    {},
    { subject: { kind: "files", reference: 1, current: "b" }, choices: {} },
    { subject: { kind: "product" }, choices: {} },
  ])("that is none is told: %j", (value) => {
    expect(parseDriftTarget(value)).toBeNull();
  });
});
