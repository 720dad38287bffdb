import { describe, expect, it } from "vitest";

import { withinTime } from "../../../src/adapters/node/timeLimit";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";

describe("a limit of time", () => {
  const untilAborted = (signal: { addEventListener(type: "abort", listener: () => void): void; throwIfAborted(): void }): Promise<never> =>
    new Promise((_, reject) => {
      signal.addEventListener("abort", () => {
        try {
          signal.throwIfAborted();
        } catch (reason) {
          reject(reason instanceof Error ? reason : new Error(String(reason)));
        }
      });
    });

  it("hands on what the work gives, and why it fails", async () => {
    expect(await withinTime(60_000, "It", NEVER_CANCELLED, () => Promise.resolve(7))).toBe(7);
    await expect(withinTime(60_000, "It", NEVER_CANCELLED, () => Promise.reject(new Error("No.")))).rejects.toThrow("No.");
  });

  it("ends work that takes longer, with a sentence", async () => {
    await expect(withinTime(20, "The step", NEVER_CANCELLED, untilAborted)).rejects.toMatchObject({
      code: "store/timeout",
      message: "The step was not done within 20 ms.",
    });
  });

  it("ends with the reason of whoever called it off", async () => {
    const stop = new AbortController();
    const work = withinTime(60_000, "It", stop.signal, untilAborted);
    stop.abort();
    await expect(work).rejects.toMatchObject({ name: "AbortError" });
    await expect(withinTime(60_000, "It", stop.signal, () => Promise.resolve(7))).rejects.toMatchObject({ name: "AbortError" });
  });
});
