import { mkdtempSync, readFileSync, rmSync, truncateSync, copyFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numbersFrom } from "../../builders/driftTables";
import { type CliResult, type CliSetting, mlops } from "../../builders/memoryHost";

const FIXTURES = join(import.meta.dirname, "../../fixtures/drift");
let folder: string;

const drift = (args: readonly string[], setting: CliSetting = {}): Promise<CliResult> =>
  mlops(["drift", ...args], { cwd: folder, ...setting });
const pair = (reference: string, current: string, ...more: readonly string[]): readonly string[] => [
  "--reference",
  reference,
  "--current",
  current,
  ...more,
];

interface Report {
  readonly rows: { readonly reference: number; readonly current: number };
  readonly columns: Readonly<
    Record<
      string,
      {
        readonly type: string;
        readonly status: string;
        readonly method: string;
        readonly score: number | null;
        readonly threshold: number;
        readonly drifted: boolean | null;
        readonly reason?: string;
        readonly limits_from: string;
      }
    >
  >;
  readonly dataset: { readonly drifted: boolean | null; readonly threshold: number };
  readonly current: { readonly sample: { readonly seed: number } | null; readonly total_rows: number; readonly matching_rows: number };
}

async function json(args: readonly string[]): Promise<Report & { readonly code: number }> {
  const { stdout, stderr, code } = await drift([...args, "--json", "--quiet"]);
  expect(stderr).toBe("");
  return { ...(JSON.parse(stdout) as Report), code };
}

