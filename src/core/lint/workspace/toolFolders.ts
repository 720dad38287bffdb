/**
 * Folders that tools fill and that hold nothing that people wrote. `dist`, `build`, `env` and the like are not among them, because
 * people keep pipelines in folders of these names as well.
 */
const TOOL_FOLDERS: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  "bower_components",
  ".yarn",
  ".pnpm-store",
  "__pycache__",
  "__pypackages__",
  "site-packages",
  ".venv",
  ".tox",
  ".nox",
  ".eggs",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  ".ipynb_checkpoints",
  ".terraform",
  ".gradle",
  "mlruns",
  ".mlruns",
  "mlartifacts",
]);

/** Whether a path leads into a folder of a tool, as far as names tell. */
export function isInToolFolder(path: string): boolean {
  const parts = path.split("/");
  return parts.slice(0, -1).some((_, index) => isToolFolder(parts.slice(0, index + 1).join("/")));
}

/** @param path of a folder, in the workspace. */
export function isToolFolder(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return TOOL_FOLDERS.has(name) || /(?:^|\/)\.dvc\/(?:cache|tmp)$/.test(path);
}
