import Papa from "papaparse";
import { describe, expect, it } from "vitest";
import { type ArrangedComparison, arrangeComparison } from "../../../src/core/compare/arrangeComparison";
import { cellTexts, headingsOf } from "../../../src/core/compare/cellTexts";
import { compareRuns } from "../../../src/core/compare/compareRuns";
import { escapeMarkdown } from "../../../src/core/base/escapeText";
import { toCsv } from "../../../src/core/compare/toCsv";
import { toHtml } from "../../../src/core/compare/toHtml";
import { toJson } from "../../../src/core/compare/toJson";
import { toMarkdown } from "../../../src/core/compare/toMarkdown";
import type { CompareOptions } from "../../../src/protocol/compare";
import { comparedRuns, type RunFacts } from "../../builders/comparedRuns";

const HOSTILE = [
  "a|b",
  "`code`",
  "<script>alert(1)</script>",
  "line\nbreak",
  "line\r\nbreak",
  "@octocat",
  "me@example.org",
  "fixes #12",
  "octo/repo#12",
  "GH-12",
  "https://evil.example/x",
  "www.evil.example",
  "![x](https://evil.example/x.png)",
  "[x](javascript:alert(1))",
  "**bold** _it_ ~~no~~",
  "$x^2$",
  "&lt;",
  "\\|",
  "</code></td><img src=x onerror=alert(1)>",
  '"quoted"',
  "=HYPERLINK(1)",
  "+1+cmd",
  "-2+3",
  "@SUM(1)",
  "\t=1",
  " padded ",
  "padded",
  "two  spaces",
  "two spaces",
  "",
  "–",
  "\u202eevil",
  "\u0000",
  "__proto__",
  "🚀",
];

function arrange(facts: readonly RunFacts[], options: Partial<CompareOptions> = {}): ArrangedComparison {
  return arrangeComparison(
    compareRuns(comparedRuns(...facts), 0),
    { baseline: null, groupBy: null, directions: [], ...options },
    new Map(),
  );
}

function shown({ rows }: ArrangedComparison, ...labels: readonly string[]): number[] {
  return [...rows.keys()].filter((index) => labels.length === 0 || labels.includes(rows[index]?.row.label ?? ""));
}

const hostile = arrange(HOSTILE.map((text) => ({ name: text, params: { p: text, [text]: "v" } })));
const small = arrange(
  [
    { name: "old", params: { lr: "0.1" }, metrics: { acc: 0.8, loss: 0.5 } },
    { name: "new", params: { lr: "1e-2" }, metrics: { acc: 0.84, loss: NaN }, tags: { note: "x" } },
  ],
  { baseline: 0 },
);

