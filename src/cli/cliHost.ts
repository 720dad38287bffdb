/** What a command may use of the process, so that tests run the real command line without one. */
export interface CliHost {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; relative paths and the store's default are resolved against it. */
  readonly cwd: string;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Asks whoever sits at the terminal, and gives their line; absent where nobody does. */
  readonly ask?: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  /** The file that holds this program, absolute; absent where it runs inside of another one. */
  readonly program?: string | undefined;
}

export interface TextSink {
  /** Resolves when the reader keeps up. @throws ReaderGoneError once the reader has left, as `head` does. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** Columns of the terminal, or undefined where lines may be of any length. */
  readonly columns: number | undefined;
}

/** Whoever read our output has seen enough. Ends the command quietly and is no failure. */
export class ReaderGoneError extends Error {
  override readonly name = "ReaderGoneError";
}
