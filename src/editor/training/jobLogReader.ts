import { stripVTControlCharacters } from "node:util";

import type { CancelSignal } from "../../core/base/cancel";
import { isOver } from "../../core/training/jobState";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { TrainingFolder, TrainingServices } from "./trainingServices";

/** The end of a log as it is now. */
export interface LogTail {
  readonly text: string;
  /** Bytes of the whole log, as far as it was read. */
  readonly size: number;
  readonly isCut: boolean;
}

/** So many chunks of a server's log are fetched in one go. */
const MOST_CHUNKS = 50;

/** Reads the end of a job's log again and again: of a file by its last bytes, of a server by what came since. */
export class JobLogReader {
  private cursor: string | null = null;
  private kept = "";
  private seen = 0;
  private isComplete = false;

  constructor(
    private readonly folder: TrainingFolder,
    private readonly services: Pick<TrainingServices, "readTail">,
    private readonly limit: number,
  ) {}

  async read(job: TrainingJob, signal: CancelSignal): Promise<LogTail> {
    const path = this.folder.logFile(job);
    if (path !== null) {
      const tail = await this.services.readTail(path, this.limit);
      return tail === null
        ? { text: "", size: 0, isCut: false }
        : { text: cleaned(tail.text, tail.size > this.limit), size: tail.size, isCut: tail.size > this.limit };
    }
    for (let index = 0; index < MOST_CHUNKS && !this.isComplete; index++) {
      const chunk = await this.folder.jobs.log(job, this.cursor, signal);
      this.cursor = chunk.cursor;
      this.isComplete = chunk.isComplete && isOver(job.status.state);
      this.seen += chunk.text.length;
      this.kept = (this.kept + chunk.text).slice(-this.limit);
      if (chunk.text === "") {
        break;
      }
    }
    const isCut = this.seen > this.kept.length;
    return { text: cleaned(this.kept, isCut), size: this.seen, isCut };
  }
}

/** Without colours, and without the rest of a line that was cut. A progress bar that is drawn over itself shows its last state. */
function cleaned(text: string, isCut: boolean): string {
  const whole = isCut ? text.slice(text.indexOf("\n") + 1) : text;
  const plain = stripVTControlCharacters(whole).replace(/\r\n/g, "\n");
  // Looking through megabytes line by line holds up the editor, and most logs draw nothing over.
  return plain.includes("\r") ? plain.replace(/^.*\r(?=[^\r\n])/gm, "") : plain;
}
