import type { WriteStream } from "node:tty";
import { ReaderGoneError, type TextSink } from "./cliHost";

/** Writes to a standard stream, waits while its reader is slow, and notices when its reader is gone. */
export function streamSink(stream: NodeJS.WriteStream | WriteStream): TextSink {
  let failure: Error | undefined;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    failure = error.code === "EPIPE" || error.code === "EOF" ? new ReaderGoneError() : error;
  });
  return {
    isTerminal: stream.isTTY,
    get columns() {
      return stream.isTTY ? stream.columns : undefined;
    },
    write: (text) =>
      new Promise((resolve, reject) => {
        if (failure !== undefined) {
          reject(failure);
          return;
        }
        // The callback also tells of an error; the event arrives as well and would otherwise end the process.
        stream.write(text, (error) => {
          if (error == null) {
            resolve();
          } else {
            reject((error as NodeJS.ErrnoException).code === "EPIPE" ? new ReaderGoneError() : error);
          }
        });
      }),
  };
}
