import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, openSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { findServerNode, harnessFolder, SetupError } from "../../scripts/node.mjs";

/**
 * @typedef {object} ServerOptions
 * @property {string | Record<string, string>} [workspace] A folder to copy, or several by the name they get below the one that is
 *   opened. It is a copy, so that tests may write to it. Without it the folder is empty.
 * @property {string} [folder] A folder to open as it is, instead of a copy.
 * @property {string} [vsix] The packaged extension to install, as users get it.
 * @property {string[]} [nodeArgs] Flags for Node, which the extension host inherits. (It ignores NODE_OPTIONS.)
 * @property {Record<string, unknown>} [settings] User settings beside the quiet defaults.
 * @property {Record<string, string>} [env] Variables for the server and the extension host.
 * @property {number} [port] A free one is taken if it is left out.
 * @property {boolean} [testDriver] Lets a page name an extension under development and a test bundle; off in normal servers.
 * @property {boolean} [trust] Whether folders are trusted without asking (true if left out). False opens them in restricted mode.
 *
 * @typedef {object} Server
 * @property {number} port
 * @property {string} home The throw-away folder with everything the server writes.
 * @property {string} workspace The folder that is opened.
 * @property {string} url The address to open, with the folder in it.
 * @property {() => string} log What the server has printed so far.
 * @property {Promise<unknown>} ended Settles when the server has ended, by `stop` or of itself.
 * @property {() => Promise<void>} stop Ends all its processes and removes its folder.
 */

/** Settings that keep trust dialogs, welcome pages, sign-in and update toasts away. */
const quietSettings = {
  "chat.disableAIFeatures": true,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "files.autoSave": "off",
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.colorTheme": "Dark Modern",
  "workbench.enableExperiments": false,
  "workbench.quickOpen.closeOnFocusLost": false, // A command that has just ended may still move the focus.
  "workbench.reduceMotion": "on", // Nothing that is still fading takes a click or a key.
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
};

/** Starts a real VS Code as a server on this machine only, with a home, settings and workspace of its own. @param {ServerOptions} options @returns {Promise<Server>} */
export async function startServer(options) {
  if (process.platform === "win32") {
    throw new SetupError("VS Code's server does not run on Windows itself. Run the command in WSL, or use desktop VS Code.");
  }
  // The real path, because VS Code compares paths as text and macOS's temporary folder is a link.
  const home = realpathSync(mkdtempSync(join(tmpdir(), "mlops-vscode-")));
  const userData = join(home, "user-data");
  const workspace = options.folder ?? join(home, "workspace");
  mkdirSync(join(userData, "User"), { recursive: true });
  mkdirSync(join(home, "extensions"));
  mkdirSync(workspace, { recursive: true });
  const copied = typeof options.workspace === "string" ? { "": options.workspace } : (options.workspace ?? {});
  for (const [name, from] of Object.entries(copied)) {
    cpSync(from, join(workspace, name), { recursive: true, verbatimSymlinks: true });
  }
  const trust = options.trust ?? true;
  writeFileSync(join(home, "config.yaml"), "auth: none\n"); // Without it the server writes one into the real home folder.
  writeFileSync(
    join(userData, "User", "settings.json"),
    JSON.stringify({ ...quietSettings, "security.workspace.trust.enabled": !trust, ...options.settings }),
  );

  const node = findServerNode();
  const entry = join(harnessFolder, "node_modules", "code-server", "out", "node", "entry.js");
  const common = ["--config", join(home, "config.yaml"), "--user-data-dir", userData, "--extensions-dir", join(home, "extensions")];
  const env = serverEnvironment(home, options);
  if (options.vsix !== undefined) {
    execFileSync(node, [entry, ...common, "--install-extension", options.vsix], { env, stdio: "pipe" });
  }

  const port = options.port ?? (await freePort());
  const logFile = join(home, "server.log");
  const log = openSync(logFile, "w");
  const args = [
    ...[...(options.nodeArgs ?? []), entry, ...common, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`],
    ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override", "--disable-proxy"],
    ...(trust ? ["--disable-workspace-trust"] : []),
    // A built VS Code ignores `extensionDevelopmentPath` and `extensionTestsPath` in a page's address, silently, without this.
    ...(options.testDriver === true ? ["--vscode-option", "enable-smoke-test-driver"] : []),
  ];
  // Detached: a process group of its own, so that one signal reaches the server and the four or five processes below it.
  const child = spawn(node, args, { env, stdio: ["ignore", log, log], detached: true });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const readLog = () => readFileSync(logFile, "utf8");
  const forget = killOnExit(child.pid ?? 0, home);
  const stop = async () => {
    await endGroup(child.pid ?? 0);
    forget();
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };

  for (let tries = 0; !(await isHealthy(port)); tries++) {
    if (child.exitCode !== null || tries > 300) {
      const output = readLog();
      await stop();
      throw new Error(`VS Code's server did not start.\n${output}`);
    }
    await sleep(100);
  }
  const url = `http://localhost:${port}/?${new URLSearchParams({ folder: workspace }).toString()}`;
  return { port, home, workspace, url, log: readLog, ended, stop };
}

/** @param {string} home @param {ServerOptions} options @returns {NodeJS.ProcessEnv} */
function serverEnvironment(home, options) {
  // PORT and PASSWORD would override our flags; the hook makes a server inside a VS Code terminal talk to that VS Code;
  // MLflow's variables would show the person's own server in the trees.
  const foreign = /^(PORT|PASSWORD|VSCODE_IPC_HOOK_CLI|MLFLOW_.*)$/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
    EXTENSIONS_GALLERY: "{}", // No gallery: it would log failing look-ups.
    HOME: home,
    XDG_CONFIG_HOME: join(home, ".config"),
    XDG_DATA_HOME: join(home, ".local"),
    ...options.env,
  };
}

/** @returns {Promise<number>} */
async function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  });
}

/** @param {number} port */
async function isHealthy(port) {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok;
  } catch {
    return false; // Not listening yet.
  }
}

/** Ends the group and cleans up if this process ends in any way before `stop`. @param {number} group @param {string} home */
function killOnExit(group, home) {
  const onExit = () => {
    signalGroup(group, "SIGKILL");
    rmSync(home, { recursive: true, force: true });
  };
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    process.exit(signal === "SIGINT" ? 130 : 143);
  };
  process.on("exit", onExit);
  // A script with a way of its own to stop (npm start) has listeners already; theirs run.
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]).filter((signal) => process.listenerCount(signal) === 0);
  for (const signal of signals) {
    process.on(signal, onSignal);
  }
  return () => {
    process.off("exit", onExit);
    for (const signal of signals) {
      process.off(signal, onSignal);
    }
  };
}

/** @param {number} group */
async function endGroup(group) {
  signalGroup(group, "SIGTERM");
  for (let tries = 0; tries < 50; tries++) {
    if (!signalGroup(group, 0)) {
      return;
    }
    await sleep(100);
  }
  signalGroup(group, "SIGKILL");
}

/** Says whether the group still exists. @param {number} group @param {NodeJS.Signals | 0} signal */
function signalGroup(group, signal) {
  if (group === 0) {
    return false; // It never started; 0 would be our own group.
  }
  try {
    process.kill(-group, signal);
    return true;
  } catch {
    return false;
  }
}
