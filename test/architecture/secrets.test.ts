import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { root } from "../../scripts/node.mjs";

const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
const linesWith = (pattern: RegExp): readonly string[] =>
  files.flatMap((path) =>
    readFileSync(join(root, "src", path), "utf8")
      .split("\n")
      .filter((line) => pattern.test(line))
      .map((line) => `${path.replaceAll("\\", "/")}: ${line.trim()}`),
  );

describe("tokens", () => {
  it("are kept by one class, in the key store of the system", () => {
    const uses = linesWith(/\bcontext\.secrets\b|SecretStorage/);
    expect(uses.length).toBeGreaterThan(0);
    expect(uses.filter((line) => !/new CredentialStore\(|^editor\/platform\/credentialStore\.ts: /.test(line))).toEqual([]);
  });

  it("are in no state that VS Code keeps as plain text: only these write to it", () => {
    const uses = linesWith(/\b(?:workspaceState|globalState)\b/);
    const places = new Set(uses.map((line) => line.slice(0, line.indexOf(":"))));
    expect([...places].sort()).toEqual(["container.ts", "editor/governance/signOffWorkbench.ts", "editor/workbench.ts"]);
  });

  it("are asked for by no setting", () => {
    const manifest = readFileSync(join(root, "package.json"), "utf8");
    const { contributes } = JSON.parse(manifest) as { contributes: { configuration: unknown } };
    const names: string[] = [];
    JSON.stringify(contributes.configuration, (key, value: unknown) => (names.push(key), value));
    expect(names.filter((name) => /token|password|credential|api_?key/i.test(name))).toEqual([]);
    expect(names).toContain("mlops.compute.sources");
  });
});
