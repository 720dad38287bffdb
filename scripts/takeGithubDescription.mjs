// Takes from GitHub's published description of its REST API the few operations that the engine for GitHub Actions uses, with their schemas:
//   node scripts/takeGithubDescription.mjs           writes test/fixtures/githubActions/*.json
//   node scripts/takeGithubDescription.mjs --check   exits with 1 where they are not what the package says
// The package is some 390 MB on disk, so that nobody installs it for the tests.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { root, runMain } from "./node.mjs";

const PACKAGE = "@octokit/openapi";
const VERSION = "23.0.2";
/** What runs today, and the oldest server of one's own that GitHub still describes here. */
const DESCRIPTIONS = ["api.github.com", "ghes-3.17"];
const REPOSITORY = "/repos/{owner}/{repo}";
/** @type {[string, string][]} */
const OPERATIONS = [
  ["get", "/user"],
  ["get", REPOSITORY],
  ["get", `${REPOSITORY}/contents/{path}`],
  ["get", `${REPOSITORY}/actions/workflows/{workflow_id}`],
  ["post", `${REPOSITORY}/actions/workflows/{workflow_id}/dispatches`],
  ["get", `${REPOSITORY}/actions/workflows/{workflow_id}/runs`],
  ["get", `${REPOSITORY}/actions/runs/{run_id}`],
  ["post", `${REPOSITORY}/actions/runs/{run_id}/cancel`],
  ["get", `${REPOSITORY}/actions/runs/{run_id}/jobs`],
  ["get", `${REPOSITORY}/actions/jobs/{job_id}/logs`],
  ["get", `${REPOSITORY}/actions/runs`],
  ["get", `${REPOSITORY}/actions/runs/{run_id}/pending_deployments`],
  ["post", `${REPOSITORY}/actions/runs/{run_id}/pending_deployments`],
];

/** Texts for readers and examples are left out: nothing is checked by them. */
const isForReaders = (key, value) => key === "examples" || key === "example" || (key === "description" && typeof value === "string");

/** @param {any} whole @param {string} name */
function take(whole, name) {
  /** @type {any} */
  const part = {
    openapi: whole.openapi,
    info: { from: `${PACKAGE}@${VERSION}/generated/${name}.json`, license: "MIT" },
    paths: {},
    components: {},
  };
  const follow = (value) => {
    if (Array.isArray(value)) {
      value.forEach(follow);
    } else if (typeof value === "object" && value !== null) {
      if (typeof value.$ref === "string") {
        const [kind = "", key = ""] = value.$ref.split("/").slice(2);
        if (part.components[kind]?.[key] === undefined) {
          (part.components[kind] ??= {})[key] = whole.components[kind][key];
          follow(whole.components[kind][key]);
        }
      }
      Object.entries(value).forEach(([key, inner]) => isForReaders(key, inner) || follow(inner));
    }
  };
  for (const [method, path] of OPERATIONS) {
    (part.paths[path] ??= {})[method] = whole.paths[path][method];
    follow(whole.paths[path][method]);
  }
  return `${JSON.stringify(part, (key, value) => (isForReaders(key, value) ? undefined : value), 1)}\n`;
}

await runMain(async () => {
  const folder = mkdtempSync(join(tmpdir(), "github-description-"));
  try {
    writeFileSync(join(folder, "package.json"), '{"private": true}');
    const args = ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", `${PACKAGE}@${VERSION}`];
    execFileSync("npm", args, { cwd: folder, stdio: "inherit", shell: process.platform === "win32" });
    return Math.max(...DESCRIPTIONS.map((name) => handle(name, join(folder, "node_modules", PACKAGE, "generated", `${name}.json`))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** @param {string} name @param {string} published path of the whole description */
function handle(name, published) {
  const file = join(root, "test", "fixtures", "githubActions", `${name}.json`);
  const text = take(JSON.parse(readFileSync(published, "utf8")), name);
  if (!process.argv.includes("--check")) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return 0;
  }
  const isSame = readFileSync(file, "utf8") === text;
  process.stdout.write(`${file} ${isSame ? "is" : "is not"} what ${PACKAGE}@${VERSION} says.\n`);
  return isSame ? 0 : 1;
}
