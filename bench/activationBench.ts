import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type Figure, median } from "./figures";

const ROUNDS = 11;

/** The activation bundle's size and the time that it takes of the editor's start, with a stand-in for the editor's API. */
export function activationBench(root: string): readonly Figure[] {
  const bundle = join(root, "dist", "extension.js");
  if (!existsSync(bundle)) {
    throw new Error("There is no dist/extension.js. Run npm run build first.");
  }
  const times = Array.from({ length: ROUNDS }, () =>
    Number(execFileSync(process.execPath, [join(root, "bench", "activate.cjs"), bundle], { encoding: "utf8" })),
  );
  return [
    { name: "activation: loading the bundle and activate()", value: median(times), unit: "ms", target: { below: 30 } },
    { name: "activation bundle", value: statSync(bundle).size / 1000, unit: "KB", target: { below: 100 } },
  ];
}
