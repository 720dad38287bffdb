import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { readSignOff } from "../../../src/core/governance/readSignOff";
import { type CliResult, mlops } from "../../builders/memoryHost";
import { PRODUCT, SignOffRepository, STATEMENT } from "../../builders/signOffRepository";

const FOLDER = ".mlops/signoffs";
let repository: SignOffRepository;

beforeEach(() => {
  repository = new SignOffRepository();
});
afterEach(() => repository.dispose());

function request(...args: readonly string[]): Promise<CliResult> {
  return mlops(["request-sign-off", ".", ...args], { cwd: repository.path, now: Date.parse("2026-11-24T12:00:00Z"), env: {} });
}

/** A product as it was committed by its owner. */
function commitProduct(text: string): string {
  repository.write("mlops.yaml", text);
  return repository.commitAs("ana@example.org", { day: "2026-11-10" });
}

const drafts = (): readonly string[] => readdirSync(join(repository.path, FOLDER)).sort();
const read = (name: string): string => readFileSync(join(repository.path, FOLDER, name), "utf8");

describe("mlops request-sign-off", () => {
  it("drafts what is due, bound to what is there, and leaves who, decision and statement empty", async () => {
    const commit = commitProduct(PRODUCT);
    const { code, stdout, stderr } = await request();
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      `${FOLDER}/2026-11-24-launch-mia.yaml\n  Ask mia@example.org to sign the launch. Somebody else than its author approves a model before it goes to production.\n`,
    );
    expect(drafts()).toEqual(["2026-11-24-launch-mia.yaml"]);
    expect(readSignOff(read("2026-11-24-launch-mia.yaml"))).toMatchObject({
      ...{ subject: "launch", name: null, email: null, decision: null, statement: null, commit },
      model: { name: "churn", version: "14" },
    });
  });

  it("counts once the person has filled it in and committed it, and then asks no more", async () => {
    commitProduct(PRODUCT);
    await request();
    const [file = ""] = drafts();
    const signed = read(file)
      .replace(/^ {2}name:$/m, "  name: Mia")
      .replace(/^ {2}email:$/m, "  email: mia@example.org")
      .replace(/^decision:.*$/m, "decision: approve")
      .replace(/^statement:.*$/m, `statement: ${STATEMENT}`);
    writeFileSync(join(repository.path, FOLDER, file), signed);
    repository.commitAs("mia@example.org");
    expect((await repository.only()).state).toBe("given");
    expect(await request()).toMatchObject({ code: 0, stdout: "", stderr: "No sign-off is due.\n" });
  });

  it("writes no second draft where one waits already", async () => {
    commitProduct(PRODUCT);
    await request();
    const again = await request();
    expect(again).toMatchObject({ code: 0, stdout: "" });
    expect(again.stderr).toBe(`What is due was asked for already: ${FOLDER}/2026-11-24-launch-mia.yaml.\n`);
    expect(drafts()).toHaveLength(1);
  });

  it("asks each role of a high-risk launch, and anybody for what nothing asks for", async () => {
    commitProduct(PRODUCT.replace("risk: minimal", "risk: high"));
    const { stdout } = await request("--subject", "launch", "--json");
    const { drafts: told } = JSON.parse(stdout) as { drafts: readonly { readonly role: string; readonly ask: readonly string[] }[] };
    expect(told.map(({ role, ask }) => [role, ask])).toEqual([
      ["requirements", ["mia@example.org"]],
      ["compliance", ["ines@example.org"]],
    ]);
    await request("--subject", "fria");
    expect(drafts()).toEqual(["2026-11-24-fria-someone.yaml", "2026-11-24-launch-ines.yaml", "2026-11-24-launch-mia.yaml"]);
  });

  it("refuses a subject that there is none of, and a place without a product, and writes nothing", async () => {
    commitProduct(PRODUCT);
    expect(await request("--subject", "lunch")).toMatchObject({
      code: 2,
      stdout: "",
      stderr:
        'mlops: Nobody signs a "lunch". Did you mean launch? Choose one of launch, data, risk, dpia, fria, review, exception, early.\n',
    });
    const empty = await mlops(["request-sign-off", "nowhere"], { cwd: repository.path, env: {} });
    expect(empty).toMatchObject({ code: 2, stdout: "" });
    expect(readdirSync(repository.path)).not.toContain(".mlops");
  });
});
