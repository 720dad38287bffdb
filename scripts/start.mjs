import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { startServer } from "../test/harness/server.mjs";
import { findDesktop, startDesktop } from "./desktop.mjs";
import { ensureDependencies, ensureHarness, ensureNode, root, runMain, SetupError } from "./node.mjs";
import { openBrowser } from "./openBrowser.mjs";
import { packageExtension, vsixFile } from "./package.mjs";

/**
 * `npm start`: builds the extension and opens it on a throw-away copy of the examples, in desktop VS Code where `code` is installed,
 * else in a VS Code that runs as a server on this machine. Ctrl-C ends it and removes what it made.
 *
 *   --web             the server in the browser, also where desktop VS Code is installed
 *   --port N          the server's port; a free one is taken if it is left out
 *   --workspace DIR   your own folder as it is, instead of a copy of the examples
 */
const { values } = parseArgs({
  options: { web: { type: "boolean", default: false }, port: { type: "string" }, workspace: { type: "string" } },
});

await runMain(async () => {
  const folder = values.workspace === undefined ? undefined : resolve(values.workspace);
  if (folder !== undefined && !existsSync(folder)) {
    throw new SetupError(`The folder ${folder} does not exist.`);
  }
  const desktop = values.web || values.port !== undefined ? undefined : findDesktop();

  if (desktop === undefined) {
    ensureHarness();
  }
  ensureNode();
  ensureDependencies();
  process.stdout.write("Building…\n");
  const { text } = await packageExtension();
  process.stdout.write(`${text}\n`);

  const stopAsked = interrupted(); // Listens before the server starts, which else ends this process itself.
  const examples = folder === undefined ? { workspace: join(root, "examples") } : { folder };
  const running = desktop === undefined ? await startWeb(examples) : await startDesktop(desktop, { ...examples, prepare: prepareExamples });
  await Promise.race([running.ended, stopAsked]);
  process.stdout.write("\nStopping…\n");
  await running.stop();
});

/** @param {{ workspace?: string, folder?: string }} opened */
async function startWeb(opened) {
  const server = await startServer({
    ...opened,
    vsix: vsixFile,
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    // What the quiet test settings take away from a person.
    settings: {
      "workbench.quickOpen.closeOnFocusLost": true,
      "workbench.reduceMotion": "auto",
      "git.openRepositoryInParentFolders": "never",
    },
  });
  if (opened.folder === undefined) {
    await prepareExamples(server.workspace);
  }
  process.stdout.write(`VS Code with the extension is at this address; Ctrl-C stops it.\n${server.url}\n`);
  openBrowser(server.url);
  return { ended: server.ended, stop: server.stop };
}

/** Gives the copy of the examples its git history. @param {string} copy */
async function prepareExamples(copy) {
  const script = join(root, "examples", "prepare.mjs");
  if (existsSync(script)) {
    const { prepare } = await import(pathToFileURL(script).href);
    prepare(copy);
  }
}

/** Settles when a person or the system asks for the end. */
async function interrupted() {
  return new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
      process.once(signal, done);
    }
  });
}
