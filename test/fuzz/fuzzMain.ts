import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { inputOf } from "./inputOf";
import { type FuzzCrash, runFuzz, shareOut } from "./runFuzz";
import { FUZZ_TARGETS } from "./targets";

/** Crashes are kept here, one file an input. */
const FOUND = join("out", "fuzz", "found");

/** What `npm run fuzz` runs, in the root of the repository; see scripts/fuzz.mjs. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      inputs: { type: "string", default: "1000000" },
      seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
      target: { type: "string", multiple: true, default: [] },
      from: { type: "string" },
      patience: { type: "string", default: "15" },
      list: { type: "boolean", default: false },
    },
  });
  if (values.list) {
    FUZZ_TARGETS.forEach(({ name }) => process.stdout.write(`${name}\n`));
    return 0;
  }
  const seed = Number(values.seed);
  const [inputs, from] = [Number(values.inputs), values.from === undefined ? null : Number(values.from)];
  const work = shareOut(inputs, values.target).map((piece) => (from === null ? piece : { ...piece, from, to: from + inputs }));
  const total = work.reduce((sum, piece) => sum + piece.to - piece.from, 0);
  process.stdout.write(`Seed ${seed}: ${total} inputs for ${work.length} readers.\n`);
  const begin = Date.now();
  const worker = join(process.cwd(), "out", "fuzz", "fuzzWorker.mjs");
  const { results, crashes } = await runFuzz({
    ...{ worker, seed, work, patienceMs: Number(values.patience) * 1000 },
    onDone: ({ name, inputs: count, tookMs, slowestMs, slowest }) => {
      const [time, longest] = [(tookMs / 1000).toFixed(1).padStart(7), slowestMs.toFixed(0).padStart(6)];
      process.stdout.write(
        `  ${name.padEnd(30)} ${String(count).padStart(7)} in ${time} s, the slowest ${longest} ms (input ${slowest})\n`,
      );
    },
  });
  crashes.forEach((crash) => report(crash, seed));
  const done = results.reduce((sum, one) => sum + one.inputs, 0);
  process.stdout.write(`${done} inputs in ${Math.round((Date.now() - begin) / 1000)} s, seed ${seed}, ${crashes.length} found.\n`);
  return crashes.length === 0 ? 0 : 1;
}

function report({ name, index, why, stack }: FuzzCrash, seed: number): void {
  const target = FUZZ_TARGETS.find((one) => one.name === name);
  const file = join(FOUND, `${name}-${seed}-${index}`);
  if (target !== undefined) {
    mkdirSync(FOUND, { recursive: true });
    writeFileSync(file, inputOf(target, target.seeds(), seed, index));
  }
  process.stdout.write(
    `\n${name}: ${why}\n${stack}\n  input: ${file}\n  again: npm run fuzz -- --target ${name} --seed ${seed} --from ${index} --inputs 1\n`,
  );
}

process.exitCode = await main();
