import { isCancelled } from "../../core/base/cancel";
import { toUserText } from "../../core/base/appError";
import type { Disposable } from "../../core/base/disposable";
import { isOver } from "../../core/training/jobState";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { RetrainLog } from "../../protocol/retrain";
import { JobLogReader } from "./jobLogReader";
import type { TrainingFolder, TrainingServices } from "./trainingServices";

const MOST_BYTES = 64_000;
const MOST_LINES = 200;
const LOCAL_MS = 700;
const REMOTE_MS = 5000;

/** The last lines of a job's log for its page, followed while it runs and once more after its end. */
export class JobLogTail implements Disposable {
  log: RetrainLog = { text: "", isCut: false, problem: null };
  private readonly reader: JobLogReader;
  private readonly work = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private isLast = false;

  constructor(
    private job: TrainingJob,
    private readonly folder: TrainingFolder,
    services: Pick<TrainingServices, "readTail">,
    private readonly changed: (log: RetrainLog) => void,
  ) {
    this.reader = new JobLogReader(folder, services, MOST_BYTES);
    void this.look();
  }

  update(job: TrainingJob): void {
    this.job = job;
  }

  dispose(): void {
    this.work.abort();
    clearTimeout(this.timer);
  }

  private async look(): Promise<void> {
    const over = isOver(this.job.status.state);
    try {
      const { text, isCut } = await this.reader.read(this.job, this.work.signal);
      const lines = text.split("\n");
      const shown = lines.slice(-MOST_LINES).join("\n");
      this.tell({ text: shown, isCut: isCut || lines.length > MOST_LINES, problem: null });
    } catch (error) {
      if (isCancelled(error)) {
        return;
      }
      this.tell({ ...this.log, problem: toUserText(error) });
    }
    if (this.work.signal.aborted || this.isLast) {
      return;
    }
    this.isLast = over; // What the process wrote last may come after its end is known.
    this.timer = setTimeout(() => void this.look(), this.folder.logFile(this.job) === null ? REMOTE_MS : LOCAL_MS);
  }

  private tell(log: RetrainLog): void {
    if (JSON.stringify(log) !== JSON.stringify(this.log)) {
      this.log = log;
      this.changed(log);
    }
  }
}
