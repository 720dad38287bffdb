import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** `node release.mjs PORT`: the team's own way to release. The version that serves ends, and the one that `mlops` names begins. */
const [port = ""] = process.argv.slice(2);
/** Holds the number of the process that serves. */
const pidFile = ".served";
const { MLOPS_VERSION: version = "", MLOPS_SOURCE: source = "" } = process.env;

if (existsSync(pidFile)) {
  try {
    process.kill(Number(readFileSync(pidFile, "utf8")));
  } catch {
    // It has ended by itself.
  }
}
while (await answers()) {
  await pause();
}
const folder = source.replace(/^file:\/\//, "");
const child = spawn(process.execPath, [join(import.meta.dirname, "serve.mjs"), port, folder, version], { detached: true, stdio: "ignore" });
child.unref();
writeFileSync(pidFile, String(child.pid));
while (!(await answers())) {
  if (child.exitCode !== null) {
    throw new Error(`Version ${version} did not start.`);
  }
  await pause();
}
process.stdout.write(`version ${version} serves at port ${port}\n`);

async function answers() {
  return fetch(`http://127.0.0.1:${port}/health`, { headers: { connection: "close" } }).then(
    ({ ok }) => ok,
    () => false,
  );
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 50));
}
