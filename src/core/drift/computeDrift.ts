import { ownValue } from "../base/ownValue";
import { AppError } from "../base/appError";
import { closestWord } from "../base/closestWord";
import { oneLine } from "../base/oneLine";
import type { CancelSignal } from "../base/cancel";
import { correlationChanges } from "./correlationChanges";
import { alarmsByChance, datasetDrift } from "./datasetDrift";
import type { ColumnDrift, DriftReport, DriftSettings } from "./driftReport";
import type { DriftEvents } from "./driftService";
import type { DriftSide } from "./driftSide";
import { judgeColumn, oneSidedColumn } from "./judgeColumn";

export interface DriftTables {
  readonly reference: DriftSide;
  readonly current: DriftSide;
}

interface NamesBySide {
  readonly reference: ReadonlySet<string>;
  readonly current: ReadonlySet<string>;
}

/**
 * Compares two tables column by column; a column of both sides is read, judged and dropped before the next.
 * @param now milliseconds, of any clock that only goes on.
 * @throws AppError where a table cannot be read.
 */
export async function computeDrift(
  tables: DriftTables,
  settings: DriftSettings,
  events: DriftEvents,
  signal: CancelSignal,
  now: () => number,
): Promise<DriftReport> {
  const started = now();
  checkNamed(tables, settings);
  const names = columnsToJudge(tables, settings);
  const isIn = { reference: namesOf(tables.reference), current: namesOf(tables.current) };
  tables.reference.prepare(names.filter((name) => isIn.reference.has(name)));
  tables.current.prepare(names.filter((name) => isIn.current.has(name)));
  try {
    return await compareAll(names, tables, isIn, settings, events, signal, { started, now });
  } finally {
    tables.reference.prepare([]);
    tables.current.prepare([]);
  }
}

async function compareAll(
  names: readonly string[],
  tables: DriftTables,
  isIn: NamesBySide,
  settings: DriftSettings,
  events: DriftEvents,
  signal: CancelSignal,
  clock: { readonly started: number; readonly now: () => number },
): Promise<DriftReport> {
  const columns: ColumnDrift[] = [];
  for (const name of names) {
    signal.throwIfAborted();
    const column = await judge(name, tables, isIn, settings, signal);
    columns.push(column);
    events.onColumn?.(column);
    events.onProgress?.({
      text: `Compared ${columns.length.toLocaleString("en-US")} of ${names.length.toLocaleString("en-US")} columns`,
      done: columns.length,
      total: names.length,
    });
  }
  const numeric = columns.filter(
    ({ type, kinds, psiBins }) => type === "num" && psiBins !== null && kinds.reference !== "time" && kinds.current !== "time",
  );
  const changes = await correlationChanges(
    numeric.map(({ name }) => name),
    tables.reference,
    tables.current,
    signal,
  );
  return {
    mode: settings.mode,
    settings,
    reference: tables.reference.summary,
    current: tables.current.summary,
    columns,
    dataset: datasetDrift(columns, settings),
    ...changes,
    chance: alarmsByChance(columns),
    elapsedMs: Math.max(0, clock.now() - clock.started),
  };
}

/** In the order of the reference; columns of one side only come last. Times and ignored columns are no input, unless somebody names them. */
export function columnsToJudge({ reference, current }: DriftTables, settings: DriftSettings): readonly string[] {
  const inReference = namesOf(reference);
  const inCurrent = namesOf(current);
  const isTime = new Set([...reference.columns, ...current.columns].flatMap(({ name, kind }) => (kind === "time" ? [name] : [])));
  const ignored = new Set(settings.ignore);
  const only = settings.only === null ? null : new Set(settings.only);
  const isWanted = (name: string): boolean => (only === null ? !isTime.has(name) && !ignored.has(name) : only.has(name));
  const both = [...inReference].filter((name) => inCurrent.has(name));
  const left = [...inReference].filter((name) => !inCurrent.has(name));
  const right = [...inCurrent].filter((name) => !inReference.has(name));
  return [...both, ...left, ...right].filter(isWanted);
}

/** @throws AppError for a name that neither side knows: whoever names a column wants it judged. */
function checkNamed({ reference, current }: DriftTables, { only }: DriftSettings): void {
  const known = [...namesOf(reference), ...namesOf(current)];
  const wrong = only?.find((name) => !known.includes(name));
  if (wrong !== undefined) {
    const near = closestWord(wrong, known);
    throw new AppError(
      "usage",
      `There is no column ${oneLine(wrong, 100)} on either side.${near === undefined ? "" : ` Did you mean ${oneLine(near, 100)}?`}`,
      {
        remedy: "Name a column of the data.",
      },
    );
  }
}

function namesOf({ columns }: DriftSide): ReadonlySet<string> {
  return new Set(columns.map(({ name }) => name));
}

async function judge(
  name: string,
  { reference, current }: DriftTables,
  isIn: NamesBySide,
  settings: DriftSettings,
  signal: CancelSignal,
): Promise<ColumnDrift> {
  const whole = ownValue(settings.types, name) === "cat";
  if (!isIn.current.has(name)) {
    return oneSidedColumn(name, await reference.facts(name, whole, signal), "reference", settings);
  }
  if (!isIn.reference.has(name)) {
    return oneSidedColumn(name, await current.facts(name, whole, signal), "current", settings);
  }
  // Both at once: the sides may lie in two threads.
  const [before, after] = await Promise.all([reference.facts(name, whole, signal), current.facts(name, whole, signal)]);
  const isCategory = before.sample !== null && after.sample === null && before.guess === "cat";
  return judgeColumn(name, before, isCategory ? await current.facts(name, true, signal) : after, settings);
}
