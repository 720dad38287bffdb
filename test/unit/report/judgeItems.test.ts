import { readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { root } from "../../../scripts/node.mjs";
import { countItems } from "../../../src/core/governance/annex/judgedItem";
import { sayDue } from "../../../src/core/governance/annex/judgeItems";
import type { NeededSignOff, SignOffState } from "../../../src/core/governance/signOffStanding";
import { UNFILLED } from "../../builders/complianceFolder";
import { ITEMS, judged, judgedItem, NOBODY_SIGNED } from "../../builders/reportFacts";
import { signOffStanding } from "../../builders/signOffStandings";

const COMPLETE = readFileSync(join(root, "test/fixtures/lint/complete.yaml"), "utf8");
const statusOf = (id: string, text: string, wish = {}): string => judgedItem(id, text, wish).status;

/** The file without one block at its top. */
function without(block: string): string {
  const text = COMPLETE.replace(new RegExp(`^${block}:.*\\n(?:[ #].*\\n)*`, "m"), "");
  expect(text).not.toBe(COMPLETE);
  return text;
}

describe("the complete file", () => {
  it("documents everything but the declaration, which waits for a person", () => {
    const open = judged(COMPLETE)
      .flatMap(({ items }) => items)
      .filter(({ asked, status }) => asked !== "no" && status !== "documented");
    expect(open.map(({ id, status }) => [id, status])).toEqual([["annex-iv/8", "needs_person"]]);
  });

  it("says where each item is written, who answers for it, and from when it is asked", () => {
    const item = judgedItem("annex-iv/2(d)", COMPLETE);
    expect(item.places[0]).toEqual({ file: "mlops.yaml", line: 21, field: "data[0].origin", status: "documented" });
    expect(item.owner).toEqual({ role: "data_steward", name: "Sam Oduya", address: "sam@example.org" });
    expect(sayDue(item)).toBe("from 2 Dec 2027");
    expect(sayDue(judgedItem("annex-iv/2(d)", COMPLETE, { today: "2027-12-02" }))).toBe("applies now, since 2 Dec 2027");
    expect(sayDue(judgedItem("art-30/30(1)(a)", COMPLETE))).toBe("applies now");
  });
});

describe("what is taken away is missing", () => {
  it.each([
    ["purpose", ["annex-iv/1(a)"]],
    ["oversight", ["annex-iv/2(e)"]],
    ["evaluation", ["annex-iv/2(g)"]],
    ["risks", ["annex-iv/5"]],
    ["conformity", ["annex-iv/8"]],
    ["monitoring", ["annex-iv/9"]],
    ["data", ["annex-iv/2(d)"]],
    ["docs", ["annex-iv/1(b)", "annex-iv/1(h)", "annex-iv/2(b)", "annex-iv/3", "annex-iv/6", "annex-iv/7"]],
    [
      "gdpr",
      ["art-30/30(1)(b)", "art-30/30(1)(c)", "art-30/30(1)(d)", "art-30/30(1)(e)", "art-30/30(1)(f)", "art-30/30(1)(g)", "art-30/35"],
    ],
  ])("without %s", (block, ids) => {
    const text = without(block);
    for (const id of ids) {
      expect(statusOf(id, text), id).toBe("missing");
      expect(judgedItem(id, text).why).not.toBe("");
    }
  });

  it("holds for every field of every item: an item with one answer less is not documented by that way", () => {
    const asked = ITEMS.groups.flatMap(({ headings }) => headings.flatMap(({ items }) => items)).filter(({ any }) => any.length === 1);
    const lists = new Set(["data", "kpis", "risks"]);
    for (const item of asked) {
      for (const { field } of item.any[0] ?? []) {
        const [top = ""] = field.split(/[.[]/);
        if (!lists.has(top) && new RegExp(`^${top}:`, "m").test(COMPLETE)) {
          expect(statusOf(item.id, without(top)), `${item.id} without ${field}`).not.toBe("documented");
        }
      }
    }
  });
});

it("takes a document in place of fields, and fields in place of a document", () => {
  const documents = { "docs/a4-2.md": { text: "## Cybersecurity\n\nTODO\n\n## Architecture and computing power\n\nTODO\n\nWords.\n" } };
  expect(statusOf("annex-iv/2(h)", without("robustness"))).toBe("documented");
  expect(statusOf("annex-iv/2(h)", without("robustness"), { documents })).toBe("missing");
  expect(statusOf("annex-iv/2(h)", COMPLETE, { documents })).toBe("documented");
});

describe("what only a person can decide", () => {
  it.each([
    ["gdpr.dpia", "dpia: {needed: yes,", "dpia: {needed: unsure,", "art-30/35"],
    ["conformity", "declaration: pending", "declaration: pending", "annex-iv/8"],
  ])("%s undecided needs a person", (_, from, to, id) => {
    const item = judgedItem(id, COMPLETE.replace(from, to));
    expect(item.status).toBe("needs_person");
    expect(item.why).toContain("a person has to decide");
  });

  it("asks for a look at a document without the heading", () => {
    const item = judgedItem("annex-iv/1(e)", COMPLETE, { documents: { "docs/a4-1.md": { text: "# All of it\n\nRuns anywhere.\n" } } });
    expect(item.status).toBe("needs_person");
    expect(item.why).toBe('docs/a4-1.md has no heading "Hardware" or 1(e), so a person has to look whether it says it.');
  });

  it("asks for a look at what lies outside or cannot be looked up", () => {
    expect(statusOf("annex-iv/6", COMPLETE, { documents: { "CHANGELOG.md": { kind: "outside", path: null } } })).toBe("needs_person");
    const item = judgedItem("annex-iv/6", COMPLETE, {
      documents: { "CHANGELOG.md": { kind: "unknown", path: null, why: "the disk is away" } },
    });
    expect(item.status).toBe("needs_person");
    expect(item.why).toContain("the disk is away");
  });
});

describe("documents", () => {
  it("are missing where the file is not there", () => {
    const item = judgedItem("annex-iv/6", COMPLETE, { documents: { "CHANGELOG.md": { kind: "missing" } } });
    expect(item).toMatchObject({ status: "missing", why: "The file CHANGELOG.md (docs.annex_iv.changes) does not exist." });
  });

  it("are missing while they are as the template made them, heading by heading", () => {
    const wish = (text: string): object => ({ documents: { "docs/a4-1.md": { text } } });
    expect(statusOf("annex-iv/1(e)", COMPLETE, wish(UNFILLED))).toBe("missing");
    const half = UNFILLED.replace("## Hardware\n\nTODO", "## Hardware\n\nAny machine.");
    expect(statusOf("annex-iv/1(e)", COMPLETE, wish(half))).toBe("documented");
    expect(statusOf("annex-iv/1(g)", COMPLETE, wish(half))).toBe("missing");
  });

  it("are too old once the training data changed after them, until somebody signs anew", () => {
    const documents = { "docs/dpia.md": { changedOn: "2026-11-01" } };
    const need = (when: string): NeededSignOff => ({
      ...{ subject: "dpia", role: "dpo", ask: [], why: "It is needed.", isMet: true, isDue: true, blocks: true, problem: null },
      standing: signOffStanding({ subject: "dpia", when }),
    });
    const at = (dataChangedOn: string | null, needed: readonly NeededSignOff[] = []): string =>
      statusOf("art-30/35", COMPLETE, { documents, dataChangedOn, register: { ...NOBODY_SIGNED, needed } });
    expect(at(null)).toBe("documented");
    expect(at("2026-11-01")).toBe("documented");
    expect(at("2026-11-02")).toBe("expired");
    expect(at("2026-11-02", [need("2026-11-01T10:00:00Z")])).toBe("expired");
    expect(at("2026-11-02", [need("2026-11-03T10:00:00Z")])).toBe("documented");
  });
});

describe("sign-offs", () => {
  const need = (state: SignOffState | null): NeededSignOff => ({
    ...{
      subject: "data",
      role: "data_steward",
      ask: ["sam@example.org"],
      why: "Somebody confirms the data.",
      isMet: state === "given" || state === "expiring",
      ...{ isDue: true, blocks: true, problem: null },
    },
    standing: state === null ? null : signOffStanding({ subject: "data", state, reason: `It is ${state}.` }),
  });
  it.each([
    [null, "needs_person"],
    ["draft", "needs_person"],
    ["refused", "needs_person"],
    ["rejected", "needs_person"],
    ["stale", "expired"],
    ["expired", "expired"],
    ["given", "documented"],
    ["expiring", "documented"],
  ] as const)("%s makes written data %s", (state, status) => {
    expect(statusOf("annex-iv/2(d)", COMPLETE, { register: { ...NOBODY_SIGNED, needed: [need(state)] } })).toBe(status);
  });
});

describe("what is asked", () => {
  it.each([
    ["risk: high", "risk: minimal", "annex-iv", "no"],
    ["risk: high", "risk: limited", "annex-iv", "no"],
    ["risk: high", "risk: unsure", "annex-iv", "undecided"],
    ["personal_data: yes", "personal_data: no", "art-30", "no"],
    ["personal_data: yes", "personal_data: unsure", "art-30", "undecided"],
  ])("%s → %s: %s is %s", (from, to, group, asked) => {
    const found = judged(COMPLETE.replace(`\n${from}`, `\n${to}`)).find(({ id }) => id === group);
    expect(found?.asked).toBe(asked);
    const { documented, missing, expired, needs_person: person } = countItems(found === undefined ? [] : [found]);
    expect(documented + missing + expired + person === 0).toBe(asked === "no");
  });

  it("leaves out photos of a product that there is none of, and the assessment that is not needed", () => {
    expect(judgedItem("annex-iv/1(f)", COMPLETE).asked).toBe("no");
    expect(judgedItem("annex-iv/1(f)", COMPLETE.replace("annex_i: none", 'annex_i: {law: "Regulation (EU) 2017/745"}')).asked).toBe("yes");
    expect(judgedItem("art-30/35", COMPLETE.replace("dpia: {needed: yes,", "dpia: {needed: no,")).asked).toBe("no");
  });
});

it("judges any text, with statuses that count up to the items that are asked", () => {
  const lines = COMPLETE.split("\n");
  fc.assert(
    fc.property(fc.subarray(lines.map((_, index) => index)), (kept) => {
      const text = kept.map((index) => lines[index]).join("\n");
      const groups = judged(text);
      const { documented, missing, expired, needs_person: person } = countItems(groups);
      const asked = groups.flatMap(({ items }) => items).filter((item) => item.asked !== "no");
      expect(documented + missing + expired + person).toBe(asked.length);
      for (const { places, why } of asked) {
        expect(why).not.toMatch(/undefined|NaN|\[object/);
        expect(places.length).toBeGreaterThan(0);
        expect(places.every(({ line }) => line === null || (line >= 1 && line <= kept.length + 1))).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});
