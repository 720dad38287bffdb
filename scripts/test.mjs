import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { ensureDependencies, ensureHarness, root, runMain, SetupError } from "./node.mjs";
import { packageExtension } from "./package.mjs";
import { formatResult, lintChecks, runChecks, runE2e, runHost, runUnit, typeChecks } from "./tiers.mjs";

/**
 * `npm test`: installs what is missing, runs every tier even if an earlier one failed, and ends with `N passed, N failed`.
 *
 *   --only types,lint,package,unit,host,e2e   some tiers; `host` and `e2e` bring `package` along, which they test
 *   --grep TEXT                               only tests whose name holds TEXT (unit, host, e2e)
 */
const { values } = parseArgs({ options: { only: { type: "string" }, grep: { type: "string" } } });

/** @type {{ name: string, needs?: string, run: () => Promise<import("./tiers.mjs").TierResult> }[]} */
const tiers = [
  { name: "types", run: () => runChecks(typeChecks) },
  { name: "lint", run: () => runChecks(lintChecks) },
  { name: "package", run: async () => ({ passed: 1, failed: 0, output: (await packageExtension()).text }) },
  { name: "unit", run: () => runUnit(values.grep) },
  { name: "host", needs: "package", run: () => runHost(values.grep) },
  { name: "e2e", needs: "package", run: () => runE2e(values.grep) },
];

await runMain(async () => {
  const wanted = chooseTiers(values.only);
  await phase("install", async () => {
    ensureHarness();
    ensureDependencies();
    return { passed: 0, failed: 0, output: "" };
  });
  mkdirSync(join(root, "out", "test"), { recursive: true });

  /** @type {Map<string, import("./tiers.mjs").TierResult>} */
  const results = new Map();
  for (const { name, needs, run } of tiers.filter((tier) => wanted.has(tier.name))) {
    const broken = needs !== undefined && results.get(needs)?.failed !== 0;
    const skipped = { passed: 0, failed: 1, output: `Not run, because ${needs} failed.` };
    results.set(name, await phase(name, broken ? async () => skipped : () => demandTests(run)));
  }
  const passed = sum([...results.values()].map((result) => result.passed));
  const failed = sum([...results.values()].map((result) => result.failed));
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
});

/** @param {string | undefined} only */
function chooseTiers(only) {
  const names = tiers.map((tier) => tier.name);
  const asked = only?.split(",") ?? names;
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new SetupError(`There is no tier named ${unknown.join(", ")}. There are: ${names.join(", ")}.`);
  }
  return new Set([...asked, ...tiers.flatMap((tier) => (tier.needs !== undefined && asked.includes(tier.name) ? [tier.needs] : []))]);
}

/** Runs one phase and prints its name, time and result. @param {string} name @param {() => Promise<import("./tiers.mjs").TierResult>} run */
async function phase(name, run) {
  const started = Date.now();
  process.stdout.write(`== ${name}\n`);
  const result = await run();
  process.stdout.write(formatResult(name, result, Date.now() - started));
  return result;
}

/** A tier that ran nothing has failed, and so has one that could not run. @param {() => Promise<import("./tiers.mjs").TierResult>} run */
async function demandTests(run) {
  try {
    const result = await run();
    return result.passed + result.failed > 0 ? result : { passed: 0, failed: 1, output: `${result.output}\nNo test ran.`.trim() };
  } catch (error) {
    const output = error instanceof SetupError ? error.message : error instanceof Error ? String(error.stack) : String(error);
    return { passed: 0, failed: 1, output };
  }
}

/** @param {number[]} numbers */
function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
