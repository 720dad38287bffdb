import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { parse } from "yaml";

import { openResultFiles } from "../../../src/adapters/node/resultFiles";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { identityOfResult, type ReviewIdentity } from "../../../src/core/monitoring/reviewIdentity";
import { noteDraft, noteState, readNote, readNotes, reviewFolder } from "../../../src/core/monitoring/reviewNote";
import { result } from "./monitoringBuilders";

const HASH = "ab".repeat(32);
const IDENTITY: ReviewIdentity = {
  mode: "own",
  reference: [{ path: "churn/reference.csv", bytes: 10, sha256: HASH }],
  live: [{ path: "churn/live.csv", bytes: 20, sha256: "cd".repeat(32) }],
  window: { from: Date.UTC(2026, 10, 2), to: Date.UTC(2026, 10, 9) },
  limits: [
    { method: "ks", warn: 0.05, fail: null, columns: ["age"] },
    { method: "psi_quantile", warn: 0.1, fail: 0.25, columns: ["minutes", "plan"] },
  ],
  datasetShare: 0.5,
  commit: "3f2c1ab",
};
const WISH = {
  subject: "drift",
  product: { name: "churn-model", config: "churn/mlops.yaml" },
  result: "churn/.mlops/monitoring/churn-model/20261130T093000.000Z.json",
  identity: IDENTITY,
  today: "2026-11-30",
};

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mlops-notes-"));
});

afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

describe("a draft", () => {
  it("says what it is about, and leaves to the person what is the person's", () => {
    const { path, text } = noteDraft(WISH, []);
    expect(path).toBe("churn/.mlops/reviews/2026-11-30-churn-model-drift-1.yaml");
    const { who, when, verdict, text: words, about } = parse(text) as Record<string, unknown>;
    expect({ who, when, verdict, words }).toEqual({ who: { name: null, email: null }, when: null, verdict: null, words: null });
    expect(about).toMatchObject({ commit: "3f2c1ab", window: { from: "2026-11-02T00:00:00.000Z" }, reference: [{ sha256: HASH }] });
    expect(text).toMatch(/^when:\s*$/m);
    expect(text).toMatch(/^verdict:\s*$/m);
    expect(text).toMatch(/^text:\s*$/m);
    expect(noteState(readNote(path, text), IDENTITY)).toEqual({ isFilled: false, outdated: null, changes: [] });
  });

  it("takes the next free number", () => {
    expect(noteDraft(WISH, ["2026-11-30-churn-model-drift-1.yaml", "2026-11-30-Churn-Model-drift-2.yaml"]).path).toMatch(/-3\.yaml$/);
  });

  it("stands at the root for two files that somebody compared", () => {
    expect(noteDraft({ ...WISH, product: null, result: null }, []).path).toBe(".mlops/reviews/2026-11-30-drift-1.yaml");
  });

  it("is read back as it was made, whatever names columns and files have", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).filter((text) => text.trim() === text && text !== "");
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), name, name, (columns, file, subject) => {
        const identity: ReviewIdentity = {
          ...IDENTITY,
          live: [{ path: file, bytes: 1, sha256: null }],
          limits: [{ method: null, warn: 0.1, fail: null, columns: [...columns].sort() }],
        };
        const { path, text } = noteDraft({ ...WISH, subject, identity }, []);
        const note = readNote(path, text);
        expect(note.identity).toEqual(identity);
        expect(note).toMatchObject({ subject, verdict: null, text: null, when: null, who: { name: null, email: null } });
        expect(path).toMatch(/^churn\/\.mlops\/reviews\/2026-11-30-[\p{L}\p{N}-]+-1\.yaml$/u);
      }),
    );
  });
});

