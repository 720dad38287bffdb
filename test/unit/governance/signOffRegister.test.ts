import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { PRODUCT, SignOffRepository, STATEMENT, type Written } from "../../builders/signOffRepository";

const FILE = ".mlops/signoffs/2026-11-20-launch-mia.yaml";
let repository: SignOffRepository;

beforeEach(() => {
  repository = new SignOffRepository();
  repository.write("mlops.yaml", PRODUCT);
  repository.commitAs("ana@example.org", { day: "2026-11-10" });
});
afterEach(() => repository.dispose());

function sign(written: Written = {}, by = "mia@example.org"): void {
  repository.write(FILE, repository.signOff(PRODUCT, written));
  repository.commitAs(by);
}

describe("a sign-off", () => {
  it("holds when the person who decided committed it, and ends after twelve months", async () => {
    sign();
    expect(await repository.only()).toMatchObject({
      ...{ state: "given", cause: null, file: FILE, subject: "launch", person: "mia@example.org", signature: "unsigned" },
      ...{ expires: "2027-11-20", statement: STATEMENT, reason: "mia@example.org approved the launch; it holds until 20 Nov 2027." },
    });
    const { needed, problems } = await repository.register();
    expect(needed.map(({ subject, isMet, blocks }) => [subject, isMet, blocks])).toEqual([["launch", true, true]]);
    expect(problems).toEqual([]);
  });

  it.each<readonly [string, Written, string, string]>([
    ["for another version", { version: "13" }, "other_version", "The approval is for model 13; this is 14."],
    ["for other files of the model", { digest: `sha256:${"b".repeat(64)}` }, "other_digest", "is for a model with other files"],
    ["without a version", { version: "" }, "unbound", "does not name the version"],
    ["with a short statement", { statement: "Looks good to me, go ahead." }, "short_statement", "30 characters or more"],
    ["with thirty times a letter", { statement: "x".repeat(40) }, "short_statement", "30 characters or more"],
    ["with a placeholder as statement", { statement: '"TODO: say what was looked at, and why it is decided"' }, "short_statement", "30"],
    ["with a decision that is none", { decision: "maybe" }, "unknown_decision", 'the decision "maybe"'],
    ["that is over", { when: "2025-11-01T09:00:00Z" }, "expired", "expired on 1 Nov 2026"],
    ["that ended as it said", { more: "expires: 2026-11-23\n" }, "expired", "expired on 23 Nov 2026"],
    ["that ends on no day", { more: "expires: next year\n" }, "bad_time", 'ends on "next year"'],
    ["of the future", { when: "2026-12-24T09:00:00Z" }, "bad_time", "is dated in the future"],
    ["of nobody", { email: null }, "nobody", "does not say who signed"],
    [
      "that is a rejection, without any form",
      { decision: "reject", statement: "No." },
      "rejected",
      "The launch was rejected by mia@example.org",
    ],
  ])("%s does not hold", async (_, written, cause, reason) => {
    sign(written);
    const standing = await repository.only();
    expect(standing).toMatchObject({ cause, reason: expect.stringContaining(reason) as unknown });
    expect(standing.remedy).not.toBeNull();
    expect((await repository.register()).needed[0]).toMatchObject({ subject: "launch", isMet: false, standing });
  });

  it("waits for a person while nobody has decided, also when the draft is committed by somebody else", async () => {
    sign({ decision: null, email: null, statement: "" }, "ana@example.org");
    expect(await repository.only()).toMatchObject({
      state: "draft",
      remedy: expect.stringContaining("who, decision, statement") as unknown,
    });
    sign();
    expect(await repository.only()).toMatchObject({ state: "given" });
  });

  it("does not count before it is committed", async () => {
    repository.write(FILE, repository.signOff(PRODUCT));
    expect(await repository.only()).toMatchObject({ state: "uncommitted", cause: "not_committed" });
    repository.git("add", "-A");
    expect(await repository.only()).toMatchObject({ state: "uncommitted" });
    repository.commitAs("mia@example.org");
    expect(await repository.only()).toMatchObject({ state: "given" });
  });

  it("is refused when somebody else committed it", async () => {
    sign({}, "leo@example.org");
    expect(await repository.only()).toMatchObject({
      state: "refused",
      cause: "other_author",
      reason: expect.stringContaining("leo@example.org committed it") as unknown,
    });
  });

  it.each(["mia@example.org", "leo@example.org"])("is refused when %s edits it later, even when the edit is taken back", async (who) => {
    sign();
    repository.write(FILE, repository.signOff(PRODUCT, { statement: `${STATEMENT} Really.` }));
    repository.commitAs(who);
    expect(await repository.only()).toMatchObject({
      state: "refused",
      cause: "edited",
      reason: expect.stringContaining(`${who} changed it`) as unknown,
    });
    repository.git("checkout", "-q", "HEAD~1", "--", FILE);
    repository.commitAs(who);
    expect(await repository.only()).toMatchObject({ state: "refused", cause: "edited" });
  });

  it("is refused for one flipped byte that is not committed, and holds again without it", async () => {
    sign();
    const text = repository.git("show", `HEAD:${FILE}`);
    repository.write(FILE, text.replace("targets hold", "targets hokd"));
    expect(await repository.only()).toMatchObject({
      state: "refused",
      cause: "edited",
      reason: expect.stringContaining("not committed") as unknown,
    });
    repository.git("checkout", "-q", "--", FILE);
    expect(await repository.only()).toMatchObject({ state: "given" });
    repository.git("config", "core.autocrlf", "true");
    repository.write(FILE, `${text}\n`.replaceAll("\n", "\r\n"));
    expect(await repository.only()).toMatchObject({ state: "given" });
  });

  it("is refused when a merge changes it", async () => {
    repository.git("checkout", "-q", "-b", "side");
    sign();
    repository.git("checkout", "-q", "main");
    repository.write("other.txt", "x");
    repository.commitAs("ana@example.org");
    repository.git("-c", "user.name=ana", "-c", "user.email=ana@example.org", "merge", "-q", "--no-commit", "--no-ff", "side");
    repository.write(FILE, repository.signOff(PRODUCT, { statement: `${STATEMENT} And more.` }));
    repository.commitAs("ana@example.org");
    expect(await repository.only()).toMatchObject({ state: "refused", cause: "edited" });
  });

  it.each([
    ["the address", "ci[bot]@example.org", "ci"],
    ["the name", "build@example.org", "github-actions[bot]"],
  ])("is refused when a bot made it, told by %s", async (_, email, name) => {
    repository.write(FILE, repository.signOff(PRODUCT, { email }));
    repository.commitAs(email, { name });
    expect(await repository.only()).toMatchObject({ state: "refused", cause: "bot" });
  });

  it("is refused when a bot commits in a person's name", async () => {
    repository.write(FILE, repository.signOff(PRODUCT));
    repository.commitAs("renovate[bot]@example.org", { more: ["--author=mia <mia@example.org>"] });
    expect(await repository.only()).toMatchObject({ state: "refused", cause: "bot" });
  });

  it("follows a file that is renamed, and its product that moves", async () => {
    sign();
    repository.git("mv", FILE, ".mlops/signoffs/renamed.yaml");
    repository.commitAs("leo@example.org");
    expect(await repository.only()).toMatchObject({ state: "given", file: ".mlops/signoffs/renamed.yaml" });
    repository.write("models/.keep", "");
    repository.git("mv", "mlops.yaml", ".mlops", "models/");
    repository.commitAs("leo@example.org");
    expect(await repository.only("models/mlops.yaml")).toMatchObject({ state: "given" });
  });

  it("is no new version of one that is taken away in the same commit", async () => {
    repository.write(".mlops/signoffs/old.yaml", repository.signOff(PRODUCT, { email: "leo@example.org" }));
    repository.commitAs("leo@example.org");
    repository.git("rm", "-q", ".mlops/signoffs/old.yaml");
    sign();
    expect(await repository.only()).toMatchObject({ state: "given" });
  });

  it("stands as a rejection although somebody took the file away, until the same person decides anew", async () => {
    sign({ decision: "reject", statement: "The groups differ too much." });
    repository.write(".mlops/signoffs/ines.yaml", repository.signOff(PRODUCT, { email: "ines@example.org", when: "2026-11-19T09:00:00Z" }));
    repository.commitAs("ines@example.org");
    const launch = async (): Promise<unknown> => (await repository.register()).needed[0];
    expect(await launch()).toMatchObject({ isMet: false, standing: { state: "rejected" } });
    repository.git("rm", "-q", FILE);
    expect(await launch()).toMatchObject({ isMet: false, standing: { state: "rejected" } });
    repository.commitAs("ana@example.org");
    expect(await launch()).toMatchObject({ isMet: false, problem: expect.stringContaining("was taken away since") as unknown });
    repository.write(".mlops/signoffs/again.yaml", repository.signOff(PRODUCT, { when: "2026-11-22T09:00:00Z" }));
    repository.commitAs("mia@example.org");
    expect(await launch()).toMatchObject({ isMet: true });
  });

  it("is told as a rejection of an earlier version as well, after somebody took the file away", async () => {
    const before = PRODUCT.replace('"14"', '"13"');
    repository.write("mlops.yaml", before);
    repository.commitAs("ana@example.org", { day: "2026-11-11" });
    const no = { decision: "reject", statement: "No.", when: "2026-11-12T09:00:00Z" };
    repository.write(".mlops/signoffs/no.yaml", repository.signOff(before, no));
    repository.commitAs("mia@example.org", { day: "2026-11-12" });
    repository.git("rm", "-q", ".mlops/signoffs/no.yaml");
    repository.write("mlops.yaml", PRODUCT);
    repository.commitAs("ana@example.org", { day: "2026-11-13" });
    expect((await repository.register()).all).toMatchObject([
      { decision: "reject", state: "stale", model: { version: "13" }, reason: expect.stringContaining("was taken away since") as unknown },
    ]);
  });

  it("begins anew where it was taken away and added again", async () => {
    sign();
    const text = repository.git("show", `HEAD:${FILE}`);
    repository.git("rm", "-q", FILE);
    repository.commitAs("leo@example.org");
    expect((await repository.register()).all).toEqual([]);
    repository.write(FILE, `${text}\n`);
    repository.commitAs("leo@example.org");
    expect(await repository.only()).toMatchObject({ state: "refused", cause: "other_author" });
  });

  it("is stale as soon as a covered value changes, and neither for a comment nor for the next review", async () => {
    sign();
    repository.write(
      "mlops.yaml",
      `# a note\n${PRODUCT}review: {every: 6 months}\nlint: {ignore: []}\nevaluation: {report: reports/eval.json}\n`,
    );
    expect(await repository.only()).toMatchObject({ state: "given" });
    repository.write("mlops.yaml", PRODUCT.replace("Predict which", "Guess which"));
    expect(await repository.only()).toMatchObject({
      state: "stale",
      cause: "changed",
      reason: expect.stringContaining("has changed since") as unknown,
    });
    repository.write("mlops.yaml", PRODUCT.replace('"14"', '"15"'));
    expect(await repository.only()).toMatchObject({ state: "stale", cause: "other_version" });
  });

  it("covers a short form and what it stands for alike", async () => {
    sign();
    repository.write(
      "mlops.yaml",
      PRODUCT.replace(
        "owner: ana@example.org, requirements: mia@example.org",
        "requirements: {email: mia@example.org}, owner: {email: ana@example.org}",
      ),
    );
    expect(await repository.only()).toMatchObject({ state: "given" });
  });

  it("cannot be judged in a clone without the commit", async () => {
    sign();
    repository.write("later.txt", "x");
    repository.commitAs("ana@example.org");
    const clone = new SignOffRepository();
    clone.git("pull", "-q", "--depth", "1", `file://${repository.path}`, "main");
    expect(await clone.only()).toMatchObject({
      state: "unknown",
      cause: "history_unknown",
      reason: expect.stringContaining("the whole history") as unknown,
    });
    expect((await clone.register()).needed[0]).toMatchObject({ isMet: false });
    expect((await clone.register()).problems).toHaveLength(1);
    clone.dispose();
  });

  it("leaves nothing met while a file cannot be read", async () => {
    sign();
    repository.write(".mlops/signoffs/broken.yaml", "subject: [\n");
    const { needed, problems, all } = await repository.register();
    expect(needed[0]).toMatchObject({ isMet: false, standing: { state: "given" } });
    expect(all.map(({ state }) => state)).toContain("unknown");
    expect(problems[0]).toContain(".mlops/signoffs/broken.yaml cannot be read");
  });
});

