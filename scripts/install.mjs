import { ensureDependencies, ensureHarness, findNode, runMain } from "./node.mjs";

/** Installs everything that building and testing need, and prints the path of a Node that is new enough. */
await runMain(async () => {
  ensureHarness();
  ensureDependencies();
  process.stdout.write(`${findNode()}\n`);
});
