import type { Product } from "../config/product";
import type { DriftSettings } from "../drift/driftReport";
import type { DriftType } from "../drift/sample";
import { indexed } from "../lint/indexed";
import { type ReadingWords, type TableReading, tableReading } from "../tabular/tableReading";

/** What somebody says of how tables are read, in place of what the product's file says. */
export interface ReadingWish {
  readonly reference?: ReadingWords | undefined;
  readonly live?: ReadingWords | undefined;
  /** Columns that are left out as well. */
  readonly ignore?: readonly string[] | undefined;
  readonly types?: Readonly<Record<string, DriftType>> | undefined;
}

/**
 * How one side is read: what is asked for, else what `monitoring.read` says of this side, else of both, else what `data` says of the same file.
 * @throws AppError `usage` for a separator that is no single character.
 */
export function readingOf({ monitoring, data }: Product, side: "reference" | "live", wish: ReadingWish = {}): TableReading {
  const path = monitoring?.[side];
  const described = path === undefined ? undefined : indexed(data).find(([, one]) => one.path === path)?.[1];
  return tableReading(described?.read, monitoring?.read, monitoring?.read?.[side], wish[side]);
}

/** Settings with the columns that are left out, and what columns are, on top of what the product's file says. */
export function withWishes(settings: DriftSettings, { ignore = [], types = {} }: ReadingWish): DriftSettings {
  return { ...settings, ignore: [...new Set([...settings.ignore, ...ignore])], types: { ...settings.types, ...types } };
}
