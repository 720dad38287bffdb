import { setImmediate as pause } from "node:timers/promises";

import { describe, expect, it } from "vitest";

import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { pausingFiles } from "../../../src/editor/lint/pausingFiles";
import { memoryFiles } from "../../builders/memoryFiles";

/** Reads a text again and again, working for so many milliseconds on each; counts how often others get the thread meanwhile. */
async function othersDuring(reads: number, work: number): Promise<number> {
  let time = 0;
  const files = pausingFiles(memoryFiles({ "mlops.yaml": "version: 1\n" }), () => time);
  let others = 0;
  const over = new AbortController();
  const beside = (async () => {
    await pause();
    while (!over.signal.aborted) {
      others++;
      await pause();
    }
  })();
  for (let read = 0; read < reads; read++) {
    expect(await files.readText("mlops.yaml", NEVER_CANCELLED)).toBe("version: 1\n");
    time += work;
  }
  over.abort();
  await beside;
  return others;
}

describe("reading many known texts", () => {
  it("lets others have the thread after some work", async () => {
    expect(await othersDuring(100, 5)).toBeGreaterThanOrEqual(20);
  });

  it("goes on without a pause where there is little work", async () => {
    expect(await othersDuring(100, 0)).toBe(0);
  });
});
