import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { root } from "./node.mjs";
import { hasScreen } from "./openBrowser.mjs";

/** Windows finds `code.cmd` only through its shell. */
const shell = process.platform === "win32";

/** The `code` command if it can open our extension: with a screen, not as root, not the one of a remote window, and new enough. */
export function findDesktop() {
  const remote = process.env["VSCODE_IPC_HOOK_CLI"] !== undefined;
  if (!hasScreen() || remote || process.getuid?.() === 0) {
    return undefined;
  }
  const asked = spawnSync("code", ["--version"], { encoding: "utf8", shell });
  const [major = 0, minor = 0] = (asked.stdout ?? "").split("\n", 1).join("").split(".").map(Number);
  const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [wantedMajor, wantedMinor] = engines.vscode.replace("^", "").split(".").map(Number);
  return asked.status === 0 && (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) ? "code" : undefined;
}

/**
 * Opens desktop VS Code with the extension from this folder and settings of its own; `ended` settles when its window is closed.
 * @param {string} program
 * @param {{ workspace?: string, folder?: string, prepare: (copy: string) => Promise<void> }} options
 */
export async function startDesktop(program, { workspace, folder, prepare }) {
  const home = mkdtempSync(join(tmpdir(), "mlops-desktop-"));
  const opened = folder ?? join(home, "workspace");
  if (workspace !== undefined) {
    cpSync(workspace, opened, { recursive: true });
    await prepare(opened);
  }
  const userData = join(home, "user-data");
  mkdirSync(join(userData, "User"), { recursive: true });
  const settings = { "telemetry.telemetryLevel": "off", "workbench.startupEditor": "none", "security.workspace.trust.enabled": false };
  writeFileSync(join(userData, "User", "settings.json"), JSON.stringify(settings));
  const args = [
    `--extensionDevelopmentPath=${root}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${join(home, "extensions")}`,
    "--new-window",
    "--wait",
    opened,
  ];
  process.stdout.write(`Opening VS Code on ${opened}; close its window or press Ctrl-C to stop.\n`);
  const child = spawn(program, args, { stdio: "ignore", shell });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = async () => {
    endMainProcess(userData);
    child.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  };
  return { ended, stop };
}

/** `code --wait` starts VS Code apart from itself; the number of its main process stands in a file. @param {string} userData */
function endMainProcess(userData) {
  try {
    process.kill(Number(readFileSync(join(userData, "code.lock"), "utf8")), "SIGTERM");
  } catch {
    // Its window is closed already.
  }
}
