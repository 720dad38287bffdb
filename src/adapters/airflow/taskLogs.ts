import * as v from "valibot";

import type { CancelSignal } from "../../core/base/cancel";
import { isOver } from "../../core/training/jobState";
import type { LogChunk } from "../../core/training/trainingEngine";
import type { AirflowApi } from "./airflowApi";
import { inOrder, nameOf, taskStateOf } from "./airflowState";
import { LOG, type LogContent, type TaskRecord } from "./records";

/** At most three bytes each, so that a chunk stays below a megabyte. */
const CHUNK_CHARACTERS = 300_000;
/** Lines that were handed over, by task, place and try; the one whose lines came last; whether its heading stands. */
const CURSOR = v.object({ seen: v.record(v.string(), v.number()), last: v.nullable(v.string()) });
type Cursor = v.InferOutput<typeof CURSOR>;

/** Of a task that was tried more often, the last tries are told: each costs a request. */
const MOST_TRIES = 50;
/** Nobody tries so often, and above 2^53 a number does not grow by one any more. */
const LAST_TRY = 1_000_000;

/**
 * The logs of all tasks and their last tries, those that started first at the beginning; each run of lines of one task stands below a heading.
 * @param isRunOver as it was before the tasks were read.
 */
export async function taskLogs(
  api: AirflowApi,
  runPath: string,
  { tasks, isRunOver, cursor }: { readonly tasks: readonly TaskRecord[]; readonly isRunOver: boolean; readonly cursor: string | null },
  signal: CancelSignal,
): Promise<LogChunk> {
  const { seen, last } = readCursor(cursor);
  const counts = new Map(Object.entries(seen));
  let lastKey = last;
  let text = "";
  let isWhole = true;
  for (const task of inOrder(tasks)) {
    const tries = Math.min(task.try_number, LAST_TRY);
    for (let number = Math.max(1, tries - MOST_TRIES + 1); number <= tries; number++) {
      const key = `${task.task_id}|${task.map_index}|${number}`;
      if (counts.get(key) === -1) {
        continue; // It was over, and read to its end.
      }
      const lines = await linesOf(api, runPath, task, number, signal);
      const from = counts.get(key) ?? 0;
      let next = from;
      for (; next < lines.length && text.length < CHUNK_CHARACTERS; next++) {
        if (lastKey !== key) {
          text += `--- ${nameOf({ ...task, try_number: number })} ---\n`;
          lastKey = key;
        }
        text += `${(lines[next] ?? "").slice(0, CHUNK_CHARACTERS / 10)}\n`;
      }
      const isRead = next >= lines.length;
      const isEnded = number < task.try_number || isOver(taskStateOf(task));
      counts.set(key, isRead && isEnded && isRunOver ? -1 : next);
      isWhole &&= isRead;
    }
  }
  const written: Cursor = { seen: Object.fromEntries(counts), last: lastKey };
  return { text, cursor: JSON.stringify(written), isComplete: isRunOver && isWhole };
}

async function linesOf(
  api: AirflowApi,
  runPath: string,
  task: TaskRecord,
  number: number,
  signal: CancelSignal,
): Promise<readonly string[]> {
  const index = task.map_index < 0 ? "" : `&map_index=${task.map_index}`;
  const path = `${runPath}/taskInstances/${encodeURIComponent(task.task_id)}/logs/${number}?full_content=true${index}`;
  const log = await api.getIfThere(path, LOG, "the log of a task", signal);
  return log === null ? [] : logLines(log.content);
}

/** Lines of a log without those that only tell where it was read from, since they change from one reading to the next. */
function logLines(content: LogContent): readonly string[] {
  if (typeof content === "string") {
    return content.split("\n");
  }
  const lines: string[] = [];
  let isPreamble = false;
  for (const entry of content) {
    const event = typeof entry === "string" ? entry : entry.event;
    if (event.startsWith("::group::Log message source")) {
      isPreamble = true;
    } else if (isPreamble && event.startsWith("::endgroup::")) {
      isPreamble = false;
    } else if (!isPreamble) {
      const time = typeof entry === "string" ? null : (entry.timestamp ?? null);
      const raised = typeof entry === "string" ? [] : (entry.error_detail ?? []);
      const causes = raised.map(({ exc_type, exc_value }) => ` ${exc_type ?? ""}: ${exc_value ?? ""}`).join("");
      lines.push(`${time === null ? "" : `${time} `}${event}${causes}`.replaceAll("\n", "\n  "));
    }
  }
  return lines;
}

function readCursor(cursor: string | null): Cursor {
  try {
    return v.parse(CURSOR, JSON.parse(cursor ?? ""));
  } catch {
    return { seen: {}, last: null };
  }
}
