import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** `node endServers.mjs FOLDER`: ends whatever serves a model of that folder: the team's own server, and those of MLflow, each with all that it started. */
const folder = process.argv[2] ?? "";
const own = join(folder, ".served");
if (existsSync(own)) {
  end(Number(readFileSync(own, "utf8")));
}
const served = join(folder, ".mlops/deployments/served");
for (const entry of existsSync(served) ? readdirSync(served, { recursive: true, encoding: "utf8" }) : []) {
  if (entry.endsWith("process.json")) {
    /** @type {{ child?: { pid: number } }} */
    const { child } = JSON.parse(readFileSync(join(served, entry), "utf8"));
    end(-(child?.pid ?? 0));
  }
}

/** @param {number} pid */
function end(pid) {
  try {
    if (pid !== 0) {
      process.kill(pid, "SIGKILL");
    }
  } catch {
    // It has ended already.
  }
}
