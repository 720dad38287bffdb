import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { chromium } from "playwright-core";

import { SetupError } from "../../scripts/node.mjs";

/** Browsers that the driver can use, by the names they have on PATH. Google's own come first: Ubuntu's `chromium` may be a snap stub. */
const names = ["google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "microsoft-edge"];

/** Where macOS and Windows put them, which is not on PATH. */
const places = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [process.env["PROGRAMFILES"], process.env["PROGRAMFILES(X86)"], process.env["LOCALAPPDATA"]].flatMap((folder) =>
    folder === undefined
      ? []
      : [join(folder, "Google/Chrome/Application/chrome.exe"), join(folder, "Microsoft/Edge/Application/msedge.exe")],
  ),
};

/** The path of a Chromium-like browser, or undefined if there is none. `CHROME_PATH` wins. */
function findChromium() {
  const given = process.env["CHROME_PATH"];
  const onPath = (process.env["PATH"] ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  const usual = places[/** @type {keyof typeof places} */ (process.platform)] ?? [];
  return [...(given === undefined ? [] : [given]), ...onPath, ...usual].find(isExecutable);
}

/** The path of a browser; as root on Debian or Ubuntu (a container, a CI machine) it is installed if it is missing. */
function ensureChromium() {
  const found = findChromium() ?? installByApt();
  if (found === undefined) {
    throw new SetupError(
      "The end-to-end tests need Chromium, Chrome or Edge, and none was found. " +
        "Install one (Debian and Ubuntu: `apt-get install chromium`), or set CHROME_PATH to its program file.",
    );
  }
  return found;
}

/** Starts the browser without a window. */
export async function launchChromium() {
  return chromium.launch({
    executablePath: ensureChromium(),
    args: [
      "--no-sandbox", // Containers run as root, where Chromium's sandbox refuses to start; we only open our own server.
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-dev-shm-usage",
    ],
  });
}

function installByApt() {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) {
    return undefined;
  }
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  process.stdout.write("Installing Chromium with apt-get.\n");
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core", "fonts-noto-color-emoji"], {
    env,
    stdio: "ignore",
  });
  return findChromium();
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not there, or not ours to run: the next place may have one.
  }
}
