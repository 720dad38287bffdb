import type { CancelSignal } from "../../base/cancel";
import type { Product } from "../../config/product";
import { type ReadingWords, tableReading } from "../../tabular/tableReading";
import { indexed } from "../indexed";
import type { ColumnsFact, Fact, LintFacts, PathFact } from "../lintFacts";
import type { FileIndex } from "./fileIndex";
import type { WorkspaceFiles } from "./lintPorts";
import { isPattern, matchingFiles } from "./matchingFiles";
import { productPaths } from "./productPaths";
import { reasonOf } from "./reasonOf";
import { resolvePath } from "./workspacePath";

/** Tables whose columns nobody reads here; any other kind of file that is no table has no columns. */
const OTHER_TABLES =
  /\.(?:json|xlsx?|xlsb|ods|feather|arrow|orc|avro|pkl|pickle|h5|hdf5?|db|sqlite3?|duckdb|sas7bdat|dta|sav|gz|bz2|xz|zst|zip|tar)$/i;
const TABLE = /\.(?:csv|tsv|parquet|pq|jsonl|ndjson)(?:\.gz)?$/i;
const MISSING: PathFact = { kind: "missing", sha256: null, size: null };

interface Lookup {
  readonly folder: string;
  /** What may have to be read, so that its size is asked for. */
  readonly data: ReadonlySet<string>;
  readonly files: WorkspaceFiles;
  readonly index: FileIndex;
}

/** What stands at the paths that a product's file names. */
export async function gatherPaths(
  product: Product,
  folder: string,
  files: WorkspaceFiles,
  index: FileIndex,
  signal: CancelSignal,
): Promise<Pick<LintFacts, "path" | "columns">> {
  const lookup = { folder, files, index, data: dataPaths(product) };
  const found = new Map(
    await Promise.all([...productPaths(product)].map(async (path) => [path, await pathFact(path, lookup, signal)] as const)),
  );
  const hashed = pathsToHash(product, found);
  const hashes = new Map(await Promise.all(hashed.map(async (path) => [path, await hashFact(path, found, lookup, signal)] as const)));
  // Columns speak against the answer that data is not personal, and only then are they asked for.
  const tables = product.personal_data === "no" ? readings(product) : new Map<string, ReadingWords | undefined>();
  const columns = new Map(
    await Promise.all(
      [...tables].map(async ([path, words]) => [path, await columnsFact(path, words, found.get(path), lookup, signal)] as const),
    ),
  );
  return {
    path: (path) => hashes.get(path) ?? found.get(path) ?? { known: false, why: "it is not written as a path" },
    columns: (path) => columns.get(path) ?? { known: false, why: "it was not looked up" },
  };
}

/** How each table of a product is read; of two entries for one file, the first that says it counts for both. */
function readings({ data }: Product): ReadonlyMap<string, ReadingWords | undefined> {
  const found = new Map<string, ReadingWords | undefined>();
  for (const [, { path, read }] of indexed(data)) {
    if (path !== undefined) {
      found.set(path, found.get(path) ?? read);
    }
  }
  return found;
}

/** The data that a product names to be trained or measured with. */
function dataPaths({ data, kpis }: Product): ReadonlySet<string> {
  return new Set([...indexed(data).flatMap(([, { path }]) => path ?? []), ...indexed(kpis).flatMap(([, { data: path }]) => path ?? [])]);
}

async function pathFact(path: string, { folder, files, index, data }: Lookup, signal: CancelSignal): Promise<Fact<PathFact>> {
  if (/^[A-Za-z][\w+.-]+:\/\//.test(path.trim())) {
    return { known: false, why: "it is an address, and none is opened" };
  }
  const place = resolvePath(folder, path);
  if (place === null) {
    return known({ ...MISSING, kind: "outside" });
  }
  if (!data.has(path) && index.hasFile(place)) {
    return known({ kind: "file", sha256: null, size: null });
  }
  try {
    const { kind, size } = await files.look(place, signal);
    return known(
      kind === "missing" && isPattern(place) && matchingFiles(place, index).length > 0
        ? { kind: "file", sha256: null, size: null }
        : { kind, size, sha256: null },
    );
  } catch (error) {
    signal.throwIfAborted();
    return { known: false, why: reasonOf(error) };
  }
}

/**
 * Data whose hash a rule can use: the hash is offered as the version, tells whether a written one still holds, and that two sets are the same file,
 * which only two of the same size can be. Anything else would read gigabytes for nothing.
 */
function pathsToHash(product: Product, found: ReadonlyMap<string, Fact<PathFact>>): readonly string[] {
  const data = indexed(product.data);
  const unversioned = new Set(data.flatMap(([, { path, version }]) => (path !== undefined && version === undefined ? [path] : [])));
  const written = new Set(data.flatMap(([, { path, version }]) => (path !== undefined && version?.sha256 !== undefined ? [path] : [])));
  const files = [...dataPaths(product)].flatMap((path) => {
    const fact = found.get(path);
    return fact?.known === true && fact.value.kind === "file" && fact.value.size !== null ? [{ path, size: fact.value.size }] : [];
  });
  const sizes = new Map<number, number>();
  for (const { size } of files) {
    sizes.set(size, (sizes.get(size) ?? 0) + 1);
  }
  return files.filter(({ path, size }) => unversioned.has(path) || written.size > 0 || (sizes.get(size) ?? 0) > 1).map(({ path }) => path);
}

async function hashFact(
  path: string,
  found: ReadonlyMap<string, Fact<PathFact>>,
  { folder, files }: Lookup,
  signal: CancelSignal,
): Promise<Fact<PathFact>> {
  const fact = found.get(path);
  const place = resolvePath(folder, path);
  if (fact?.known !== true || place === null) {
    return fact ?? known(MISSING);
  }
  try {
    return known({ ...fact.value, sha256: await files.sha256(place, signal) });
  } catch (error) {
    signal.throwIfAborted();
    return { known: false, why: reasonOf(error) };
  }
}

/** Of a folder or a pattern one table speaks for the others, because they are parts of one set. */
async function columnsFact(
  path: string,
  words: ReadingWords | undefined,
  fact: Fact<PathFact> | undefined,
  { folder, files, index }: Lookup,
  signal: CancelSignal,
): Promise<Fact<ColumnsFact>> {
  const place = resolvePath(folder, path);
  if (fact?.known === false) {
    return fact;
  }
  if (place === null || fact?.value.kind === "outside") {
    return { known: false, why: "it lies outside of the workspace" };
  }
  if (fact === undefined || fact.value.kind === "missing") {
    return { known: false, why: "it is not on this machine" };
  }
  const parts = fact.value.size === null ? matchingFiles(place, index) : [place];
  const table = parts.find((part) => TABLE.test(part)) ?? parts.find((part) => OTHER_TABLES.test(part)) ?? parts[0] ?? place;
  try {
    const names = await files.columnNames(table, signal, tableReading(words));
    return names === null && OTHER_TABLES.test(table)
      ? { known: false, why: "the columns of this kind of file cannot be read here" }
      : known({ names: names ?? [] });
  } catch (error) {
    signal.throwIfAborted();
    return { known: false, why: reasonOf(error) };
  }
}

function known<T>(value: T): Fact<T> {
  return { known: true, value };
}
