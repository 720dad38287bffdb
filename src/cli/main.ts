import { realpathSync } from "node:fs";
import process from "node:process";
import { askAtTerminal } from "./askAtTerminal";
import { EXIT } from "./exitCode";
import { runCli } from "./runCli";
import { runJob } from "./runJob";
import { streamSink } from "./streamSink";

/** Set by the build from package.json. */
declare const __VERSION__: string;

/** Node's SQLite works without a flag from here on. */
const MIN_NODE = [22, 13] as const;

async function main(): Promise<void> {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1])) {
    process.stderr.write(
      `mlops: Node ${MIN_NODE.join(".")} or newer is needed, and this is Node ${process.versions.node}. Install a newer Node.\n`,
    );
    process.exitCode = EXIT.unusable;
    return;
  }
  // Node announces its SQLite as experimental on standard error, which would look like a failure of ours.
  process.removeAllListeners("warning");
  process.on("warning", ignoreWarning);
  const watched = await runJob(process.argv.slice(2), process.env);
  if (watched !== null) {
    process.exit(watched);
  }
  const interrupt = new AbortController();
  process.once("SIGINT", () => {
    interrupt.abort();
  });
  process.exitCode = await runCli(process.argv.slice(2), __VERSION__, {
    env: process.env,
    cwd: process.cwd(),
    stdout: streamSink(process.stdout),
    stderr: streamSink(process.stderr),
    signal: interrupt.signal,
    now: () => Date.now(),
    ask: process.stdin.isTTY && process.stderr.isTTY ? askAtTerminal : undefined,
    program: ownFile(),
  });
}

/** Through a link, which a package manager makes in its folder of programs, to the file beside which the others lie. */
function ownFile(): string | undefined {
  try {
    return realpathSync(process.argv[1] ?? "");
  } catch {
    return undefined; // Node was given a name without its ending.
  }
}

function ignoreWarning(): void {
  // Nothing that a user of this command can act on.
}

void main();
