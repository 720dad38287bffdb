// Turns a throw-away copy of this folder into what a team's workspace looks like: `node prepare.mjs FOLDER`.
// It makes a git repository whose commits are the ones that the recorded runs name, so that a run's commit can be shown and compared.
// Authors, dates and contents are fixed, so the hashes are the same on every machine. Commits 1 to 8 depend only on .history and the
// training data; a last commit brings in everything else, so that other files can change without touching the recorded hashes.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** What belongs to the recording, not to the workspace that a person opens. */
const TOOLING = [".history", "prepare.mjs", "record.py"];

/**
 * Prepares the copy and returns the hashes of its commits, oldest first, or null where git is not installed.
 * @param {string} folder a copy of the examples; it is changed
 * @param {{ keepTooling?: boolean }} [options]
 * @returns {string[] | null}
 */
export function prepare(folder, { keepTooling = false } = {}) {
  if (realpathSync(folder) === realpathSync(dirname(fileURLToPath(import.meta.url))) || existsSync(join(folder, ".git"))) {
    throw new Error(`${folder} is not a throw-away copy: copy the examples first, then prepare the copy.`);
  }
  const hasGit = gitIsInstalled();
  const hashes = hasGit ? makeHistory(folder) : null;
  if (!keepTooling) {
    for (const name of TOOLING) {
      rmSync(join(folder, name), { recursive: true, force: true });
    }
  }
  if (hasGit) {
    commit(folder, { message: "Describe the three products", author: "Leo Novak <leo.novak@example.org>", date: "2026-11-20T15:10:00+00:00" });
  }
  return hashes;
}

function makeHistory(folder) {
  const history = join(folder, ".history");
  git(folder, ["init", "--quiet", "--object-format=sha1", "--initial-branch=main"]);
  // No conversion of line ends and no executable bit, so that the contents, and with them the hashes, are equal everywhere.
  git(folder, ["config", "core.autocrlf", "false"]);
  git(folder, ["config", "core.fileMode", "false"]);
  const final = new Map();
  const hashes = JSON.parse(readFileSync(join(history, "commits.json"), "utf8")).map((entry, index) => {
    const snapshot = join(history, "files", String(index + 1));
    const paths = [...(entry.data ?? [])];
    for (const source of filesBelow(snapshot)) {
      const path = relative(snapshot, source).replace(/\\/g, "/").replace(/^gitignore$/, ".gitignore");
      const target = join(folder, path);
      if (!final.has(path)) {
        final.set(path, existsSync(target) ? readFileSync(target) : readFileSync(source));
      }
      mkdirSync(dirname(target), { recursive: true });
      copyFileSync(source, target);
      paths.push(path);
    }
    git(folder, ["add", "--force", "--", ...paths]);
    return commit(folder, entry, false);
  });
  for (const [path, content] of final) {
    writeFileSync(join(folder, path), content);
  }
  return hashes;
}

function commit(folder, { message, author, date }, addAll = true) {
  const [name = "", email = ""] = author.slice(0, -1).split(" <");
  if (addAll) {
    git(folder, ["add", "--all"]);
  }
  git(folder, ["commit", "--quiet", "--no-verify", "--no-gpg-sign", "--allow-empty", "--message", message], {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  });
  return git(folder, ["rev-parse", "HEAD"]).trim();
}

/** The user's own git settings (hooks, signing, templates, line ends) must not change the hashes. */
function git(folder, args, env = {}) {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")));
  const none = process.platform === "win32" ? "NUL" : "/dev/null";
  return execFileSync("git", args, {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...clean, GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: none, GIT_TEMPLATE_DIR: "", ...env },
  });
}

function gitIsInstalled() {
  try {
    execFileSync("git", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function filesBelow(folder) {
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === realpathSync(fileURLToPath(import.meta.url))) {
  const folder = process.argv[2];
  if (folder === undefined) {
    process.stderr.write("Usage: node prepare.mjs FOLDER, where FOLDER is a throw-away copy of the examples.\n");
    process.exit(2);
  }
  const hashes = prepare(folder);
  process.stdout.write(
    hashes === null
      ? "git is not installed, so the sample has no commits: a run's commit is shown by its hash only.\n"
      : `Made a git history of ${hashes.length + 1} commits in ${folder}.\n`,
  );
}
