import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { hasPackage } from "../../../src/adapters/node/jobs/choosePython";

let folder: string;
let python: string;
let calls: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mlops-package-"));
  python = join(folder, "python");
  calls = join(folder, "calls");
  writeFileSync(calls, "");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program in place of Python that notes each start. */
function answering(words: string): void {
  writeFileSync(python, `#!/bin/sh\necho started >> '${calls}'\nprintf '%s\\n' '${words}'\n`);
  chmodSync(python, 0o755);
}

const starts = (): number => readFileSync(calls, "utf8").split("\n").length - 1;

describe("whether a Python has a package", () => {
  it("is asked once while the package's file is there, and again once it is gone", async () => {
    const file = join(folder, "__init__.py");
    writeFileSync(file, "");
    answering(`True ${JSON.stringify(file)}`);
    expect(await hasPackage(python, "mlflow")).toBe(true);
    expect(await hasPackage(python, "mlflow")).toBe(true);
    expect(starts()).toBe(1);
    rmSync(file);
    answering("False null");
    expect(await hasPackage(python, "mlflow")).toBe(false);
    expect(starts()).toBe(2);
  });

  it("is asked anew as long as it is missing, so that what is installed meanwhile is seen", async () => {
    answering("False null");
    expect(await hasPackage(python, "mlflow")).toBe(false);
    answering("True null");
    expect(await hasPackage(python, "mlflow")).toBe(true);
    expect(starts()).toBe(2);
  });

  it("is not known of a program that is none", async () => {
    expect(await hasPackage(join(folder, "nothing"), "mlflow")).toBeNull();
  });
});
