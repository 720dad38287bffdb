import { existsSync, statSync } from "node:fs";

import { beforeAll, describe, expect, it } from "vitest";

import { vsixFile } from "../../scripts/package.mjs";
import { readZipDirectory } from "../../scripts/zip.mjs";

/** What users download. Sizes are those of the production build. */
describe("the packaged extension", () => {
  beforeAll(() => {
    if (!existsSync(vsixFile)) {
      throw new Error("There is no package to look at. Run `npm run package` first; `npm test` does.");
    }
  });

  const files = (): ReturnType<typeof readZipDirectory> => readZipDirectory(vsixFile);
  const sizeOf = (name: string): number => files().find((file) => file.name === `extension/dist/${name}`)?.size ?? Number.NaN;

  it("is smaller than 2.6 MB", () => {
    expect(statSync(vsixFile).size).toBeLessThan(2_600_000);
  });

  it("loads at most 100 kB when it is activated", () => {
    expect(sizeOf("extension.js")).toBeLessThanOrEqual(100_000);
  });

  it.each(["extension.js", "main.mjs", "worker.js", "liveWorker.js", "driftWorker.js", "mlops.cjs", "webview/runs.js", "webview/run.js"])(
    "holds %s",
    (name) => {
      expect(sizeOf(name)).toBeGreaterThan(0);
    },
  );

  it("holds the texts of the manifest and of the rest in German", () => {
    const names = files().map(({ name }) => name);
    expect(names).toContain("extension/package.nls.de.json");
    expect(names).toContain("extension/l10n/bundle.l10n.de.json");
  });

  it("holds no source, test or source map", () => {
    expect(files().filter(({ name }) => /\.(ts|map|test\.\w+)$|\/(src|test|node_modules)\//.test(name))).toEqual([]);
  });
});
