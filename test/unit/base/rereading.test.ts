import { beforeEach, describe, expect, it } from "vitest";

import { readEach } from "../../../src/core/base/readEach";
import { Rereading } from "../../../src/core/base/rereading";

/** What is to be read, and what was taken over. */
let there: string;
let shown: string[];
let pending: (() => void)[];
let reading: Rereading;

beforeEach(() => {
  there = "a";
  shown = [];
  pending = [];
  reading = new Rereading(async () => {
    const text = there;
    await new Promise<void>((resolve) => pending.push(resolve));
    return () => shown.push(text);
  });
});

/** Lets the reading that goes on come to its end. */
async function endOne(): Promise<void> {
  pending.shift()?.();
  await new Promise((resolve) => setTimeout(resolve));
}

describe("what is read again", () => {
  it("is shared by all who ask while it is read, and kept for those who ask later", async () => {
    const one = reading.refresh();
    expect(reading.refresh()).toBe(one);
    await endOne();
    await endOne();
    await one;
    await reading.ready();
    expect(shown).toEqual(["a", "a"]);
    expect(pending).toEqual([]);
    expect(reading.isRead).toBe(true);
  });

  it("is read once where somebody wants it that is being read for the first time", async () => {
    const all = Promise.all([reading.ready(), reading.ready()]);
    await endOne();
    await all;
    expect(shown).toEqual(["a"]);
    expect(pending).toEqual([]);
  });

  it("is read once more, and no oftener, where it changes while it is read", async () => {
    const first = reading.refresh();
    there = "b";
    const second = reading.refresh();
    void reading.refresh();
    await endOne();
    expect(shown).toEqual(["a"]);
    await endOne();
    await Promise.all([first, second]);
    expect(shown).toEqual(["a", "b"]);
    expect(pending).toEqual([]);
  });

  it("is left alone when it is forgotten, until somebody asks", async () => {
    const first = reading.ready();
    await endOne();
    await first;
    there = "b";
    reading.forget();
    expect(reading.isRead).toBe(false);
    expect(pending).toEqual([]);
    const next = reading.ready();
    await endOne();
    await next;
    expect(shown).toEqual(["a", "b"]);
  });

  it("is not taken for known where it was forgotten while it was read", async () => {
    const first = reading.ready();
    there = "b";
    reading.forget();
    await endOne();
    await first;
    expect([reading.isRead, shown]).toEqual([false, ["a"]]);
    const next = reading.ready();
    await endOne();
    await next;
    expect([reading.isRead, shown]).toEqual([true, ["a", "b"]]);
  });

  it("tells a failure to those who wait, and tries again for the next", async () => {
    let fails = true;
    const failing = new Rereading(() => (fails ? Promise.reject(new Error("gone")) : Promise.resolve(() => shown.push("c"))));
    await expect(failing.ready()).rejects.toThrow("gone");
    expect(failing.isRead).toBe(false);
    fails = false;
    await failing.ready();
    expect(shown).toEqual(["c"]);
  });

  it("is known before what was read is taken over, so that whoever is told of it reads nothing again", async () => {
    let count = 0;
    const told: Rereading = new Rereading(() => {
      count++;
      return Promise.resolve(() => void told.ready());
    });
    await told.ready();
    await told.ready();
    expect(count).toBe(1);
  });
});

describe("reading one after the other", () => {
  it("goes on after what cannot be read, logs it and says it", async () => {
    const logged: unknown[] = [];
    const read: number[] = [];
    const bad = new Error("two is broken");
    const problems = await readEach(
      [1, 2, 3],
      (one) => {
        read.push(one);
        return one === 2 ? Promise.reject(bad) : Promise.resolve();
      },
      (error) => logged.push(error),
    );
    expect(read).toEqual([1, 2, 3]);
    expect(logged).toEqual([bad]);
    expect(problems).toHaveLength(1);
  });

  it("ends when it is cancelled, which is no problem to tell", async () => {
    const logged: unknown[] = [];
    const cancelled = new DOMException("", "AbortError");
    await expect(
      readEach(
        [1, 2],
        () => Promise.reject(cancelled),
        (error) => logged.push(error),
      ),
    ).rejects.toBe(cancelled);
    expect(logged).toEqual([]);
  });
});