/** Rows of a number, a day and a group. */
function csv(seed: number, shift: number, rows = 600, separator = ","): string {
  const lines = numbersFrom(seed, rows).map((value, row) => {
    const day = `2026-11-${String((row % 30) + 1).padStart(2, "0")}`;
    return [value + (row % 2 === 0 ? shift : 0), day, row % 2 === 0 ? "even" : "odd"].join(separator);
  });
  return `${["x", "seen_at", "half"].join(separator)}\n${lines.join("\n")}\n`;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "drift-command-"));
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  write("a.csv", csv(1, 0));
  write("b.csv", csv(2, 0));
  write("moved.csv", csv(3, 5));
  write("part-1.csv", csv(4, 0, 300));
  write("part-2.csv", csv(5, 0, 300));
  write("semicolon.csv", csv(2, 0, 600, ";"));
  write("text.csv", csv(2, 0).replace(/^(?!x)[^,]+/gm, "word"));
  write("head.csv", "x,seen_at,half\n");
  write("one.csv", "x,seen_at,half\n0.5,2026-11-01,even\n");
  write("void.csv", "x,seen_at,half\n".concat(",2026-11-01,even\n".repeat(300)));
  write("empty.csv", "");
  write("other.csv", "y\n".concat("1.5\n".repeat(300)));
  write("notes.docx", "hello");
  write(
    "mlops.yaml",
    "name: m\nmonitoring:\n  drift: {method: auto, psi_warn: 3, psi_fail: 9, dataset_share: 0.9, columns: {half: {psi_fail: 0.01, psi_warn: 0.005}}}\n  missing: {fail_increase: 0.2}\n  window: {min_rows: 50}\n",
  );
  write("none.yaml", "name: m\n");
  copyFileSync(join(FIXTURES, "edge_small/current.parquet"), join(folder, "cut.parquet"));
  truncateSync(join(folder, "cut.parquet"), 5000);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("wrong use and files that cannot be read", () => {
  it.each([
    [["--current", "a.csv"], "mlops drift needs --reference FILE."],
    [["--reference", "a.csv"], "mlops drift needs --current FILE."],
    [pair("a.csv", "nowhere.csv"), "nowhere.csv cannot be read: there is no such file."],
    [pair("a.csv", "none-*.csv"), "none-*.csv"],
    [pair("a.csv", "."), "it is a folder"],
    [pair("a.csv", "notes.docx"), "notes.docx cannot be read: its ending tells no format."],
    [pair("a.csv", "cut.parquet"), "cut.parquet"],
    [pair("a.csv", "empty.csv"), "empty.csv"],
    [pair("a.csv", "b.csv", "--mode", "evidentli"), 'There is no mode "evidentli". Did you mean evidently?'],
    [pair("a.csv", "b.csv", "--method", "kss"), 'There is no method "kss". Did you mean ks?'],
    [pair("a.csv", "b.csv", "--format", "jsn"), 'There is no format "jsn". Did you mean json?'],
    [pair("a.csv", "b.csv", "--json", "--format", "csv"), "--json and --format csv exclude each other."],
    [pair("a.csv", "b.csv", "--column", "z"), "There is no column z on either side. Did you mean x?"],
    [pair("a.csv", "b.csv", "--type", "x"), "--type takes COLUMN=TYPE."],
    [pair("a.csv", "b.csv", "--type", "x=number"), 'There is no type "number".'],
    [pair("a.csv", "b.csv", "--where", "half"), "--where takes COLUMN=VALUE."],
    [pair("a.csv", "b.csv", "--where", "hlf=odd"), "hlf"],
    [pair("a.csv", "b.csv", "--from", "2026-11-01"), "--from and --to need --time-column COLUMN."],
    [pair("a.csv", "b.csv", "--time-column", "seen_at", "--from", "2026-02-31"), "--from takes a day or a time."],
    [pair("a.csv", "b.csv", "--time-column", "seen_at", "--from", "2026-11-03", "--to", "2026-11-03"), "--from must be before --to."],
    [pair("a.csv", "b.csv", "--separator", "ab"), "--separator takes one character."],
    [pair("a.csv", "b.csv", "--sample", "0"), "--sample takes a whole number from 1 on."],
    [pair("a.csv", "b.csv", "--dataset-share", "2"), "--dataset-share takes a number from 0 to 1."],
    [pair("a.csv", "b.csv", "--config", "gone.yaml"), "The file gone.yaml cannot be read"],
    [pair("a.csv", "b.csv", "--config", "none.yaml"), "none.yaml has no monitoring block"],
    [pair("a.csv", "b.csv", "--chunks", "fortnight"), 'There is no length of chunks "fortnight".'],
    [pair("a.csv", "b.csv", "--chunks", "0"), "--chunks takes a whole number from 1 on."],
    [pair("a.csv", "b.csv", "--chunks", "week"), "--chunks week needs --time-column COLUMN."],
    [pair("a.csv", "b.csv", "--chunks", "week", "--time-column", "half"), "The column half holds no times that can be read."],
    [pair("a.csv", "b.csv", "--chunks", "300", "--format", "csv"), "--chunks is written as text or JSON, not as csv."],
    [pair("a.csv", "b.csv", "--chunks", "300", "--chunk-method", "psi"), 'There is no chunk-method "psi".'],
    [pair("a.csv", "b.csv", "--chunk-method", "chi2"), "--chunk-method needs --chunks LENGTH."],
    [pair("a.csv", "b.csv", "--methd", "ks"), "There is no option --methd. Did you mean --method?"],
  ])("%j ends with 2, one sentence and no output", async (args, sentence) => {
    const { code, stdout, stderr } = await drift(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(sentence);
    expect(stderr).toMatch(/^mlops: [^\n]+\n$/);
    expect(stderr).not.toContain("defect");
  });
});

describe("the exit code", () => {
  it.each([
    ["b.csv", 0],
    ["moved.csv", 1],
    ["head.csv", 3],
    ["one.csv", 3],
    ["void.csv", 1],
    ["other.csv", 3],
  ])("%s against a.csv ends with %i", async (current, code) => {
    expect((await drift(pair("a.csv", current, "--quiet"))).code).toBe(code);
  });

  it("is that of enough columns drifted", async () => {
    expect((await drift(pair("a.csv", "moved.csv", "--quiet", "--dataset-share", "0.6"))).code).toBe(0);
    expect((await drift(pair("a.csv", "moved.csv", "--quiet", "--column", "x"))).code).toBe(1);
  });

  it("is 130 when it is interrupted", async () => {
    expect(await drift(pair("a.csv", "b.csv"), { signal: AbortSignal.abort() })).toMatchObject({ code: 130, stdout: "" });
  });
});

describe("what is compared", () => {
  it("is one table of all files of a side", async () => {
    const { rows } = await json(pair("part-1.csv", "part-*.csv", "--reference", "part-2.csv"));
    expect(rows).toEqual({ reference: 600, current: 600 });
  });

  it("has the separator that is found, or said", async () => {
    expect((await json(pair("a.csv", "semicolon.csv"))).columns["x"]?.status).toBe("ok");
    expect(Object.keys((await json(pair("semicolon.csv", "semicolon.csv", "--separator", ";"))).columns)).toContain("half");
  });

  it("is rows with a value on both sides", async () => {
    const [odd, even] = [
      await json(pair("a.csv", "moved.csv", "--where", "half=odd")),
      await json(pair("a.csv", "moved.csv", "--where", "half=even")),
    ];
    expect(odd.rows).toEqual({ reference: 300, current: 300 });
    expect([odd.columns["x"]?.drifted, even.columns["x"]?.drifted]).toEqual([false, true]);
  });

  it("is current rows of a time", async () => {
    const { rows, current } = await json(pair("a.csv", "b.csv", "--time-column", "seen_at", "--from", "2026-11-01", "--to", "2026-11-11"));
    expect(rows).toEqual({ reference: 600, current: 200 });
    expect([current.total_rows, current.matching_rows]).toEqual([600, 200]);
  });

  it("is a sample where one is wanted, the same for the same seed", async () => {
    const args = pair("a.csv", "b.csv", "--sample", "250", "--column", "x");
    const [one, two, three] = [
      await json([...args, "--seed", "7"]),
      await json([...args, "--seed", "7"]),
      await json([...args, "--seed", "8"]),
    ];
    expect([one.rows, one.current.sample]).toEqual([{ reference: 250, current: 250 }, { seed: 7 }]);
    expect(one.columns["x"]?.score).toBe(two.columns["x"]?.score);
    expect(one.columns["x"]?.score).not.toBe(three.columns["x"]?.score);
  });

  it("tells of a type that changed", async () => {
    expect((await json(pair("a.csv", "text.csv"))).columns["x"]).toMatchObject({
      status: "unjudged",
      drifted: null,
      score: null,
      reason: "Its type changed: numbers in the reference, texts in the current data.",
    });
  });
});

describe("how it is judged", () => {
  it("is by the method and the limit that are named", async () => {
    const { columns } = await json(pair("a.csv", "b.csv", "--method", "KS", "--threshold", "0.9999", "--column", "x"));
    expect(columns["x"]).toMatchObject({ method: "ks", threshold: 0.9999, drifted: true, limits_from: "user" });
  });

  it("is by the limits of an mlops.yaml", async () => {
    const { columns, dataset } = await json(pair("a.csv", "moved.csv", "--config", "mlops.yaml"));
    expect(dataset.threshold).toBe(0.9);
    expect(columns["x"]).toMatchObject({ threshold: 3, limits_from: "config" });
    expect(columns["half"]).toMatchObject({ threshold: 0.005, limits_from: "config" });
  });

  it("fails a column whose values went missing, as the file says", async () => {
    expect((await json(pair("a.csv", "void.csv", "--config", "mlops.yaml"))).columns["x"]?.status).toBe("fail");
  });

  it("takes the types that are said", async () => {
    expect((await json(pair("a.csv", "b.csv", "--type", "seen_at=text"))).columns["seen_at"]).toMatchObject({
      type: "text",
      status: "unjudged",
    });
  });
});

describe("the formats", () => {
  const args = pair("a.csv", "moved.csv");

  it("write a table, sentences and the verdict as text", async () => {
    const { stdout, stderr } = await drift(args);
    expect(stdout).toMatch(/^COLUMN +TYPE +VERDICT +METHOD +SCORE +LIMIT +MISSING\nx +num +drift +Population stability index/);
    expect(stdout).toMatch(/`x` (moved up|became wider): PSI /);
    expect(stdout).toMatch(/The data drifted: 1 of 2 columns drifted/);
    expect(stderr).toContain("a.csv: 600 rows");
  });

  it("write a line for each column as CSV", async () => {
    const { stdout } = await drift([...args, "--format", "csv"]);
    const lines = stdout.trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^column,type,role,status,method,score/);
    expect(lines.slice(1).map((line) => line.split(",")[0])).toEqual(["x", "seen_at", "half"]);
  });

  it("write a table for a pull request as Markdown", async () => {
    const { stdout } = await drift([...args, "--format", "markdown"]);
    expect(stdout).toMatch(/^\*\*The data drifted/);
    expect(stdout).toContain("| x | drift | Population stability index |");
  });

  it("write a page without scripts and without rows as HTML", async () => {
    const { stdout } = await drift([...args, "--format", "html"]);
    expect(stdout).toMatch(/^<!doctype html>/);
    expect(stdout).toContain("default-src 'none'");
    expect(stdout).not.toMatch(/<script|https?:/);
  });

  it("write JUnit with a failure for the column that failed", async () => {
    const { stdout } = await drift([...args, "--format", "junit"]);
    expect(stdout).toContain('<testcase name="x" classname="mlops drift"><failure type="drift"');
    expect(stdout).toMatch(/<testsuite name="mlops drift" tests="4" failures="2" errors="0" skipped="1"/);
  });

  it("show progress in a terminal only, on standard error", async () => {
    expect((await drift(args, { columns: 100 })).stderr).toContain("\r\u001b[K");
    expect((await drift(args)).stderr).not.toContain("\r");
  });
});

