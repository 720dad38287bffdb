import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { findNode, root } from "./node.mjs";

/**
 * Runs a tool of node_modules under a Node that is new enough, whatever Node runs this script, and collects what it prints.
 * @param {string} name The package. @param {string[]} args @param {{ bin?: string, env?: NodeJS.ProcessEnv, inherit?: boolean }} [options]
 */
export async function runTool(name, args, options = {}) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = typeof bin === "string" ? bin : bin[options.bin ?? name];
  return runNode([join(folder, file), ...args], options);
}

/**
 * Runs a script under a Node that is new enough. @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, inherit?: boolean }} [options] `inherit` shows the output instead of collecting it.
 * @returns {Promise<{ code: number, output: string }>}
 */
export async function runNode(args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(findNode(), args, {
      cwd: root,
      env: { ...process.env, ...(options.inherit === true ? {} : { NO_COLOR: "1" }), ...options.env },
      stdio: options.inherit === true ? "inherit" : ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
        output += text;
      });
    }
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}
