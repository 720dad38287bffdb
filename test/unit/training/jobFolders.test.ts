import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { openJobFolders } from "../../../src/adapters/node/jobFolders";
import { createFile, makeFolder, replaceFile } from "../../../src/adapters/node/atomicFile";
import { readLogPart, readLogTail } from "../../../src/adapters/node/jobs/jobLog";
import { logProgress } from "../../../src/adapters/node/jobs/logProgress";
import { AppError } from "../../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import { newJob } from "../../../src/core/training/newJob";
import type { TrainingJob } from "../../../src/core/training/trainingJob";
import { specOf } from "../../contract/localProject";
import { samplePlan } from "../../contract/samplePlan";

let root: string;
const mounts: string[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "mlops-journal-"));
});
afterEach(() => {
  for (const place of mounts.splice(0)) {
    execFileSync("umount", [place]);
  }
  rmSync(root, { recursive: true, force: true });
});

const CONFIG = "product/mlops.yaml";
const planOf = (id: string, fingerprint: string | null = null) =>
  samplePlan(
    { jobId: id, spec: specOf(root, ["true"]), params: {}, overrides: {}, tags: {}, consents: [] },
    { kind: "command", argv: ["true"], shell: false, cwd: root, env: {} },
    fingerprint,
  );
const claim = (id: string, fingerprint: string | null = null, at = 1) => {
  const plan = planOf(id, fingerprint);
  return openJobFolders(root).claim(plan, newJob(plan, at, null), NEVER_CANCELLED);
};
const idOf = (index: number): string => `sample-20260101-${String(index).padStart(6, "0")}-abcdef`;
const end = (now: TrainingJob): TrainingJob => ({ ...now, status: { ...now.status, state: "succeeded" } });

/** Mounts a tiny file system where that is allowed. @returns whether it was. */
function mount(options: string): boolean {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", options, "tmpfs", root], { stdio: "ignore" });
    mounts.push(root);
    return true;
  } catch {
    return false;
  }
}
/** What the journal is told where no such file system can be mounted. */
const failing = (reason: string) => {
  const fail = (): Promise<never> => Promise.reject(new AppError("file/unwritable", `The file was not written: ${reason}.`));
  return { create: fail, replace: fail, makeFolder };
};

