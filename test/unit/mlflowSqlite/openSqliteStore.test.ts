import { mkdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSqliteStore } from "../../../src/adapters/mlflowSqlite/openSqliteStore";
import { loadSqliteModule } from "../../../src/adapters/mlflowSqlite/sqliteModule";
import { AppError } from "../../../src/core/base/appError";
import { allRuns, change, copiedDatabase, opened, scratchFolder } from "../../builders/sqliteDatabase";

const signal = new AbortController().signal;

async function refusal(path: string): Promise<{ code: string; text: string }> {
  try {
    (await openSqliteStore(path, signal)).dispose();
  } catch (error) {
    if (error instanceof AppError) {
      return { code: error.code, text: `${error.message} ${error.remedy ?? ""}` };
    }
    throw error;
  }
  throw new Error("The store opened.");
}

describe("what is no MLflow database", () => {
  const files: readonly (readonly [what: string, code: string, text: RegExp, make: (path: string) => void])[] = [
    ["nothing", "store/not-found", /no database at/, () => undefined],
    ["an empty file", "store/not-mlflow", /is empty/, (path) => writeFileSync(path, "")],
    ["a text", "store/not-mlflow", /not an SQLite database/, (path) => writeFileSync(path, "hello world ".repeat(1000))],
    ["an encrypted file", "store/not-mlflow", /encrypted/, (path) => writeFileSync(path, Buffer.alloc(8192, 0x9c))],
    ["only the first words of a database", "store/not-mlflow", /SQLite/, (path) => writeFileSync(path, "SQLite format 3\0 and then")],
    ["a folder", "store/not-mlflow", /is a folder/, (path) => mkdirSync(path)],
    ["a database without tables", "store/not-mlflow", /no MLflow data/, (path) => change(path, "CREATE TABLE x(a); DROP TABLE x")],
    [
      "another program's database",
      "store/not-mlflow",
      /no MLflow data/,
      (path) => change(path, "CREATE TABLE runs(id); CREATE TABLE experiments(id, name)"),
    ],
  ];

  it.each(files)("refuses %s", async (_, code, text, make) => {
    const path = join(scratchFolder(), "mlflow.db");
    make(path);
    const refused = await refusal(path);
    expect(refused.code).toBe(code);
    expect(refused.text).toMatch(text);
    expect(refused.text).toMatch(/\. [A-Z].*\.$/);
  });

  it("names a file whose name would break a sentence", async () => {
    const { text } = await refusal(join(scratchFolder(), "a\nb\u0007.db"));
    expect(text).not.toMatch(/[\n\u0007]/);
  });

  it("opens a file whose name looks like an address", async () => {
    const path = join(scratchFolder(), "a b?mode=memory#x%20é.db");
    writeFileSync(path, readFileSync(copiedDatabase()));
    expect(await allRuns(await opened(path))).toHaveLength(77);
  });
});

describe("a damaged database", () => {
  it("says so where it was cut short, and never fails in another way", async () => {
    for (const part of [0.02, 0.1, 0.5, 0.9]) {
      const path = copiedDatabase();
      truncateSync(path, Math.floor(readFileSync(path).length * part));
      await expect(async () => allRuns(await opened(path)), String(part)).rejects.toMatchObject({ code: "store/unreadable" });
    }
  });

  it("says so where its middle was overwritten", async () => {
    const path = copiedDatabase();
    const bytes = readFileSync(path);
    bytes.fill(0xa5, 100 * 4096, 350 * 4096);
    writeFileSync(path, bytes);
    await expect(async () => {
      const store = await opened(path);
      await allRuns(store);
      await store.searchRegisteredModels({ pageSize: 100 }, signal);
    }).rejects.toMatchObject({ code: "store/unreadable", message: expect.stringContaining("damaged") as string });
  });
});

describe("an editor without SQLite", () => {
  it("says which way out there is", async () => {
    const missing = (): never => {
      throw new AppError("store/module-missing", "x");
    };
    await expect(openSqliteStore(copiedDatabase(), signal, { loadModule: missing })).rejects.toMatchObject({
      code: "store/module-missing",
    });
    const original = Object.getOwnPropertyDescriptor(process, "getBuiltinModule") ?? {};
    try {
      for (const old of [undefined, () => undefined]) {
        Object.defineProperty(process, "getBuiltinModule", { ...original, value: old });
        expect(() => loadSqliteModule()).toThrow(expect.objectContaining({ code: "store/module-missing" }) as Error);
      }
    } finally {
      Object.defineProperty(process, "getBuiltinModule", original);
    }
  });
});

it("stops opening when it is told to", async () => {
  await expect(openSqliteStore(copiedDatabase(), AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
});

it("tells a closed store as a sentence", async () => {
  const store = await openSqliteStore(copiedDatabase(), signal);
  store.dispose();
  store.dispose();
  await expect(store.getRun("x", signal)).rejects.toMatchObject({ code: "store/unreadable", message: "The store was closed." });
});

it("writes nothing, whatever happens", async () => {
  const path = copiedDatabase();
  const before = readFileSync(path);
  await allRuns(await opened(path));
  expect(readFileSync(path).equals(before)).toBe(true);
});
