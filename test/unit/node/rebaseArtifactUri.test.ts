import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { rebaseArtifactUri } from "../../../src/adapters/node/rebaseArtifactUri";

let base: string;
let root: string;

const make = (path: string): string => {
  const folder = join(base, path);
  mkdirSync(folder, { recursive: true });
  return folder;
};

beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "rebase-")));
  root = make("store");
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

describe("a store that was moved", () => {
  const forms: readonly (readonly [string, string])[] = [
    ["a POSIX path", "/home/ann/proj/mlruns/1/abc/artifacts"],
    ["a file URI", "file:///home/ann/proj/mlruns/1/abc/artifacts"],
    ["a file URI with host", "file://localhost/home/ann/proj/mlruns/1/abc/artifacts"],
    ["a file URI of a share", "file://server/share/proj/mlruns/1/abc/artifacts"],
    ["a file URI without slashes", "file:mlruns/1/abc/artifacts"],
    ["a Windows path", "C:\\Users\\Ann\\proj\\mlruns\\1\\abc\\artifacts"],
    ["a Windows path with slashes", "C:/Users/Ann/proj/mlruns/1/abc/artifacts"],
    ["a Windows file URI", "file:///C:/Users/Ann%20Lee/proj/mlruns/1/abc/artifacts"],
    ["a Windows file URI with two slashes", "file://C:/Users/Ann/mlruns/1/abc/artifacts"],
    ["a UNC path", "\\\\server\\share\\proj\\mlruns\\1\\abc\\artifacts"],
    ["a relative path", "./mlruns/1/abc/artifacts"],
    ["a relative path from elsewhere", "../proj/mlruns/1/abc/artifacts/"],
    ["a path with dots", "/home/ann/other/../proj/./mlruns/1/abc/artifacts"],
  ];

  it.each(forms)("is found from %s", async (_, recorded) => {
    const folder = make("store/mlruns/1/abc/artifacts");
    expect(await rebaseArtifactUri(recorded, [root])).toBe(folder);
  });

  it("knows the place of an experiment's files where none was logged yet, but not of files that are somewhere else", async () => {
    const files = make("store/mlruns");
    expect(await rebaseArtifactUri("/home/ann/proj/mlruns/1/abc/artifacts", [root])).toBe(join(files, "1/abc/artifacts"));
    await expect(rebaseArtifactUri("/home/ann/proj/other/1/abc/artifacts", [root])).rejects.toMatchObject({
      code: "artifact/outside-root",
    });
    const elsewhere = make("elsewhere/mlruns/1/abc/artifacts");
    await expect(rebaseArtifactUri(elsewhere, [root])).rejects.toMatchObject({ code: "artifact/outside-root" });
  });

  it("is found where names are percent-encoded, and where they only look so", async () => {
    const spaced = make("store/mlruns/1/a b/artifacts");
    expect(await rebaseArtifactUri("file:///old/mlruns/1/a%20b/artifacts", [root])).toBe(spaced);
    const percent = make("store/mlruns/1/100%/artifacts");
    expect(await rebaseArtifactUri("file:///old/mlruns/1/100%/artifacts", [root])).toBe(percent);
    expect(await rebaseArtifactUri("/old/mlruns/1/100%/artifacts", [root])).toBe(percent);
  });

  it("prefers the recorded folder, then the longest tail", async () => {
    const exact = make("store/mlruns/1/abc/artifacts");
    make("store/1/abc/artifacts");
    expect(await rebaseArtifactUri(exact, [root])).toBe(exact);
    expect(await rebaseArtifactUri("/old/mlruns/1/abc/artifacts", [root])).toBe(exact);
  });

  it("does not take a folder for proof that shares only its last name", async () => {
    make("store/artifacts");
    await expect(rebaseArtifactUri("/old/mlruns/1/abc/artifacts", [root])).rejects.toMatchObject({ code: "artifact/outside-root" });
    const model = make("store/model");
    expect(await rebaseArtifactUri("/old/store/model", [root])).toBe(model);
    await expect(rebaseArtifactUri("/old/other/model", [root])).rejects.toMatchObject({ code: "artifact/outside-root" });
  });

  it("knows the place of a run that has logged no file yet", async () => {
    make("store/mlruns/1");
    expect(await rebaseArtifactUri("/old/mlruns/1/abc/artifacts", [root])).toBe(join(root, "mlruns/1/abc/artifacts"));
    expect(await rebaseArtifactUri(join(root, "mlruns/9/abc/artifacts"), [root])).toBe(join(root, "mlruns/9/abc/artifacts"));
  });

  it("finds what a server kept for mlflow-artifacts addresses", async () => {
    const served = make("store/mlartifacts/1/abc/artifacts");
    expect(await rebaseArtifactUri("mlflow-artifacts:/1/abc/artifacts", [root])).toBe(served);
    expect(await rebaseArtifactUri("mlflow-artifacts://host:5000/1/abc/artifacts", [root])).toBe(served);
    expect(await rebaseArtifactUri("mlflow-artifacts:/1/new/artifacts", [root])).toBe(join(root, "mlartifacts/1/new/artifacts"));
    rmSync(join(root, "mlartifacts"), { recursive: true });
    await expect(rebaseArtifactUri("mlflow-artifacts:/1/abc/artifacts", [root])).rejects.toMatchObject({ code: "artifact/not-found" });
  });
});

