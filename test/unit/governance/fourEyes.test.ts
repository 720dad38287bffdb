import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { PRODUCT, SignOffRepository, type Written } from "../../builders/signOffRepository";

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

describe("four eyes", () => {
  it("refuses whoever wrote the last change to what is covered", async () => {
    repository.write("mlops.yaml", PRODUCT.replace("minimal", "limited"));
    repository.commitAs("mia@example.org", { day: "2026-11-15" });
    const changed = PRODUCT.replace("minimal", "limited");
    repository.write(FILE, repository.signOff(changed));
    repository.commitAs("mia@example.org");
    expect(await repository.only()).toMatchObject({ state: "refused", cause: "own_change" });
  });

  it("does not count a comment, nor what was changed and approved by others since", async () => {
    repository.write("mlops.yaml", `# reads well\n${PRODUCT}`);
    repository.commitAs("mia@example.org", { day: "2026-11-15" });
    sign();
    expect(await repository.only()).toMatchObject({ state: "given" });
    repository.write("mlops.yaml", `${PRODUCT}task: ranking\n`);
    repository.commitAs("ana@example.org", { day: "2026-11-21" });
    repository.write("mlops.yaml", PRODUCT);
    repository.commitAs("mia@example.org", { day: "2026-11-22" });
    expect(await repository.only()).toMatchObject({ state: "given" });
  });

  it("refuses a decision that is committed together with the change", async () => {
    const changed = PRODUCT.replace("minimal", "limited");
    repository.write("mlops.yaml", changed);
    repository.write(FILE, repository.signOff(changed));
    repository.commitAs("mia@example.org");
    expect(await repository.only()).toMatchObject({ cause: "own_change" });
  });

  it("looks only at what a subject covers", async () => {
    repository.write("mlops.yaml", `${PRODUCT}task: ranking\n`);
    repository.commitAs("mia@example.org", { day: "2026-11-15" });
    const text = `${PRODUCT}task: ranking\n`;
    repository.write(FILE, repository.signOff(text, { subject: "risk" }));
    repository.commitAs("mia@example.org");
    expect(await repository.only()).toMatchObject({ subject: "risk", state: "given" });
  });

  it("refuses whoever wrote the code of the model, and not whoever merged it", async () => {
    repository.git("checkout", "-q", "-b", "side");
    repository.write("train.py", "fit()\n");
    const written = repository.commitAs("mia@example.org", { day: "2026-11-12" });
    repository.git("checkout", "-q", "main");
    repository.git("-c", "user.name=ines", "-c", "user.email=ines@example.org", "merge", "-q", "--no-ff", "-m", "x", "side");
    const merged = repository.git("rev-parse", "HEAD");
    sign();
    const standing = async (made: string | null): Promise<unknown> => (await repository.register("mlops.yaml", undefined, made)).all[0];
    expect(await standing(null)).toMatchObject({ state: "given" });
    expect(await standing(written)).toMatchObject({
      state: "refused",
      cause: "own_change",
      reason: expect.stringContaining("the code of the model") as unknown,
    });
    expect(await standing(merged)).toMatchObject({ cause: "own_change" });
    expect(await standing("0".repeat(40))).toMatchObject({ state: "given" });
    expect(await standing("--all")).toMatchObject({ state: "given" });
  });

  it("counts whoever wrote a file that the product's file includes, and one that is included there", async () => {
    const roles = "{owner: ana@example.org, requirements: mia@example.org, compliance: ines@example.org}";
    const included = PRODUCT.replace(`roles: ${roles}`, "roles: {$include: shared/roles.yaml}");
    repository.write("mlops.yaml", included);
    repository.write("shared/roles.yaml", "$include: owner.yaml\nrequirements: mia@example.org\n");
    repository.write("shared/owner.yaml", "owner: leo@example.org\n");
    repository.commitAs("ana@example.org", { day: "2026-11-12" });
    repository.write("shared/owner.yaml", "owner: ana@example.org\n");
    repository.commitAs("leo@example.org", { day: "2026-11-13" });
    repository.write("shared/roles.yaml", "$include: owner.yaml\nrequirements: mia@example.org\ncompliance: ines@example.org\n");
    repository.commitAs("mia@example.org", { day: "2026-11-14" });
    sign();
    expect(await repository.only()).toMatchObject({ state: "refused", cause: "own_change" });
    // Of what another one wrote after that, mia is no author; a comment of hers changes nothing.
    repository.write("shared/owner.yaml", "owner: {email: ana@example.org, deputy: leo@example.org}\n");
    repository.commitAs("leo@example.org", { day: "2026-11-21" });
    repository.write("shared/roles.yaml", "# all\n$include: owner.yaml\nrequirements: mia@example.org\ncompliance: ines@example.org\n");
    repository.commitAs("mia@example.org", { day: "2026-11-22" });
    const now = PRODUCT.replace("owner: ana@example.org", "owner: {email: ana@example.org, deputy: leo@example.org}");
    repository.write(FILE.replace("mia", "mia-2"), repository.signOff(now, { when: "2026-11-23T09:00:00Z" }));
    repository.commitAs("mia@example.org", { day: "2026-11-23" });
    expect((await repository.register()).all.find(({ file }) => file.includes("mia-2"))).toMatchObject({ state: "given" });
  });

  it("refuses whoever wrote code since the version that was approved last, also where another one wrote the last commit", async () => {
    const code = "train: {code: [train.py, src]}\n";
    const before = `${PRODUCT.replace('"14"', '"13"')}${code}`;
    repository.write("mlops.yaml", before);
    repository.write("train.py", "fit()\n");
    const run13 = repository.commitAs("mia@example.org", { day: "2026-11-11" });
    repository.write(
      ".mlops/signoffs/2026-11-12-launch-ines.yaml",
      repository.signOff(before, { email: "ines@example.org", when: "2026-11-12T09:00:00Z" }),
    );
    repository.commitAs("ines@example.org", { day: "2026-11-12" });
    const after = `${PRODUCT}${code}`;
    repository.write("mlops.yaml", after);
    repository.commitAs("ana@example.org", { day: "2026-11-13" });
    repository.write("README.md", "What it is\n");
    const noted = repository.commitAs("mia@example.org", { day: "2026-11-14" });
    repository.write("src/features.py", "x = 1\n");
    repository.commitAs("mia@example.org", { day: "2026-11-15" });
    repository.write("train.py", "fit(1)\n");
    const run14 = repository.commitAs("ana@example.org", { day: "2026-11-16" });
    repository.write(FILE, repository.signOff(after));
    repository.commitAs("mia@example.org");
    const standing = async (made: Readonly<Record<string, string>>): Promise<unknown> =>
      (await repository.register("mlops.yaml", undefined, made)).all.find(({ file }) => file === FILE);
    expect(await standing({ 13: run13, 14: run14 })).toMatchObject({
      state: "refused",
      cause: "own_change",
      reason: expect.stringContaining("the code of the model") as unknown,
    });
    // What she wrote was in the approved version already, and a text about the model is no code of it.
    expect(await standing({ 13: run14, 14: run14 })).toMatchObject({ state: "given" });
    expect(await standing({ 13: run13, 14: noted })).toMatchObject({ cause: "own_change" });
    expect(await standing({ 14: run14 })).toMatchObject({ state: "given" });
    expect(await standing({ 13: "0".repeat(40), 14: run14 })).toMatchObject({ state: "given" });
  });

  it("names those who may decide as .mailmap does, also those of the policy", async () => {
    repository.write(".mailmap", "Mia Berg <mia@example.org> <mia@home.example>\n");
    repository.write(".mlops/policy.yaml", "version: 1\npeople: {requirements: [mia@home.example]}\n");
    repository.write("mlops.yaml", PRODUCT.replace("risk: minimal", "risk: high").replace(", requirements: mia@example.org", ""));
    repository.write(FILE, "subject: launch\n");
    repository.commitAs("ana@example.org");
    const { needed } = await repository.register();
    expect(needed.find(({ role }) => role === "requirements")).toMatchObject({ ask: ["mia@home.example"], deciders: ["mia@example.org"] });
  });

  it("takes aliases of .mailmap for one person, as author and as who signs", async () => {
    repository.write(".mailmap", "Mia Berg <mia@example.org> <mia@home.example>\n");
    const changed = PRODUCT.replace("minimal", "limited");
    repository.write("mlops.yaml", changed);
    repository.commitAs("mia@home.example", { day: "2026-11-15" });
    repository.write(FILE, repository.signOff(changed));
    repository.commitAs("mia@example.org");
    expect(await repository.only()).toMatchObject({ cause: "own_change" });
    repository.write("mlops.yaml", PRODUCT.replace("minimal", "limited").replace("staging", "production"));
    repository.commitAs("ana@example.org");
    const text = PRODUCT.replace("minimal", "limited").replace("staging", "production");
    repository.write(".mlops/signoffs/2.yaml", repository.signOff(text, { email: "mia@home.example" }));
    repository.commitAs("mia@example.org");
    const { all } = await repository.register();
    expect(all.find(({ file }) => file.endsWith("2.yaml"))).toMatchObject({ state: "given", person: "mia@example.org" });
  });
});
