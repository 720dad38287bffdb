import type { DriftMethodId } from "../../core/drift/driftMethod";
import type { DriftSettings } from "../../core/drift/driftReport";
import type { WindowDrift } from "../../core/drift/driftService";
import type { MethodNames } from "../../core/drift/view/toScore";
import { guessTimeColumn } from "../../core/monitoring/timeColumn";
import type { ColumnKind } from "../../core/tabular/column";
import { type TableReading, tableReading } from "../../core/tabular/tableReading";
import type { DriftOptions, DriftReading, DriftView } from "../../protocol/drift";
import type { DriftSubject } from "./driftSubject";
import type { DriftChoices } from "./driftTarget";

/** What is known of the tables, by which choices are filled up. */
export interface KnownTables {
  readonly kinds: readonly { readonly name: string; readonly kind: ColumnKind }[];
  readonly windows: readonly Pick<WindowDrift, "from" | "to">[];
}

/** The window that the table shows: what somebody has chosen, else that of the last check; null for all rows. */
export function shownOf(choices: DriftChoices, subject: DriftSubject): { readonly from: number; readonly to: number } | null {
  return choices.shown === undefined ? subject.shown : choices.shown;
}

/** All options as the page shows them: what somebody has chosen, else what the product's file says. */
export function optionsOf(choices: DriftChoices, subject: DriftSubject, { kinds, windows }: KnownTables): DriftOptions {
  const shown = shownOf(choices, subject);
  const at = shown === null ? -1 : windows.findIndex(({ from, to }) => from === shown.from && to === shown.to);
  return {
    mode: choices.mode ?? subject.mode,
    method: choices.method ?? null,
    window: choices.window === undefined ? subject.window : choices.window,
    timeColumn: choices.timeColumn ?? subject.timeColumn ?? guessTimeColumn(kinds.filter(({ kind }) => kind === "time")),
    shownWindow: at < 0 ? null : at,
    segment: choices.segment ?? null,
    types: choices.types ?? subject.types,
    reading: choices.reading ?? { reference: readingIn(subject.reference), current: readingIn(subject.current) },
    ignore: choices.ignore ?? subject.ignore,
    detectors: choices.detectors ?? subject.detectors,
  };
}

/** How a side is read where nobody has chosen. */
function readingIn({ separator, encoding, missing }: TableReading): DriftReading {
  return { separator: separator ?? null, encoding: encoding ?? null, missing: missing ?? [] };
}

/** A choice of the page as readers take it. */
export function sourceReading({ separator, encoding, missing }: DriftReading): TableReading {
  return tableReading({ separator, encoding, missing });
}

/** The choices after the page has sent its options: only what it changed counts, because the rest may have been changed meanwhile. */
export function changedChoices(choices: DriftChoices, options: DriftOptions, seen: DriftView, methods: MethodNames): DriftChoices {
  const before = seen.options;
  const differs = (key: keyof DriftOptions): boolean => JSON.stringify(options[key]) !== JSON.stringify(before[key]);
  const window = options.shownWindow === null ? undefined : seen.windows[options.shownWindow];
  const isCutAnew = differs("window") || differs("timeColumn");
  return {
    ...choices,
    ...(differs("mode") ? { mode: options.mode } : {}),
    ...(differs("method") ? { method: methodOf(options.method, methods) } : {}),
    ...(differs("window") ? { window: options.window } : {}),
    ...(differs("timeColumn") ? { timeColumn: options.timeColumn } : {}),
    ...(differs("reading") ? { reading: ownReading(options.reading) } : {}),
    ...(differs("ignore") ? { ignore: [...options.ignore] } : {}),
    ...(differs("detectors") ? { detectors: [...options.detectors] } : {}),
    ...(differs("segment") ? { segment: options.segment } : {}),
    ...(differs("types") ? { types: options.types.map(([column, type]): [string, typeof type] => [column, type]) } : {}),
    ...(isCutAnew
      ? { shown: null }
      : differs("shownWindow")
        ? { shown: window === undefined ? null : { from: window.from, to: window.to } }
        : {}),
  };
}

/** How the columns are judged. A method that somebody chose here counts for all columns, with its own limits. */
export function settingsOf(choices: DriftChoices, subject: DriftSubject, methods: MethodNames, time: string | null): DriftSettings {
  const { mode, method, types, ignore } = choices;
  const settings = subject.settingsOf(mode ?? subject.mode, time, shownOf(choices, subject)?.to ?? null);
  const chosen = methodOf(method ?? null, methods);
  return {
    ...settings,
    ...(chosen === null ? {} : { limits: { method: chosen, warn: null, fail: null, from: "user" as const }, columns: {} }),
    types: { ...settings.types, ...Object.fromEntries(types ?? []) },
    // What the product's file leaves out can be taken in again.
    ignore: ignore === undefined ? settings.ignore : [...settings.ignore.filter((name) => !subject.ignore.includes(name)), ...ignore],
  };
}

/** Null for a method that there is none of: a page of another version may have kept it. */
function methodOf(id: string | null, methods: MethodNames): DriftMethodId | null {
  return id !== null && methods.has(id as DriftMethodId) ? (id as DriftMethodId) : null;
}

function ownReading({ reference, current }: DriftOptions["reading"]): NonNullable<DriftChoices["reading"]> {
  const own = ({ separator, encoding, missing }: DriftReading) => ({ separator, encoding, missing: [...missing] });
  return { reference: own(reference), current: own(current) };
}
