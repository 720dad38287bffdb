"use strict";
// Loaded into each Node process of a VS Code by `--require`. In the extension host it notes how long its loop was held up: times are
// milliseconds since 1970, one JSON line for each hold-up of 20 ms and more, in the file that MLOPS_BENCH_BLOCKS names.
const { appendFileSync } = require("node:fs");
const { performance } = require("node:perf_hooks");
const process = require("node:process");
const { setInterval } = require("node:timers");
const { isMainThread } = require("node:worker_threads");

const file = process.env.MLOPS_BENCH_BLOCKS;
const TICK_MS = 5;
if (isMainThread && file !== undefined && process.argv.includes("--type=extensionHost")) {
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const held = now - last - TICK_MS;
    last = now;
    if (held >= 20) {
      appendFileSync(file, `${JSON.stringify({ at: performance.timeOrigin + now - held, ms: held })}\n`);
    }
  }, TICK_MS);
  timer.unref();
}
