import { describe, expect, it } from "vitest";

import { ARTIFACTS_ID, shownRows, toLines, type Line, type LineOptions } from "../../../../webview-ui/compare/lines";
import { row, view } from "./comparisonRow";

const NOTES: LineOptions["notes"] = { reading: "Reading…", empty: "No files", more: (shown, all) => `${shown} of ${all}` };
const PLAIN: LineOptions = {
  onlyDifferences: false,
  query: "",
  folded: new Set(),
  opened: new Set(),
  artifacts: new Map(),
  notes: NOTES,
};

function outline(lines: readonly Line[]): readonly string[] {
  return lines.map((line) => {
    switch (line.kind) {
      case "section":
        return `# ${line.section} ${line.count}`;
      case "prefix":
        return `${" ".repeat(line.depth)}${line.label} (${line.count})`;
      case "row":
        return `${" ".repeat(line.depth)}${line.label}`;
      case "artifacts":
        return "# artifacts";
      case "artifact":
        return `${" ".repeat(line.depth)}${line.entry.path}`;
      default:
        return `${" ".repeat(line.depth)}(${line.text})`;
    }
  });
}

function lines(of: ReturnType<typeof view>, options: Partial<LineOptions> = {}): readonly string[] {
  const all = { ...PLAIN, ...options };
  return outline(toLines(of, shownRows(of, all), all));
}

const NESTED = view([
  row("auc", [0.9, 0.9], { section: "metrics", kind: "number", differs: false }),
  row("optimizer.lr", ["0.1", "0.2"]),
  row("optimizer.momentum", ["0.9", "0.9"]),
  row("data/source/path", ["a", "b"]),
  row("data/source/kind", ["a", null]),
  row("single.key", ["x", "y"]),
  row("f1@0.5", ["x", "y"]),
]);

describe("shownRows", () => {
  it("leaves out what is equal, and nothing that one run lacks", () => {
    const rows = view([row("same", ["1", "1"]), row("other", ["1", "2"]), row("lacking", ["1", null]), row("empty", ["", null])]);
    expect(shownRows(rows, { onlyDifferences: true, query: "" })).toEqual([1, 2, 3]);
  });

  it("finds keys and values, whatever their letters", () => {
    expect(shownRows(NESTED, { onlyDifferences: false, query: " MOMENTUM " })).toEqual([2]);
    expect(shownRows(view([row("a", ["needle", "x"]), row("b", ["y", "z"])]), { onlyDifferences: false, query: "NEED" })).toEqual([0]);
  });
});

describe("toLines", () => {
  it("folds keys that share a beginning, and no others", () => {
    expect(lines(NESTED)).toEqual([
      "# metrics 1",
      " auc",
      "# params 6",
      " f1@0.5",
      " optimizer. (2)",
      "  lr",
      "  momentum",
      " data/source/ (2)",
      "  path",
      "  kind",
      " single.key",
      "# artifacts",
    ]);
  });

  it("hides what is folded, but shows what a search found", () => {
    const folded = new Set(["metrics:", "params:optimizer."]);
    expect(lines(NESTED, { folded }).slice(0, 4)).toEqual(["# metrics 1", "# params 6", " f1@0.5", " optimizer. (2)"]);
    expect(lines(NESTED, { folded, query: "lr" })).toEqual(["# params 1", " optimizer.lr"]);
  });

  it("shows folders of artifacts as far as they are read, and says what failed", () => {
    const entry = (path: string, isDirectory: boolean): object => ({ path, isDirectory, sizes: [1, 1], runs: [0, 1] });
    const artifacts = new Map([
      ["", { kind: "ready", entries: [entry("model", true), entry("report.json", false)], problems: ["A server is gone."] }],
      ["model", { kind: "reading" }],
    ]) as LineOptions["artifacts"];
    const one = view([row("a", ["1", "2"])]);
    expect(lines(one, { artifacts, opened: new Set([ARTIFACTS_ID, `${ARTIFACTS_ID}model`]) }).slice(2)).toEqual([
      "# artifacts",
      " model",
      "  (Reading…)",
      " report.json",
      " (A server is gone.)",
    ]);
    expect(
      lines(one, { artifacts: new Map([["", { kind: "ready", entries: [], problems: [] }]]), opened: new Set([ARTIFACTS_ID]) }).at(-1),
    ).toBe(" (No files)");
  });

  it("keeps strange keys whole and apart", () => {
    const strange = ["__proto__", "constructor", "a..b", "/", ".", "<b>", "a/", "a/b"];
    const shown = lines(view(strange.map((key) => row(key, ["1", "2"]))));
    expect(shown[0]).toBe(`# params ${strange.length}`);
    expect(new Set(shown.map((line) => line.trim())).has("__proto__")).toBe(true);
    const texts = toLines(view(strange.map((key) => row(key, ["1", "2"]))), [...strange.keys()], PLAIN);
    expect(texts.flatMap((line) => (line.kind === "row" ? [line.row.key] : [])).toSorted()).toEqual(strange.toSorted());
  });
});