describe("how tables are read", () => {
  const odd = (shift: number): Buffer => Buffer.from(csv(3, shift, 600, "#").replaceAll("even", "süd").replace("half", "größe"), "latin1");

  it("can stand in the product's file, and an option counts in its place", async () => {
    writeFileSync(join(folder, "odd-a.csv"), odd(0));
    writeFileSync(join(folder, "odd-b.csv"), odd(40));
    const config = join(folder, "reading.yaml");
    const write = (read: string): void =>
      writeFileSync(config, `version: 1\nname: x\nmonitoring: {read: ${read}, drift: {mode: evidently}}\n`);
    write("{separator: '#', encoding: windows-1252, ignore: seen_at, types: {x: cat}}");
    const read = await json(pair("odd-a.csv", "odd-b.csv", "--config", "reading.yaml"));
    expect(Object.entries(read.columns).map(([name, { type }]) => [name, type])).toEqual([
      ["x", "cat"],
      ["größe", "cat"],
    ]);
    expect((read as unknown as { readonly mode: string }).mode).toBe("evidently");
    write("{separator: ';'}");
    const options = ["--separator", "#", "--encoding", "latin1", "--ignore", "seen_at", "--type", "x=num", "--mode", "default"];
    const asked = await json(pair("odd-a.csv", "odd-b.csv", "--config", "reading.yaml", ...options));
    expect(Object.keys(asked.columns)).toEqual(["x", "größe"]);
    expect((asked as unknown as { readonly mode: string }).mode).toBe("own");
  });
});