describe("a note", () => {
  const filled = (changes: Partial<ReviewIdentity>): string | null =>
    noteState(readNote("a.yaml", noteDraft({ ...WISH, identity: { ...IDENTITY, ...changes } }, []).text), IDENTITY).outdated;

  it("still holds after a commit, and where data only moved", () => {
    expect(filled({ commit: "ffff" })).toBeNull();
    expect(filled({ live: [{ path: "elsewhere.csv", bytes: 20, sha256: "cd".repeat(32) }] })).toBeNull();
  });

  it.each<[Partial<ReviewIdentity>, string]>([
    [{ live: [{ path: "churn/live.csv", bytes: 20, sha256: HASH }] }, "The live data has changed."],
    [{ reference: [] }, "The reference data has changed."],
    [
      { live: [{ path: "churn/live.csv", bytes: 20, sha256: null }] },
      "Whether the live data is the same cannot be told: it was not hashed.",
    ],
    [{ live: [{ path: "churn/live.csv", bytes: 21, sha256: null }] }, "The live data has changed."],
    [{ window: null }, "Another time is shown: from 2026-11-02 to 2026-11-09 in place of all rows."],
    [{ mode: "evidently" }, "It was judged as Evidently does, and is not any more."],
    [{ datasetShare: 0.3 }, "The share of columns from which the data has drifted is 0.5 now and was 0.3."],
    [
      { limits: [{ method: "ks", warn: 0.05, fail: null, columns: ["age", "minutes", "plan"] }] },
      "Judged by another method: minutes, plan.",
    ],
    [
      { limits: [...IDENTITY.limits.slice(1), { method: "ks", warn: 0.01, fail: null, columns: ["age", "old"] }] },
      "Not judged any more: old. Judged with other limits: age.",
    ],
  ])("is outdated by %j", (changes, sentence) => expect(filled(changes)).toBe(sentence));

  it("of a result is bound to what the result holds", () => {
    expect(identityOfResult(result())).toBeNull();
    const side = { path: "a.csv", files: [{ path: "a.csv", bytes: 1, sha256: HASH }], rows: 5, total_rows: 5, sampled: false };
    const column = {
      type: "num",
      status: "ok",
      method: "psi_quantile",
      score: 0,
      threshold: 0.1,
      fail_threshold: 0.25,
      missing: { reference: 0, current: 0 },
      new_categories: 0,
      lost_categories: 0,
      verdict: "",
    } as const;
    const drift = {
      status: "ok",
      mode: "own",
      drifted_columns: 0,
      tested_columns: 2,
      share: 0,
      threshold: 0.5,
      columns: [
        { ...column, name: "b" },
        { ...column, name: "a" },
      ],
    } as const;
    expect(identityOfResult(result({ reference: side, live: side, drift }))).toEqual({
      mode: "own",
      reference: side.files,
      live: side.files,
      window: null,
      limits: [{ method: "psi_quantile", warn: 0.1, fail: 0.25, columns: ["a", "b"] }],
      datasetShare: 0.5,
      commit: null,
    });
  });
});

describe("reading notes", () => {
  it("gives the newest first, and names what cannot be read", async () => {
    const folder = reviewFolder("churn/mlops.yaml");
    write(
      `${folder}/2026-11-01-a-1.yaml`,
      "who: Ana Ruiz\nwhen: 2026-11-01T10:00:00Z\nverdict: Accepted\ntext: New plan in Bavaria, expected.\n",
    );
    write(`${folder}/2026-11-02-b-1.yml`, "who: {name: Leo, email: leo@example.org}\nverdict: looks fine\nabout: [1]\ntext: 7\n");
    write(`${folder}/2026-11-03-c-1.yaml`, "a: [b\n");
    write(`${folder}/2026-11-04-d-1.yaml`, "just a text");
    write(`${folder}/2026-11-05-e-1.yaml`, `${"&a [".repeat(50)}${"]".repeat(50)}`);
    write(`${folder}/README.md`, "not a note");
    const { notes, problems } = await readNotes(folder, openResultFiles(root), NEVER_CANCELLED);
    expect(notes.map(({ path }) => path.slice(-17))).toEqual(["2026-11-02-b-1.yml", "026-11-01-a-1.yaml"].map((one) => one.slice(-17)));
    expect(notes[1]).toMatchObject({
      who: { name: "Ana Ruiz" },
      when: Date.UTC(2026, 10, 1, 10),
      verdict: "accepted",
      text: "New plan in Bavaria, expected.",
    });
    // A word that is none of the three is no verdict.
    expect(notes[0]).toMatchObject({ verdict: null, identity: null, text: "7", who: { email: "leo@example.org" } });
    expect(problems).toHaveLength(3);
    expect(await readNotes("nowhere", openResultFiles(root), NEVER_CANCELLED)).toEqual({ notes: [], problems: [] });
  });
});
