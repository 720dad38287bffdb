import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { readConfig } from "../../../src/core/config/readConfig";
import { readSignOff } from "../../../src/core/governance/readSignOff";
import { signOffDraft } from "../../../src/core/governance/signOffDraft";
import { SIGN_OFF_SUBJECTS, type SignOffBinding } from "../../../src/core/governance/signOffStanding";
import { PRODUCT } from "../../builders/signOffRepository";

const { value: product } = readConfig(PRODUCT);
const binding: SignOffBinding = {
  commit: "c".repeat(40),
  covered: Object.fromEntries(SIGN_OFF_SUBJECTS.map((subject) => [subject, `hash of ${subject}`])) as SignOffBinding["covered"],
};
const asked = {
  subject: "launch",
  role: "requirements",
  ask: ["mia@example.org", "leo@example.org"],
  why: "It is a high-risk model.",
} as const;

describe("a draft", () => {
  it("says what it is about and is bound to it", () => {
    const { path, content } = signOffDraft({ product, needed: asked, binding, today: "2026-11-24" });
    expect(path).toBe(".mlops/signoffs/2026-11-24-launch-mia.yaml");
    expect(content).toContain("# Why it is needed: It is a high-risk model.");
    expect(content).toContain("# Who is asked: mia@example.org, leo@example.org");
    expect(content).toContain("it holds for 12 months");
    expect(readSignOff(content)).toMatchObject({
      ...{ subject: "launch", commit: "c".repeat(40), configSha256: "hash of launch" },
      model: { name: "churn", version: "14", digest: product.model?.digest },
      asked: { role: "requirements", people: ["mia@example.org", "leo@example.org"] },
    });
  });

  it("leaves who, decision and statement to a person, whatever it is asked for", () => {
    const word = fc.string({ maxLength: 60 });
    fc.assert(
      fc.property(
        fc.constantFrom(...SIGN_OFF_SUBJECTS),
        fc.option(word),
        fc.array(word, { maxLength: 3 }),
        word,
        word,
        (subject, role, ask, why, name) => {
          const { content, path } = signOffDraft({
            product: { ...product, name, model: { ...product.model, name, version: why } },
            ...{ needed: { subject, role, ask, why }, binding, today: "2026-11-24" },
          });
          const draft = readSignOff(content);
          expect([draft.name, draft.email, draft.role, draft.decision, draft.statement, draft.when]).toEqual([
            null,
            null,
            null,
            null,
            null,
            null,
          ]);
          expect(draft.conditions).toEqual([]);
          expect(path).toMatch(/^\.mlops\/signoffs\/[\w.-]+\.yaml$/);
        },
      ),
    );
  });

  it("takes a free name", () => {
    const taken = new Set([".mlops/signoffs/2026-11-24-launch-mia.yaml", ".mlops/signoffs/2026-11-24-launch-mia-2.yaml"]);
    const { path } = signOffDraft({ product, needed: asked, binding: null, today: "2026-11-24", isTaken: (one) => taken.has(one) });
    expect(path).toBe(".mlops/signoffs/2026-11-24-launch-mia-3.yaml");
  });

  it("is the only text of a sign-off that the product writes", () => {
    const source = join(import.meta.dirname, "../../../src");
    const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
    // A key of YAML at the start of a text, or of a line in it.
    const writers = files.filter((file) =>
      /["'`\n]\s*(?:decision|statement):/.test(withoutKeysOfObjects(readFileSync(join(source, file), "utf8"))),
    );
    expect(writers).toEqual([join("core", "governance", "signOffDraft.ts")]);
  });
});

function withoutKeysOfObjects(code: string): string {
  return code.replace(/^\s*(?:readonly )?\w+\??: /gm, "");
}
