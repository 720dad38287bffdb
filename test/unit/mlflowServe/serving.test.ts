import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

import { failureWords } from "../../../src/adapters/mlflowServe/failureWords";
import { RequestCount } from "../../../src/adapters/mlflowServe/requestCount";
import { serveAddress } from "../../../src/adapters/mlflowServe/serveAddress";
import { servedFolder } from "../../../src/adapters/mlflowServe/servedFolder";

const scratch = mkdtempSync(join(tmpdir(), "mlops-serving-"));
let count = 0;

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function file(text = ""): string {
  count += 1;
  const path = join(scratch, `${count}.txt`);
  writeFileSync(path, text);
  return path;
}

describe("the address of a target that MLflow serves", () => {
  it("is asked from this machine, and says whether others reach it", () => {
    expect(serveAddress("http://127.0.0.1:5001/", "a")).toEqual({
      host: "127.0.0.1",
      port: 5001,
      url: "http://127.0.0.1:5001",
      isLoopback: true,
    });
    expect(serveAddress("http://localhost:5001", "a").isLoopback).toBe(true);
    expect(serveAddress("http://0.0.0.0:5001", "a")).toMatchObject({ host: "0.0.0.0", url: "http://127.0.0.1:5001", isLoopback: false });
    expect(serveAddress("http://[::]:5001", "a")).toMatchObject({ url: "http://[::1]:5001", isLoopback: false });
    expect(serveAddress("http://10.0.0.7:5001", "a").isLoopback).toBe(false);
  });

  it.each([
    null,
    "https://127.0.0.1:5001",
    "http://127.0.0.1",
    "http://127.0.0.1:5001/models",
    "127.0.0.1:5001",
    "http://a:b@127.0.0.1:5001",
  ])("is none with %s", (address) => {
    expect(() => serveAddress(address, "service")).toThrow('The address of the target "service"');
  });
});

describe("the folder of a target", () => {
  it("is another one for each name, below its own, and never a hidden one", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, maxLength: 80, unit: "grapheme" }), { minLength: 2, maxLength: 5 }), (names) => {
        const folders = names.map((name) => servedFolder({ folder: "/p", name }));
        expect(new Set(folders).size).toBe(names.length);
        for (const folder of folders) {
          expect(folder).toMatch(/^\/p\/\.mlops\/deployments\/served\/[A-Za-z0-9_][A-Za-z0-9_.-]*$/);
        }
      }),
    );
    expect(servedFolder({ folder: "/p", name: "production" })).toBe("/p/.mlops/deployments/served/production");
  });
});

describe("requests in a log", () => {
  it("are counted once, however the log is written and whenever it is looked at", async () => {
    const LINE = 'INFO:     127.0.0.1:1 - "POST /invocations HTTP/1.1" 200 OK\n';
    const OTHER = 'INFO:     127.0.0.1:1 - "GET /ping HTTP/1.1" 200 OK\n';
    await fc.assert(
      fc.asyncProperty(fc.array(fc.boolean(), { maxLength: 8 }), fc.array(fc.nat(500), { maxLength: 6 }), async (lines, cuts) => {
        const text = lines.map((isRequest) => (isRequest ? LINE : OTHER)).join("");
        const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((a, b) => a - b);
        const path = file();
        const counts = new RequestCount();
        let seen = 0;
        for (const [index, place] of places.slice(1).entries()) {
          appendFileSync(path, text.slice(places[index], place));
          seen = (await counts.of(path)) ?? -1;
        }
        expect(seen).toBe(lines.filter(Boolean).length);
      }),
      { numRuns: 60 },
    );
  });

  it("are found across the parts in which a large log is read, and nowhere without a log", async () => {
    const line = '"POST /invocations';
    const path = file(`${"x".repeat(1024 * 1024 - 5)}${line}${"x".repeat(1024 * 1024)}${line}`);
    expect(await new RequestCount().of(path)).toBe(2);
    expect(await new RequestCount().of(join(scratch, "none"))).toBeNull();
  });
});

describe("what a log says of a failure", () => {
  it.each([
    [
      "Traceback (most recent call last):\n  File\nValueError: no weights\nException: Command '['bash']' returned non zero return code. Return code = 1\n",
      "ValueError: no weights",
    ],
    [
      "x\nmlflow.exceptions.MlflowException: Registered Model with name=churn not found\n",
      "mlflow.exceptions.MlflowException: Registered Model with name=churn not found",
    ],
    ["ERROR:    [Errno 98] address already in use\n", "[Errno 98] address already in use"],
    ["/usr/bin/python: No module named mlflow\n", "/usr/bin/python: No module named mlflow"],
    ["OSError: cannot read https://ana:hunter2@host/a?token=hunter2 now\n", "OSError: cannot read https://host/a now"],
    ["plain words\n\n", "plain words"],
    ["", null],
  ])("is the last complaint of %j", async (text, words) => {
    expect(await failureWords(file(text))).toBe(words);
  });
});