describe("staying inside the store's folder", () => {
  it("refuses a folder elsewhere, names the recorded path and says what to do", async () => {
    const elsewhere = make("elsewhere/files");
    await expect(rebaseArtifactUri(elsewhere, [root])).rejects.toMatchObject({
      code: "artifact/outside-root",
      message: `The files were recorded at "${elsewhere}", which is not inside the store's folder "${root}".`,
      remedy: "Copy them below the store's folder to see them here.",
    });
  });

  it.each(["/etc", "file:///etc/ssh", "../../../../../../etc", "mlflow-artifacts:/../../../../etc", "", ".", "/", "/etc\0/x"])(
    "refuses %j",
    async (recorded) => {
      await expect(rebaseArtifactUri(recorded, [root])).rejects.toThrow();
    },
  );

  it("refuses a link in the store that leads out of it", async () => {
    make("secret/abc/artifacts");
    make("store/mlruns");
    symlinkSync(join(base, "secret"), join(root, "mlruns", "1"));
    await expect(rebaseArtifactUri("/old/mlruns/1/abc/artifacts", [root])).rejects.toMatchObject({ code: "artifact/outside-root" });
    await expect(rebaseArtifactUri(join(root, "mlruns/1/abc/artifacts"), [root])).rejects.toMatchObject({ code: "artifact/outside-root" });
  });

  it("does not open the whole disk for a store at its top", async () => {
    await expect(rebaseArtifactUri("/etc/ssh", ["/"])).rejects.toMatchObject({ code: "artifact/outside-root" });
  });

  it.each([
    "s3://bucket/x",
    "gs://b/x",
    "wasbs://c@a.blob.core.windows.net/x",
    "dbfs:/x",
    "hdfs://h/x",
    "https://h/x",
    "abfss://x",
    "r2://x",
  ])("tells that %s is a remote storage", async (recorded) => {
    await expect(rebaseArtifactUri(recorded, [root])).rejects.toMatchObject({ code: "store/unsupported" });
  });

  it("keeps a hostile address out of the sentence's layout", async () => {
    const error: unknown = await rebaseArtifactUri(`/x\n\u0007${"y".repeat(10_000)}`, [root]).catch((reason: unknown) => reason);
    const { message } = error as Error;
    expect(message).not.toMatch(/[\n\u0007]/);
    expect(message.length).toBeLessThan(700);
  });
});