const HIGH = PRODUCT.replace("risk: minimal", "risk: high").replace("personal_data: no", "personal_data: yes\ngdpr: {dpia: {needed: yes}}");

describe("a high-risk product", () => {
  const signAs = (who: string, written: Written = {}): void => {
    const name = `.mlops/signoffs/2026-11-20-${written.subject ?? "launch"}-${who.split("@")[0] ?? ""}.yaml`;
    repository.write(name, repository.signOff(HIGH, { email: who, ...written }));
    repository.commitAs(who);
  };

  beforeEach(() => {
    repository.write("mlops.yaml", HIGH);
    repository.commitAs("ana@example.org", { day: "2026-11-11" });
  });

  it("needs two people for its launch, each in an own role, and a shorter time", async () => {
    signAs("mia@example.org");
    const met = async (): Promise<readonly unknown[]> =>
      (await repository.register()).needed.filter(({ blocks }) => blocks).map(({ subject, role, isMet }) => [subject, role, isMet]);
    expect(await met()).toEqual([
      ["launch", "requirements", true],
      ["launch", "compliance", false],
      ["dpia", null, false],
    ]);
    signAs("leo@example.org");
    expect((await met())[1]).toEqual(["launch", "compliance", false]);
    signAs("ines@example.org");
    signAs("ines@example.org", { subject: "dpia" });
    expect(await met()).toEqual([
      ["launch", "requirements", true],
      ["launch", "compliance", true],
      ["dpia", null, true],
    ]);
    const { all } = await repository.register();
    expect(all.filter(({ subject }) => subject === "launch").map(({ expires }) => expires)).toEqual([
      "2027-05-20",
      "2027-05-20",
      "2027-05-20",
    ]);
  });

  it("does not take one person for two", async () => {
    const text = HIGH.replace("compliance: ines@example.org", "compliance: mia@example.org");
    repository.write("mlops.yaml", text);
    repository.commitAs("ana@example.org", { day: "2026-11-12" });
    repository.write(FILE, repository.signOff(text));
    repository.commitAs("mia@example.org");
    const { needed } = await repository.register();
    expect(needed.filter(({ subject }) => subject === "launch").map(({ isMet }) => isMet)).toEqual([true, false]);
  });

  it("lets only those sign whom the policy names", async () => {
    repository.write(".mlops/policy.yaml", "version: 1\npeople: {compliance: [eva@example.org]}\n");
    signAs("ines@example.org");
    const compliance = async (): Promise<unknown> => (await repository.register()).needed.find(({ role }) => role === "compliance");
    expect(await compliance()).toMatchObject({ isMet: false, ask: ["eva@example.org"], standing: null });
    signAs("eva@example.org");
    expect(await compliance()).toMatchObject({ isMet: true });
  });

  it("keeps an approval with conditions open until they are answered", async () => {
    signAs("mia@example.org", {
      decision: "approve_with_conditions",
      more: "conditions: [run the bias test again, {what: tell support, answer: done on 19 Nov}]\n",
    });
    const launch = async (): Promise<unknown> => (await repository.register()).needed[0];
    expect(await launch()).toMatchObject({ isMet: false, standing: { state: "given", openConditions: ["run the bias test again"] } });
    repository.write(".mlops/signoffs/2026-11-22-launch-mia.yaml", repository.signOff(HIGH, { when: "2026-11-22T09:00:00Z" }));
    repository.commitAs("mia@example.org");
    expect(await launch()).toMatchObject({ isMet: true });
    expect((await repository.register()).all.map(({ state }) => state)).toEqual(["given", "superseded"]);
  });

  it("holds for the version that was approved once the file is back at it, whatever was decided of a later one", async () => {
    signAs("mia@example.org");
    const later = HIGH.replace('version: "14"', 'version: "15"');
    repository.write("mlops.yaml", later);
    repository.commitAs("ana@example.org", { day: "2026-11-21" });
    repository.write(".mlops/signoffs/2026-11-22-launch-mia.yaml", repository.signOff(later, { when: "2026-11-22T09:00:00Z" }));
    repository.commitAs("mia@example.org");
    const states = async (): Promise<unknown> => (await repository.register()).all.map(({ state }) => state);
    expect(await states()).toEqual(["given", "superseded"]);
    repository.write("mlops.yaml", HIGH);
    repository.commitAs("ana@example.org", { day: "2026-11-23" });
    expect(await states()).toEqual(["stale", "given"]);
    expect((await repository.register()).needed[0]).toMatchObject({ isMet: true, standing: { model: { version: "14" } } });
  });

  it("is not launched after the same person said no", async () => {
    signAs("mia@example.org");
    repository.write(
      ".mlops/signoffs/2026-11-22-launch-mia.yaml",
      repository.signOff(HIGH, {
        when: "2026-11-22T09:00:00Z",
        decision: "reject",
        statement: "The groups differ too much.",
      }),
    );
    repository.commitAs("mia@example.org");
    expect((await repository.register()).needed[0]).toMatchObject({ isMet: false, standing: { state: "rejected" } });
  });
});

