import { describe, expect, it } from "vitest";

import type { CancelSignal } from "../../../../src/core/base/cancel";
import type { WorkspaceFiles } from "../../../../src/core/lint/workspace/lintPorts";
import { memoFiles } from "../../../../src/core/lint/workspace/memoFiles";
import type { TableReading } from "../../../../src/core/tabular/tableReading";

const never = new AbortController().signal;

/** Files in memory that note what they are asked. */
class CountedFiles implements WorkspaceFiles {
  readonly asked: string[] = [];
  readonly texts = new Map<string, string>();
  failing = false;

  constructor(...paths: readonly string[]) {
    paths.forEach((path) => this.texts.set(path, path));
  }

  async list(): Promise<readonly string[]> {
    this.note("list");
    return [...this.texts.keys()].sort();
  }

  async readText(path: string, signal: CancelSignal): Promise<string | null> {
    this.note(`text ${path}`);
    await Promise.resolve();
    signal.throwIfAborted();
    return this.texts.get(path) ?? null;
  }

  async look(path: string): ReturnType<WorkspaceFiles["look"]> {
    this.note(`look ${path}`);
    const size = this.texts.get(path)?.length;
    const isFolder = [...this.texts.keys()].some((file) => file.startsWith(`${path}/`));
    return size !== undefined ? { kind: "file", size } : { kind: isFolder ? "folder" : "missing", size: null };
  }

  async sha256(path: string): Promise<string | null> {
    this.note(`hash ${path}`);
    return this.texts.get(path) ?? null;
  }

  async columnNames(path: string, _signal: CancelSignal, reading?: TableReading): Promise<readonly string[] | null> {
    this.note(`columns ${path}${reading === undefined ? "" : ` ${JSON.stringify(reading)}`}`);
    return null;
  }

  private note(question: string): void {
    this.asked.push(question);
    if (this.failing) {
      throw new Error("The disk is gone.");
    }
  }
}

describe("memoFiles", () => {
  it("asks for each thing once", async () => {
    const files = new CountedFiles("a.csv");
    const memo = memoFiles(files);
    for (let round = 0; round < 3; round++) {
      await Promise.all([
        memo.list(never),
        memo.readText("a.csv", never),
        memo.readText("gone", never),
        memo.look("a.csv", never),
        memo.sha256("a.csv", never),
        memo.columnNames("a.csv", never),
      ]);
    }
    expect(files.asked.sort()).toEqual(["columns a.csv", "hash a.csv", "list", "look a.csv", "text a.csv", "text gone"]);
  });

  it("asks for columns once for each way of reading, and anew once the file has changed", async () => {
    const files = new CountedFiles("a.csv", "a.csv2");
    const memo = memoFiles(files);
    const readings: readonly (TableReading | undefined)[] = [undefined, {}, { separator: ";" }, { separator: ";" }, { encoding: "latin1" }];
    const askAll = async (): Promise<readonly string[]> => {
      await Promise.all(readings.map((reading) => memo.columnNames("a.csv", never, reading)));
      await memo.columnNames("a.csv2", never, { separator: ";" });
      return files.asked.splice(0);
    };
    const each = ["columns a.csv", 'columns a.csv {"separator":";"}', 'columns a.csv {"encoding":"latin1"}'];
    expect(await askAll()).toEqual([...each, 'columns a.csv2 {"separator":";"}']);
    expect(await askAll()).toEqual([]);
    memo.forget("a.csv");
    expect(await askAll()).toEqual(each);
  });

  it("reads a changed file anew, and keeps the list where the file only changed", async () => {
    const files = new CountedFiles("a/x.csv", "b.csv");
    const memo = memoFiles(files);
    const list = await memo.list(never);
    await memo.readText("a/x.csv", never);
    await memo.readText("b.csv", never);
    files.texts.set("a/x.csv", "new");
    memo.forget("a/x.csv");
    expect(await memo.readText("a/x.csv", never)).toBe("new");
    expect(await memo.readText("b.csv", never)).toBe("b.csv");
    expect(await memo.list(never)).toBe(list);
    expect(files.asked).toEqual(["list", "text a/x.csv", "text b.csv", "text a/x.csv", "look a/x.csv"]);
  });

  it("lists anew what came and went, folders too", async () => {
    const files = new CountedFiles("b.csv");
    const memo = memoFiles(files);
    await memo.list(never);
    expect((await memo.look("a", never)).kind).toBe("missing");
    files.texts.set("a/x.csv", "x");
    memo.forget("a/x.csv");
    expect(await memo.list(never)).toEqual(["a/x.csv", "b.csv"]);
    expect((await memo.look("a", never)).kind).toBe("folder");
    files.texts.delete("a/x.csv");
    memo.forget("a");
    expect(await memo.list(never)).toEqual(["b.csv"]);
    expect(await memo.readText("a/x.csv", never)).toBeNull();
  });

  it("does not list anew for what tools write", async () => {
    const files = new CountedFiles("b.csv");
    const memo = memoFiles(files);
    const list = await memo.list(never);
    files.texts.set("mlruns/0/meta.yaml", "x");
    memo.forget("mlruns/0/meta.yaml");
    expect(await memo.list(never)).toBe(list);
    expect(files.asked).toEqual(["list"]);
  });

  it("forgets everything", async () => {
    const files = new CountedFiles("b.csv");
    const memo = memoFiles(files);
    await memo.readText("b.csv", never);
    files.texts.set("b.csv", "new");
    memo.forget();
    expect(await memo.readText("b.csv", never)).toBe("new");
  });

  it("does not remember a failure", async () => {
    const files = new CountedFiles("b.csv");
    const memo = memoFiles(files);
    files.failing = true;
    await expect(memo.readText("b.csv", never)).rejects.toThrow("The disk is gone.");
    await expect(memo.list(never)).rejects.toThrow("The disk is gone.");
    files.failing = false;
    expect(await memo.readText("b.csv", never)).toBe("b.csv");
    expect(await memo.list(never)).toEqual(["b.csv"]);
  });

  it("goes on for others when one caller gives up", async () => {
    const files = new CountedFiles("b.csv");
    const memo = memoFiles(files);
    const controller = new AbortController();
    const impatient = memo.readText("b.csv", controller.signal);
    const patient = memo.readText("b.csv", never);
    controller.abort();
    await expect(impatient).rejects.toThrow(/abort/i);
    expect(await patient).toBe("b.csv");
    await expect(memo.readText("b.csv", AbortSignal.abort())).rejects.toThrow(/abort/i);
    expect(files.asked).toEqual(["text b.csv"]);
  });
});
