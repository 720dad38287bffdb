import { realpath } from "node:fs/promises";
import { stripVTControlCharacters } from "node:util";

import { AppError, isAppError, toUserText } from "../../core/base/appError";
import { isSettled } from "../../core/training/followJobs";
import type { TrainingJob } from "../../core/training/trainingJob";
import type { CommandContext, OptionValues } from "../command";
import { EXIT } from "../exitCode";
import { findProducts } from "../monitor/findProducts";
import { openMonitoredFiles } from "../monitor/openMonitoring";
import { printable } from "../printable";
import { timeText, durationText } from "../timeText";
import { jobText, kpiText, stateText } from "./jobText";
import type { OpenedTraining, OpenTraining } from "./openedTraining";

const DEFAULT_MAX = 50;
/** More trainings than a folder ever holds. */
const ALL = 100_000;
const AT_ONCE = 4;

interface Known {
  readonly opened: OpenedTraining;
  readonly job: TrainingJob;
}

/** `mlops jobs`, once it is asked for. */
export async function showJobs(context: CommandContext, openTraining: OpenTraining): Promise<number> {
  const { options, host } = context;
  const [id] = options.args;
  const max = readMax(options);
  const isOne = id !== undefined;
  if (!isOne && (options.has("log") || options.has("cancel"))) {
    throw new AppError("usage", `--${options.has("log") ? "log" : "cancel"} is for one training.`, { remedy: "Name its ID." });
  }
  const openFiles = openMonitoredFiles();
  const wish = { args: ["."], all: isOne || options.has("all"), cwd: await realpath(host.cwd) };
  const scopes = await findProducts(wish, openFiles, host.signal);
  const all: Known[] = [];
  const problems: string[] = [];
  const places: OpenedTraining[] = [];
  try {
    for (const { root, products } of scopes) {
      const opened = openTraining(root, openFiles(root), context);
      places.push(opened);
      const configs = products.map(({ path }) => path);
      const history = await opened.journal.list(configs, isOne ? ALL : max, host.signal);
      all.push(...history.jobs.map((job) => ({ opened, job })));
      problems.push(...history.problems);
    }
    return isOne ? await showOne(named(id, all), context) : await list(all.slice(0, max), problems, context);
  } finally {
    places.forEach((opened) => opened.dispose());
  }
}

async function showOne({ opened, job }: Known, context: CommandContext): Promise<number> {
  const { options, host, output } = context;
  const { jobs } = opened;
  const now = options.has("cancel") ? await jobs.cancel(job, host.signal) : await jobs.refresh(job, host.signal);
  if (!options.has("log")) {
    await host.stdout.write(output.isJson ? `${JSON.stringify({ job: now })}\n` : jobText(now, host.now()));
    return EXIT.fine;
  }
  let text = "";
  for (let cursor: string | null = null; ;) {
    const chunk: Awaited<ReturnType<typeof jobs.log>> = await jobs.log(now, cursor, host.signal);
    const plain = stripVTControlCharacters(chunk.text);
    if (output.isJson) {
      text += plain;
    } else {
      await host.stdout.write(plain);
    }
    if (chunk.text === "" || chunk.isComplete) {
      break;
    }
    cursor = chunk.cursor;
  }
  if (output.isJson) {
    await host.stdout.write(`${JSON.stringify({ job: now, log: text })}\n`);
  }
  return EXIT.fine;
}

async function list(known: readonly Known[], problems: readonly string[], context: CommandContext): Promise<number> {
  const { host, output } = context;
  const told = [...problems];
  const jobs: TrainingJob[] = known.map(({ job }) => job);
  const open = known.flatMap(({ opened, job }, index) => (isSettled(job) ? [] : [{ opened, job, index }])).values();
  const work = async (): Promise<void> => {
    for (const { opened, job, index } of open) {
      try {
        jobs[index] = await opened.jobs.refresh(job, host.signal);
      } catch (error) {
        host.signal.throwIfAborted();
        if (!isAppError(error)) {
          throw error;
        }
        told.push(`${job.id}: ${toUserText(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const problem of told) {
    await output.note(printable(problem));
  }
  if (output.isJson) {
    await host.stdout.write(`${JSON.stringify({ jobs, problems: told })}\n`);
  } else if (jobs.length === 0) {
    await output.note("There is no training here.");
  } else {
    await output.table(onePage(jobs), () => COLUMNS);
  }
  return EXIT.fine;
}

const COLUMNS = [
  { title: "training", cell: ({ id }: TrainingJob) => id },
  { title: "product", shrinkTo: 8, cell: ({ product }: TrainingJob) => product },
  { title: "engine", cell: ({ engine }: TrainingJob) => engine },
  { title: "state", cell: stateText },
  { title: "asked for", cell: ({ createdAt }: TrainingJob) => timeText(createdAt) },
  { title: "took", cell: ({ status }: TrainingJob) => durationText(status.startedAt, status.endedAt) },
  { title: "result", shrinkTo: 10, isOptional: true, cell: ({ outcome }: TrainingJob) => (outcome?.kpis ?? []).map(kpiText).join("; ") },
] as const;

async function* onePage(jobs: readonly TrainingJob[]): AsyncGenerator<readonly TrainingJob[]> {
  yield await Promise.resolve(jobs);
}

function named(id: string, known: readonly Known[]): Known {
  const exact = known.filter(({ job }) => job.id === id);
  const found = exact.length > 0 ? exact : known.filter(({ job }) => job.id.startsWith(id));
  const [first] = found;
  const shown = printable(id.slice(0, 120));
  if (first === undefined) {
    throw new AppError("usage", `There is no training "${shown}" in this repository.`, {
      remedy: "Run mlops jobs --all to see what there is.",
    });
  }
  if (found.length > 1) {
    throw new AppError("usage", `${found.length} trainings begin with "${shown}".`, { remedy: "Give more of the ID." });
  }
  return first;
}

function readMax(options: OptionValues): number {
  const text = options.text("max");
  const max = text === undefined ? DEFAULT_MAX : /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (max < 1) {
    throw new AppError("usage", "--max takes a whole number from 1 on.", { remedy: "For example --max 20." });
  }
  return max;
}
