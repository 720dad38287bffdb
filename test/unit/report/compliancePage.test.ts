import { readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { root } from "../../../scripts/node.mjs";
import { readConfig } from "../../../src/core/config/readConfig";
import { earlyHint } from "../../../src/core/governance/page/earlyHint";
import { toCompliancePage } from "../../../src/core/governance/page/toCompliancePage";
import type { NeededSignOff } from "../../../src/core/governance/signOffStanding";
import { NOBODY_SIGNED, reportFacts } from "../../builders/reportFacts";
import { signOffStanding } from "../../builders/signOffStandings";

const COMPLETE = readFileSync(join(root, "test/fixtures/lint/complete.yaml"), "utf8");

const early = (isMet: boolean): NeededSignOff => ({
  ...{ subject: "early", role: "dpo", ask: ["dpo@example.org"], why: "Ask early.", blocks: false, isDue: true, isMet, problem: null },
  standing: isMet ? signOffStanding({ subject: "early" }) : null,
});

describe("the hint to ask early", () => {
  const hint = (text: string, needed: readonly NeededSignOff[] = []): string | null =>
    earlyHint(reportFacts(text, {}, { register: { ...NOBODY_SIGNED, needed } }));

  it("stands while something speaks for asking and nobody was asked", () => {
    expect(hint("risk: high\npersonal_data: no\n")).toContain("the risk is high");
    expect(hint("name: x\n")).toContain("the risk class is not decided, and whether it uses personal data is not decided");
    expect(hint("risk: minimal\npersonal_data: yes\n")).toContain("it uses personal data");
    expect(hint("risk: high\n")).toContain("Nobody is named at roles.compliance and roles.dpo yet.");
    expect(hint(COMPLETE, [early(false)])).not.toContain("Nobody is named");
  });

  it("goes once they were asked, and where there is nothing to ask", () => {
    expect(hint(COMPLETE, [early(true)])).toBeNull();
    expect(hint("risk: minimal\npersonal_data: no\n")).toBeNull();
    expect(hint("risk: high\nstage: retired\n")).toBeNull();
  });
});

describe("the page", () => {
  it("shows what changed since the last sign-off with its place, and for which version it was", () => {
    const before = readConfig(COMPLETE.replace('target: ">= 0.62"', 'target: ">= 0.70"')).value;
    const approved = { standing: signOffStanding({ model: { name: "applicant-ranking", version: "13", digest: null } }), product: before };
    const { changes } = toCompliancePage(reportFacts(COMPLETE, { approved }));
    expect(changes.rows).toEqual([
      {
        ...{ field: "kpis[0].target", before: ">= 0.70", after: ">= 0.62" },
        place: { file: "mlops.yaml", line: 34, label: "kpis[0].target", status: "documented" },
      },
    ]);
    expect(changes.text).toContain("1 value has changed. It was signed for version 13; this is 14.");
    expect(toCompliancePage(reportFacts(COMPLETE, { approved: { ...approved, product: null } })).changes.text).toContain("cannot be told");
    expect(toCompliancePage(reportFacts(COMPLETE)).changes).toEqual({ text: "Nothing was signed off so far.", rows: [] });
  });

  it("shows an emergency exception while it is in force only", () => {
    const exception = (state: "given" | "expired"): readonly string[] => {
      const all = [signOffStanding({ subject: "exception", state, expires: "2026-12-01", statement: "The old model is down." })];
      return toCompliancePage(reportFacts(COMPLETE, {}, { register: { ...NOBODY_SIGNED, all } })).exceptions;
    };
    expect(exception("given")).toEqual(["Emergency exception until 2026-12-01, signed by mia@example.org: The old model is down."]);
    expect(exception("expired")).toEqual([]);
  });

  it("says of a decision whether it is given, open, or for later, and why one does not count", () => {
    const need = (more: Partial<NeededSignOff>): string => {
      const needed = [{ ...early(false), ...more }];
      const [shown] = toCompliancePage(reportFacts(COMPLETE, {}, { register: { ...NOBODY_SIGNED, needed } })).signOffs;
      return `${shown?.state ?? ""}: ${shown?.why ?? ""}`;
    };
    expect(need({})).toBe("open: Ask early.");
    expect(need({ isDue: false })).toBe("later: Ask early.");
    expect(need({ standing: signOffStanding(), problem: "It is by the wrong person." })).toBe("not enough: It is by the wrong person.");
    expect(need({ isMet: true, standing: signOffStanding() })).toContain("given: mia@example.org on 2026-11-01.");
  });

  it("holds one line a text, however long or odd the file is", () => {
    const text = COMPLETE.replace("name: applicant-ranking", `name: "${"x".repeat(5000)}\\n\\u202eodd"`);
    const page = JSON.stringify(toCompliancePage(reportFacts(text)));
    expect(page).not.toMatch(/\\n|\u202e|undefined|NaN|\[object/);
    expect(page).not.toMatch(/\bcompliant\b/i);
  });
});