describe("Jobs in folders", () => {
  it("lets one of many take a plan and a fingerprint", async () => {
    const same = await Promise.all(Array.from({ length: 8 }, () => claim(idOf(1), "f")));
    expect(same.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    const others = await Promise.all(Array.from({ length: 6 }, (_, index) => claim(idOf(10 + index), "g")));
    expect(others.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    expect(readFileSync(join(root, "product", ".mlops", "jobs", ".gitignore"), "utf8")).toBe("*\n");
  });

  it("gives a fingerprint on once its job is over, to one of many", async () => {
    await claim(idOf(1), "f");
    expect(await claim(idOf(2), "f")).toMatchObject({ kind: "taken", by: { id: idOf(1) } });
    await openJobFolders(root).update({ id: idOf(1), config: CONFIG }, end, NEVER_CANCELLED);
    const all = await Promise.all([3, 4, 5, 6].map((index) => claim(idOf(index), "f")));
    expect(all.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    expect(await claim(idOf(1), "f")).toMatchObject({ kind: "taken" });
  });

  it("keeps what everybody says at once", async () => {
    await claim(idOf(1));
    const add = (word: string) => (now: TrainingJob) => ({ ...now, by: `${now.by ?? ""}${word}` });
    const words = Array.from("abcdefghijkl");
    await Promise.all(words.map((word) => openJobFolders(root).update({ id: idOf(1), config: CONFIG }, add(word), NEVER_CANCELLED)));
    const job = await openJobFolders(root).read(idOf(1), CONFIG, NEVER_CANCELLED);
    expect(Array.from(job?.by ?? "").sort()).toEqual(words);
  });

  it("breaks the lock of a process that is gone, once", async () => {
    await claim(idOf(1));
    const gone = { token: "dead", mark: { pid: 2 ** 22 + 5, start: "1", machine: { host: "", boot: null, space: null } } };
    const { thisMachine } = await import("../../../src/adapters/node/jobs/processIdentity");
    writeFileSync(
      join(root, "product/.mlops/jobs", idOf(1), ".lock"),
      JSON.stringify({ ...gone, mark: { ...gone.mark, machine: thisMachine() } }),
    );
    const add = (now: TrainingJob) => ({ ...now, createdAt: now.createdAt + 1 });
    await Promise.all(Array.from({ length: 6 }, () => openJobFolders(root).update({ id: idOf(1), config: CONFIG }, add, NEVER_CANCELLED)));
    expect(await openJobFolders(root).read(idOf(1), CONFIG, NEVER_CANCELLED)).toMatchObject({ createdAt: 7 });
    expect(readdirSync(join(root, "product/.mlops/jobs", idOf(1))).sort()).toEqual(["job.json", "plan.json"]);
  });

  describe.each(["before", "after"] as const)("a process that loses its lock %s it has written its claim", (when) => {
    /** Another process found the lock too old, and took it away; then it does its own. */
    const overtaken = (meanwhile: () => Promise<unknown>) => {
      const isMoment = (path: string): boolean => path.endsWith(when === "before" ? "plan.json" : "job.json");
      let isDone = false;
      const around =
        <T>(write: (path: string, text: string) => Promise<T>) =>
        async (path: string, text: string): Promise<T> => {
          const written = await write(path, text);
          if (!isDone && isMoment(path)) {
            isDone = true;
            rmSync(join(root, "product/.mlops/jobs/.claim.lock"));
            await meanwhile();
          }
          return written;
        };
      return openJobFolders(root, { create: around(createFile), replace: around(replaceFile), makeFolder });
    };

    it("starts nothing that another one has taken", async () => {
      const plan = planOf(idOf(1), "f");
      let other: unknown = null;
      const journal = overtaken(async () => (other = await claim(idOf(2), "f")));
      await expect(journal.claim(plan, newJob(plan, 1, null), NEVER_CANCELLED)).rejects.toThrow("stood still");
      expect(other).toMatchObject({ kind: when === "before" ? "claimed" : "taken" });
      expect(await openJobFolders(root).read(idOf(1), CONFIG, NEVER_CANCELLED)).toMatchObject({ phase: "refused" });
      expect((await claim(idOf(3), "f")).kind).toBe(when === "before" ? "taken" : "claimed");
    });

    it("leaves the same plan with whoever has it", async () => {
      const plan = planOf(idOf(1), "f");
      const all: unknown[] = [];
      const journal = overtaken(async () => all.push(await claim(idOf(1), "f")));
      all.push(await journal.claim(plan, newJob(plan, 1, null), NEVER_CANCELLED).catch(() => null));
      expect(all.filter((one) => one !== null && (one as { kind: string }).kind === "claimed")).toHaveLength(when === "before" ? 1 : 0);
      const { jobs } = await openJobFolders(root).list([CONFIG], 10, NEVER_CANCELLED);
      expect(jobs).toMatchObject([{ id: idOf(1), phase: when === "before" ? "claimed" : "refused" }]);
    });
  });

  it("changes a job anew where another changed it meanwhile", async () => {
    await claim(idOf(1));
    const ref = { id: idOf(1), config: CONFIG };
    const lock = join(root, "product/.mlops/jobs", idOf(1), ".lock");
    const other = (now: TrainingJob): TrainingJob => ({ ...now, by: "other" });
    let tries = 0;
    const changed = await openJobFolders(root).update(
      ref,
      (now) => {
        tries += 1;
        if (tries === 1) {
          writeFileSync(lock, "another's");
          writeFileSync(join(root, "product/.mlops/jobs", idOf(1), "job.json"), JSON.stringify(other(now)));
          setTimeout(() => rmSync(lock), 50);
        }
        return { ...now, createdAt: now.createdAt + 1 };
      },
      NEVER_CANCELLED,
    );
    expect(changed).toMatchObject({ by: "other", createdAt: 2 });
    expect(tries).toBe(2);
  });

  it("lists the newest first, and says a sentence of a damaged file", async () => {
    for (const index of [1, 3, 2]) {
      await claim(idOf(index), null, index);
    }
    writeFileSync(join(root, "product/.mlops/jobs", idOf(2), "job.json"), "{");
    mkdirSync(join(root, "product/.mlops/jobs/.hidden"));
    const { jobs, problems, total } = await openJobFolders(root).list([CONFIG, "other/mlops.yaml"], 10, NEVER_CANCELLED);
    expect(jobs.map(({ id }) => id)).toEqual([idOf(3), idOf(1)]);
    expect(problems).toEqual([expect.stringMatching(/is damaged: .+\.$/)]);
    expect(total).toBe(3);
    await expect(claim(idOf(2))).rejects.toMatchObject({ code: "file/unreadable" });
  });

  it("takes no id that leads elsewhere", async () => {
    for (const id of ["../x", "a/b", "", ".x", "a\0", "x".repeat(101)]) {
      await expect(openJobFolders(root).read(id, CONFIG, NEVER_CANCELLED)).rejects.toMatchObject({ code: "usage" });
    }
  });

  it("says that the disk is full, and keeps what was there", async () => {
    const isMounted = mount("size=64k");
    await claim(idOf(1));
    const before = await openJobFolders(root).read(idOf(1), CONFIG, NEVER_CANCELLED);
    if (isMounted) {
      expect(() => writeFileSync(join(root, "filler"), Buffer.alloc(100_000))).toThrow("ENOSPC");
    }
    const journal = isMounted ? openJobFolders(root) : openJobFolders(root, failing("the disk is full"));
    const grow = (now: TrainingJob): TrainingJob => ({ ...now, by: "x".repeat(9000) });
    await expect(journal.update({ id: idOf(1), config: CONFIG }, grow, NEVER_CANCELLED)).rejects.toMatchObject({
      code: "file/unwritable",
      message: expect.stringContaining("the disk is full") as string,
    });
    expect(await openJobFolders(root).read(idOf(1), CONFIG, NEVER_CANCELLED)).toEqual(before);
  });

  it("says that a folder is read-only", async () => {
    await claim(idOf(1));
    const isMounted = mount("ro");
    const plan = planOf(idOf(2));
    const journal = isMounted ? openJobFolders(root) : openJobFolders(root, failing("the disk is read-only"));
    await expect(journal.claim(plan, newJob(plan, 1, null), NEVER_CANCELLED)).rejects.toMatchObject({
      code: "file/unwritable",
      message: expect.stringContaining("read-only") as string,
    });
  });
});

describe("A growing log", () => {
  it("is read in parts that cut no character, and by its end", async () => {
    const path = join(root, "log.txt");
    const text = "ä✓😀\n".repeat(300_000);
    writeFileSync(path, text);
    let read = "";
    let next = 0;
    for (let isAtEnd = false; !isAtEnd;) {
      const part = await readLogPart(path, next, true);
      read += part.text;
      ({ next, isAtEnd } = part);
    }
    expect(read === text).toBe(true);
    writeFileSync(path, Buffer.from("ab✓").subarray(0, 4));
    expect(await readLogPart(path, 0, false)).toMatchObject({ text: "ab", next: 2 });
    writeFileSync(path, "one\ntwo ✓\nthree\n");
    expect(await readLogTail(path, 12)).toBe("three\n");
  });

  it("tells progress only where it is clear", () => {
    expect(logProgress("Epoch 3/10 loss 0.1\n")).toBe(0.3);
    expect(logProgress(" 30%|███   | 3/10 [00:01<00:03]\r 40%|████  | 4/10")).toBe(0.4);
    expect(logProgress("accuracy 93%\n")).toBeNull();
    expect(logProgress("epoch 12/10\n")).toBeNull();
  });
});
