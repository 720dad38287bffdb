import { spawn } from "node:child_process";

/** Opens an address in the default browser where there is a screen; the printed address is there for everybody else. @param {string} url */
export function openBrowser(url) {
  const command = browserCommand(url);
  if (command !== undefined && process.env["CI"] === undefined) {
    const [program, ...args] = command;
    // A machine without such a program is not an error: the address has been printed.
    spawn(program, args, { stdio: "ignore", detached: true })
      .on("error", () => undefined)
      .unref();
  }
}

/** @param {string} url @returns {[string, ...string[]] | undefined} */
function browserCommand(url) {
  switch (process.platform) {
    case "darwin":
      return ["open", url];
    case "win32":
      return ["rundll32", "url.dll,FileProtocolHandler", url];
    default:
      return hasScreen() ? ["xdg-open", url] : undefined;
  }
}

/** Whether windows can be shown. */
export function hasScreen() {
  return process.platform !== "linux" || process.env["DISPLAY"] !== undefined || process.env["WAYLAND_DISPLAY"] !== undefined;
}
