import { describe, expect, it } from "vitest";

import { readConfig } from "../../../src/core/config/readConfig";
import { startFile } from "../../../src/core/config/startFile";
import type { OwnerCandidate } from "../../../src/core/lint/lintFacts";
import type { NewModelDraft, NewModelFacts, Question, QuestionId } from "../../../src/core/newModel/newModelQuestion";
import { newModelQuestions } from "../../../src/core/newModel/newModelQuestions";
import { firstOpenPlace, toStartAnswers } from "../../../src/core/newModel/toStartAnswers";

const NOTHING: NewModelFacts = { people: [], pipelines: [], files: [], taken: [] };
const ANA: OwnerCandidate = {
  email: "ana@example.org",
  handle: null,
  name: "Ana Ruiz",
  source: "codeowners",
  commits: 12,
  lastCommit: "2026-11-01",
};

const ids = (draft: NewModelDraft, facts = NOTHING): readonly QuestionId[] => newModelQuestions(draft, facts).map(({ id }) => id);
function question(id: QuestionId, facts: Partial<NewModelFacts> = {}, draft: NewModelDraft = {}): Question {
  const found = newModelQuestions(draft, { ...NOTHING, ...facts }).find((one) => one.id === id);
  if (found === undefined) {
    throw new Error(`${id} is not asked.`);
  }
  return found;
}
const values = ({ choices }: Question): readonly (string | null)[] => (choices ?? []).map(({ value }) => value);

/** The file that follows from a draft. */
function file(draft: NewModelDraft) {
  const text = startFile(toStartAnswers(draft));
  return { text, ...readConfig(text) };
}

describe("questions", () => {
  it("come in the order in which people think of a model, and need nothing to be there", () => {
    expect(ids({})).toEqual(["name", "purpose", "owner", "personalData", "risk", "pipeline", "data", "kpi", "alert", "review"]);
  });

  it("ask for a bound only where there is a figure", () => {
    expect(ids({ kpi: "f1" })).toContain("target");
    expect(ids({ kpi: null })).not.toContain("target");
  });

  it("ask for another file name only where mlops.yaml is taken", () => {
    expect(ids({}, { ...NOTHING, taken: ["mlops.yaml", "train.py"] }).slice(0, 2)).toEqual(["name", "file"]);
  });

  it("propose a name of a file that every system takes", () => {
    const proposal = (name: string): string => question("file", { taken: ["mlops.yaml"] }, { name }).proposal;
    expect(proposal("Churn Modell – Österreich")).toBe("churn-modell-o-sterreich.mlops.yaml");
    expect(proposal("../../etc")).toBe("etc.mlops.yaml");
    expect(proposal("🚀")).toBe("model.mlops.yaml");
    expect(proposal("x".repeat(10_000)).length).toBeLessThan(80);
  });

  it.each(["mlops.yaml", "Churn.MLOPS.yaml", "churn.mlops.yaml", "x.yaml", "a/b.mlops.yaml", "..\\b.mlops.yaml", "", ".mlops/policy.yaml"])(
    "refuse %j as its name",
    (name) => {
      expect(question("file", { taken: ["mlops.yaml", "churn.mlops.yaml"] }).fault(name)).toEqual(expect.any(String));
    },
  );

  it("take a free name", () => {
    expect(question("file", { taken: ["mlops.yaml"] }).fault("churn.mlops.yaml")).toBeNull();
  });

  it("offer people with where they are known from, or to decide later", () => {
    expect(question("owner", { people: [ANA, { ...ANA, email: null, handle: "@org/team" }] }).choices).toEqual([
      { value: "ana@example.org", label: "Ana Ruiz <ana@example.org>", description: "CODEOWNERS · 12 commits, the last on 1 Nov 2026" },
      expect.objectContaining({ value: null, label: "Decide later" }),
    ]);
  });

  it("offer the owner first for alerts, once", () => {
    expect(values(question("alert", { people: [ANA] }, { owner: "leo@example.org" }))).toEqual([
      "leo@example.org",
      "ana@example.org",
      null,
    ]);
    expect(values(question("alert", { people: [ANA] }, { owner: "ana@example.org" }))).toEqual(["ana@example.org", null]);
    expect(values(question("alert", { people: [ANA] }, { owner: null }))).toEqual(["ana@example.org", null]);
  });

  it("offer found pipelines, or none yet", () => {
    expect(values(question("pipeline", { pipelines: [{ path: "dvc.yaml", tool: "DVC" }] }))).toEqual(["dvc.yaml", null]);
  });

  it("offer files that hold data, by what DVC calls them", () => {
    const files = ["train.py", "data/train.parquet", "data/raw.csv.gz", "package.json", "data/test.csv.dvc", "a.schema.json"];
    expect(values(question("data", { files }))).toEqual(["data/train.parquet", "data/raw.csv.gz", "data/test.csv", null]);
  });

  it.each(["personalData", "risk"] as const)("offer unsure first for %s, and explain each answer with its article", (id) => {
    const { choices, takesText } = question(id);
    expect(takesText).toBe(false);
    expect(choices?.[0]?.value).toBe("unsure");
    for (const choice of choices ?? []) {
      expect(choice.detail).toMatch(/^[A-Z].{20,}\.$/);
      expect(choice.description).toMatch(/Art\. \d/);
    }
  });
});