describe("two products in one folder", () => {
  it("each have their own sign-offs", async () => {
    const other = PRODUCT.replaceAll("churn", "fraud");
    repository.write("fraud.mlops.yaml", other);
    repository.commitAs("ana@example.org");
    sign();
    repository.write(".mlops/signoffs/fraud.yaml", repository.signOff(other, { email: "ines@example.org" }));
    repository.commitAs("ines@example.org");
    expect((await repository.register("mlops.yaml")).all.map(({ file }) => file)).toEqual([FILE]);
    expect(await repository.only("fraud.mlops.yaml")).toMatchObject({ state: "given", person: "ines@example.org" });
  });
});

describe("an exception", () => {
  const EXCEPTION = { subject: "exception", when: "2026-11-24T08:00:00Z" } as const;

  it("ends 72 hours after it was made, to the minute where the time is known", async () => {
    sign(EXCEPTION);
    expect(await repository.only()).toMatchObject({ state: "expiring", until: "2026-11-27T08:00:00.000Z", expires: "2026-11-27" });
    expect(await repository.only("mlops.yaml", "2026-11-27T07:59:00Z")).toMatchObject({ state: "expiring" });
    expect(await repository.only("mlops.yaml", "2026-11-27T08:01:00Z")).toMatchObject({ state: "expired" });
    expect(await repository.only("mlops.yaml", "2026-11-28")).toMatchObject({ state: "expired" });
  });

  it("may end earlier and not later", async () => {
    sign({ ...EXCEPTION, more: "expires: 2026-11-24T20:00:00Z\n" });
    expect(await repository.only("mlops.yaml", "2026-11-24T20:00:01Z")).toMatchObject({ state: "expired" });
  });

  it("may not last longer", async () => {
    sign({ ...EXCEPTION, more: "expires: 2026-11-27T08:00:01Z\n" });
    expect(await repository.only()).toMatchObject({ state: "refused", cause: "too_long" });
  });
});