describe("toMarkdown", () => {
  it("is a table with the best value bold and differences from the baseline", () => {
    expect(toMarkdown(small, shown(small, "acc", "loss", "lr", "note"))).toBe(
      [
        "| Section | Key | old (baseline) | new |",
        "| --- | --- | ---: | ---: |",
        "| metrics | acc | 0.8 | **0.84** +0.04 (+5 %) |",
        "| metrics | loss | 0.5 | NaN |",
        "| params | lr | 0.1 | 0.01 −0.09 (−90 %) |",
        "| tags | note | – | x |",
        "",
      ].join("\n"),
    );
  });

  it("stays one table whatever the texts are, and neither links nor calls anybody", () => {
    const text = toMarkdown(hostile, shown(hostile));
    const lines = text.trimEnd().split("\n");
    expect(lines).toHaveLength(hostile.rows.length + 2);
    for (const line of lines) {
      expect(line.match(/\|/g)).toHaveLength(HOSTILE.length + 3);
      expect(line).not.toMatch(/[@`~\\[\]$]|:\/\/|www\.|GH-\d|(?<!&)#\d/i);
      expect(line.replace(/<\/?code>|<br>/g, "")).not.toMatch(/[<>]/);
    }
  });

  it("shows different texts differently", () => {
    expect(new Set(HOSTILE.map(escapeMarkdown)).size).toBe(HOSTILE.length);
    expect(escapeMarkdown("resnet-10")).toBe("resnet-10");
    expect(escapeMarkdown("val/acc")).toBe("<code>val/acc</code>");
    expect(escapeMarkdown("a@b")).toBe("<code>a&#64;b</code>");
  });
});

describe("toCsv", () => {
  it("reads back as it was, with formulas made harmless", () => {
    const { data, errors } = Papa.parse<string[]>(toCsv(hostile, shown(hostile, "p")), { skipEmptyLines: true });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(3);
    const [, , values] = data;
    expect(values).toEqual(["params", "p", ...HOSTILE.map((text) => (/^([=@\t]|[+-]\d[+-])/.test(text) ? `'${text}` : text))]);
    expect(data.flat().filter((field) => /^[=@\t\r]/.test(field))).toEqual([]);
  });

  it("has whole numbers, times in ISO 8601 and durations in seconds", () => {
    expect(toCsv(small, shown(small, "start", "duration", "acc", "loss", "note"))).toBe(
      [
        "section,key,old,new",
        `summary,run_id,${"0".repeat(32)},${"0".repeat(31)}1`,
        "summary,start,2025-06-15T15:06:40.000Z,2025-06-15T15:06:40.000Z",
        "summary,duration (s),600,600",
        "metrics,acc,0.8,0.84",
        "metrics,loss,0.5,NaN",
        "tags,note,,x",
        "",
      ].join("\r\n"),
    );
  });

  it("gives groups a mean, a spread and a count", () => {
    const grouped = arrange(
      [1, 3, 10].map((acc, index) => ({ params: { g: index < 2 ? "a" : "b" }, metrics: { acc } })),
      { groupBy: { section: "params", key: "g" } },
    );
    expect(toCsv(grouped, shown(grouped, "acc", "g"))).toBe(
      [
        "section,key,a (2 runs),a (2 runs) sd,a (2 runs) n,b (1 run),b (1 run) sd,b (1 run) n",
        `metrics,acc,2,${Math.SQRT2},2,10,,1`,
        "params,g,a,,,b,,",
        "",
      ].join("\r\n"),
    );
    expect(toMarkdown(grouped, shown(grouped, "acc"))).toContain("| 2 ± 1.41 (n=2) | **10 (n=1)** |");
    expect(toJson(grouped, shown(grouped, "acc"))).toMatchObject({
      groups: [
        { label: "a", runs: [0, 1] },
        { label: "b", runs: [2] },
      ],
      rows: [
        {
          values: [
            { mean: 2, count: 2 },
            { mean: 10, spread: null, count: 1 },
          ],
        },
      ],
    });
  });
});

describe("toJson", () => {
  it("holds runs, rows, and differences from the baseline", () => {
    const json = toJson(small, shown(small, "acc", "loss", "note"));
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
    expect(json).toMatchObject({
      baseline: "0".repeat(32),
      runs: [{ run_name: "old" }, { run_name: "new" }],
      rows: [
        { section: "metrics", key: "acc", kind: "number", differs: true, values: [0.8, 0.84], direction: "up", best: [1] },
        { key: "loss", values: [0.5, "NaN"], direction: "down", best: [], deltas: [{ absolute: 0, relative: 0 }, null] },
        { section: "tags", key: "note", kind: "text", differs: true, values: [null, "x"] },
      ],
    });
    expect(json.rows[0]?.deltas?.[1]?.relative).toBeCloseTo(0.05, 12);
    expect(json.rows[2]).not.toHaveProperty("deltas");
  });

  it("holds whole texts", () => {
    const long = "x".repeat(100_000);
    const made = arrange([{ params: { p: long } }, { params: { p: `${long}y` } }]);
    expect(toJson(made, shown(made, "p")).rows[0]?.values).toEqual([long, `${long}y`]);
  });
});

describe("toHtml", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><text>"</text></svg>';
  const png = "data:image/png;base64,iVBORw0KGgo=";
  const html = toHtml(hostile, shown(hostile), {
    charts: [svg, png, "javascript:alert(1)", 'data:text/html,"><script>', `${png}" onerror="x`],
  });

  it("runs and loads nothing", () => {
    expect(html).toContain("default-src 'none'");
    expect(html.match(/<[^>]*>/g)?.join("")).not.toMatch(/<(script|iframe|object|link|a|base|embed|form)\b|url\(|@import/i);
    expect([...html.matchAll(/<(\w+)[^>]*\s(on\w+|href)=/g)]).toEqual([]);
    expect([...html.matchAll(/src="([^"]*)"/g)].map(([, uri]) => uri?.slice(0, 20))).toEqual([
      "data:image/svg+xml;c",
      "data:image/png;base6",
    ]);
  });

  it("is well formed and holds every text", () => {
    const tags = [...html.matchAll(/<(\/?)([a-z]\w*)[^>]*>/g)].filter(([, , name]) => !/^(meta|img|br)$/.test(name ?? ""));
    const open: string[] = [];
    for (const [, slash, name = ""] of tags) {
      if (slash === "/") {
        expect(open.pop()).toBe(name);
      } else {
        open.push(name);
      }
    }
    expect(open).toEqual([]);
    const cells = [...html.matchAll(/<td[^>]*>([^<]*)<\/td>/g)];
    expect(cells.length).toBeGreaterThan(HOSTILE.length * 10);
    expect(html).toContain("&#60;/code&#62;&#60;/td&#62;&#60;img src=x onerror=alert(1)&#62;");
    expect(html).toMatch(/prefers-color-scheme: dark/);
  });

  it("says better or worse in words", () => {
    expect(toHtml(small, shown(small, "acc"), { charts: [] })).toContain(
      '<td class="best">0.84 <span class="good">+0.04 (+5 %) better</span></td>',
    );
  });
});

describe("texts of cells", () => {
  it("have as few digits as tell the numbers apart", () => {
    const texts = (...values: number[]): (string | null)[] => {
      const made = arrange(values.map((m) => ({ metrics: { m } })));
      return cellTexts(made.rows.find(({ row }) => row.label === "m")!);
    };
    expect(texts(0.123456789, 0.5)).toEqual(["0.1235", "0.5"]);
    expect(texts(0.123456789, 0.123456788)).toEqual(["0.123456789", "0.123456788"]);
    expect(texts(0.1 + 0.2, 0.3)).toEqual(["0.30000000000000004", "0.3"]);
    expect(texts(-0, 0, NaN, 12345678901234, 5e-324)).toEqual(["0", "0", "NaN", "12345678901234", "5e-324"]);
  });

  it("head each column differently", () => {
    const made = arrange(["a", "a", "", "x".repeat(500), `${"x".repeat(500)}y`, "a"].map((name) => ({ name })));
    expect(new Set(headingsOf(made)).size).toBe(6);
    const [run] = comparedRuns({});
    const twice = arrangeComparison(compareRuns([run!, run!], 0), { baseline: null, groupBy: null, directions: [] }, new Map());
    expect(new Set(headingsOf(twice)).size).toBe(2);
  });
});