describe("typed answers", () => {
  it.each<[QuestionId, string]>([
    ["name", "churn-model"],
    ["name", "Modell für Kündigungen 🚀"],
    ["purpose", "Predict which customers may leave."],
    ["owner", "ana@example.org"],
    ["pipeline", "pipelines/train.yaml"],
    ["data", "data/train.parquet"],
    ["kpi", "val/f1"],
    ["target", ">= 0.80"],
    ["target", "<5%"],
    ["review", "4 months"],
  ])("%s takes %j", (id, typed) => {
    expect(question(id, {}, { kpi: "f1" }).fault(typed)).toBeNull();
  });

  it.each<[QuestionId, string]>([
    ["name", "  "],
    ["name", "x".repeat(201)],
    ["purpose", "churn"],
    ["purpose", "TODO"],
    ["owner", "Ana"],
    ["owner", "your.name@example.org"],
    ["alert", "TODO"],
    ["pipeline", "/etc/passwd"],
    ["pipeline", "C:\\train.yaml"],
    ["target", "good"],
    ["target", "TODO"],
    ["review", "now and then"],
  ])("%s refuses %j with a reason", (id, typed) => {
    expect(question(id, {}, { kpi: "f1" }).fault(typed)).toMatch(/^[A-Z].*\.$/);
  });
});

describe("the file", () => {
  const full: NewModelDraft = {
    name: "churn-model",
    purpose: "Predict which customers may leave.",
    owner: "ana@example.org",
    personalData: "yes",
    risk: "minimal",
    pipeline: "dvc.yaml",
    data: "data/train.parquet",
    kpi: "f1",
    target: ">= 0.80",
    alert: "ml@example.org",
    review: "6 months",
  };

  it("holds every answer", () => {
    const { value, problems } = file(full);
    expect(problems).toEqual([]);
    expect(value).toMatchObject({
      name: "churn-model",
      stage: "development",
      roles: { owner: { email: "ana@example.org" } },
      risk: "minimal",
      personal_data: "yes",
      pipeline: "dvc.yaml",
      data: [{ path: "data/train.parquet", use: "train" }],
      kpis: [{ name: "f1", target: ">= 0.80" }],
      monitoring: { alert: [{ to: "ml@example.org" }] },
      review: { every: "6 months" },
    });
  });

  it("takes what is decided later for open, never for no", () => {
    const later = Object.fromEntries(Object.keys(full).map((key) => [key, null]));
    const { value, problems } = file({ ...later, name: "x" });
    expect(problems).toEqual([]);
    expect(value).toMatchObject({ risk: "unsure", personal_data: "unsure", purpose: "TODO", pipeline: "TODO", review: { every: "TODO" } });
    expect(value.roles?.owner?.email).toBe("TODO");
  });

  it("names nobody for alerts where that is left open, although there is an owner", () => {
    expect(file({ ...full, alert: null }).value.monitoring?.alert?.[0]?.to).toBe("TODO");
  });

  it("takes an answer that is none for unsure", () => {
    expect(file({ ...full, risk: "__proto__", personalData: "maybe" }).value).toMatchObject({ risk: "unsure", personal_data: "unsure" });
  });

  it.each(["no", "1.10", "a: b # c", "- x", "line\nbreak", '"', "{x}", "@me", "__proto__"])("survives the name %j", (name) => {
    const { value, problems } = file({ ...full, name });
    expect(problems).toEqual([]);
    expect(value.name).toBe(name.replace("\n", " "));
  });
});

describe("the place where the person goes on", () => {
  const at = (draft: NewModelDraft): string | null => {
    const { text } = file(draft);
    const range = firstOpenPlace(text);
    return range === null ? null : text.slice(text.lastIndexOf("\n", range.start) + 1, range.end);
  };

  it("is the first that is to be filled in", () => {
    expect(at({ name: "x" })).toBe("purpose: TODO");
    expect(at({ name: "x", purpose: "Predict who may leave soon.", owner: "ana@example.org", pipeline: null })).toBe("pipeline: TODO");
    expect(at({ name: "TODO: list sorter", purpose: null })).toBe("purpose: TODO");
  });

  it("is the first open question where nothing is to be filled in", () => {
    expect(firstOpenPlace("risk: unsure  # prohibited | high\n")).toEqual({ start: 6, end: 12 });
    expect(firstOpenPlace("risk: minimal # TODO unsure\n")).toBeNull();
  });
});
