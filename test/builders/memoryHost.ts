import { type CliHost, ReaderGoneError, type TextSink } from "../../src/cli/cliHost";
import { runCli } from "../../src/cli/runCli";

export interface CliResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliSetting {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Columns of a terminal; without it standard output is a pipe. */
  readonly columns?: number;
  /** The reader leaves after so many writes. */
  readonly writesUntilGone?: number;
  readonly signal?: AbortSignal;
  /** What the clock shows; without it the real time. */
  readonly now?: number;
}

/** Runs the real command line inside the test. */
export async function mlops(args: readonly string[], setting: CliSetting = {}): Promise<CliResult> {
  const written = { stdout: "", stderr: "" };
  const sink = (name: "stdout" | "stderr", writesUntilGone: number): TextSink => {
    let writes = 0;
    return {
      write: (text) => {
        writes++;
        if (writes > writesUntilGone) {
          return Promise.reject(new ReaderGoneError());
        }
        written[name] += text;
        return Promise.resolve();
      },
      isTerminal: setting.columns !== undefined,
      columns: setting.columns,
    };
  };
  const host: CliHost = {
    env: setting.env ?? {},
    cwd: setting.cwd ?? process.cwd(),
    stdout: sink("stdout", setting.writesUntilGone ?? Infinity),
    stderr: sink("stderr", Infinity),
    signal: setting.signal ?? new AbortController().signal,
    now: () => setting.now ?? Date.now(),
  };
  return { code: await runCli(args, "1.2.3", host), ...written };
}