interface Series {
  readonly method: string;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly reference: readonly { readonly value: number | null; readonly alert: boolean | null }[];
  readonly current: readonly { readonly label: string; readonly value: number | null; readonly alert: boolean | null }[];
}

interface Answer {
  readonly reference: readonly number[];
  readonly analysis: readonly number[];
  readonly lower?: number;
  readonly upper: number | null;
  readonly alert: readonly boolean[];
}

describe("over parts of the rows", () => {
  const answers = JSON.parse(readFileSync(join(FIXTURES, "fair_large/expected_nannyml.json"), "utf8")) as {
    readonly univariate: Readonly<Record<string, Readonly<Record<string, Answer>>>>;
    readonly pca_reconstruction_error: Answer;
  };
  const names = Object.keys(answers.univariate);
  const sides = pair(join(FIXTURES, "fair_large/reference.csv"), join(FIXTURES, "fair_large/current.parquet"));
  const columns = names.flatMap((name) => ["--column", name]);

  function expectAnswer(series: Series, answer: Answer): void {
    for (const [found, expected] of [
      [series.reference, answer.reference],
      [series.current, answer.analysis],
    ] as const) {
      expect(found.map(({ value }) => value)).toEqual(expected.map((value) => expect.closeTo(value, 9) as number));
    }
    expect(series.current.map(({ alert }) => alert)).toEqual(answer.alert);
    expect(series.upper).toEqual(answer.upper === null ? expect.anything() : expect.closeTo(answer.upper, 9));
  }

  it.each(["jensen_shannon", "hellinger", "wasserstein"])(
    "gives NannyML's figures of columns by %s, and of all together",
    async (method) => {
      const report = (await json([...sides, ...columns, "--chunks", "300", "--chunk-method", method])) as unknown as {
        readonly chunks: { readonly columns: Readonly<Record<string, Series>>; readonly together: Series };
      };
      const compared = names.filter((name) => answers.univariate[name]?.[method] !== undefined);
      expect(compared.length).toBeGreaterThan(3);
      for (const name of compared) {
        expectAnswer(report.chunks.columns[name]!, answers.univariate[name]![method]!);
      }
      const together = answers.pca_reconstruction_error;
      expectAnswer(report.chunks.together, together);
      expect(report.chunks.together.lower).toBeCloseTo(together.lower ?? NaN, 9);
    },
  );

  it("tells in words what left its limits, and nothing without being asked", async () => {
    const { stdout, code } = await drift(pair("a.csv", "moved.csv", "--chunks", "day", "--time-column", "seen_at", "--min-rows", "10"));
    expect(code).toBe(1);
    expect(stdout).toContain("Reference: Cut by day in the order of seen_at.");
    expect(stdout).toMatch(/^x \(Jensen–Shannon distance \(base 2\)\): above [\d.]+ in \d+ of 30 parts: 2026-11-\d\d/m);
    expect(stdout).toContain("Inputs together (reconstruction error, 2 columns): ");
    expect((await drift(pair("a.csv", "moved.csv"))).stdout).not.toContain("together");
    expect(JSON.parse((await drift(pair("a.csv", "b.csv", "--json"))).stdout)).not.toHaveProperty("chunks");
  });
});
