import type { CancelSignal } from "../../core/base/cancel";
import { unquotedBytes } from "../../core/tabular/fieldBlock";
import { RecordScanner } from "../../core/tabular/recordScanner";
import { fileError } from "./fileProblem";
import type { LocatedFile } from "./locateFiles";
import { isPacked, textHead, unpackedName } from "./textChunks";
import { encodingOf, headToUtf8 } from "./textEncoding";

/** What is known of a delimited file before its rows are read. */
export interface TextHeading extends LocatedFile {
  readonly encoding: string;
  /** The separator's byte. */
  readonly separator: number;
  /** A name for each field of a row, each different from the others. */
  readonly names: readonly string[];
  /** What was done to the names, a sentence each. */
  readonly notes: readonly string[];
}

const USUAL_HEAD = 64 * 1024;
/** A heading longer than this is no heading; 100,000 columns take some 2 MB. */
const LONGEST_HEAD = 8 * 1024 * 1024;
const GUESSED = [",", ";", "\t", "|"] as const;
/** Lines that a separator is guessed from. */
const LINES = 20;
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Finds out the encoding, the separator and the names of the columns from a file's first lines.
 * @throws AppError when the file is no text or cannot be read.
 */
export async function readTextHeading(
  file: LocatedFile,
  said: { readonly separator?: string | undefined; readonly encoding?: string | undefined },
  signal: CancelSignal,
): Promise<TextHeading> {
  // How much a packed file holds shows when it is unpacked only.
  const most = isPacked(file.path) ? Infinity : file.bytes;
  for (let length = Math.min(USUAL_HEAD, most); ; length = Math.min(length * 4, LONGEST_HEAD, most)) {
    const bytes = await textHead(file.path, length, signal);
    const isAll = bytes.length < length || length >= most;
    const encoding = encodingOf(file.path, bytes, said.encoding);
    const head = headToUtf8(bytes, encoding);
    if (head.includes(0)) {
      throw fileError(file.path, "it holds bytes that no text has", "Check that it is a text file, and say its encoding if it is one.");
    }
    const separator = separatorOf(file.path, head, isAll, said.separator);
    const [heading, first] = firstRecords(head, separator, isAll, 2, (scanner) => textsOf(head, scanner));
    if (heading !== undefined && (first !== undefined || isAll || length === LONGEST_HEAD)) {
      return { ...file, encoding, separator, ...namesOf(heading, first) };
    }
    if (isAll) {
      throw fileError(file.path, "it holds no line with names of columns", "Check what should have written it.");
    }
    if (length === LONGEST_HEAD) {
      throw fileError(
        file.path,
        "its first line does not end within 8 MB",
        "Check that it is a delimited text file, and that its quotes are closed.",
      );
    }
  }
}

function separatorOf(path: string, head: Uint8Array, isAll: boolean, said: string | undefined): number {
  if (said !== undefined) {
    const code = said.charCodeAt(0);
    if (said.length !== 1 || code > 0x7e || said === '"' || said === "\n" || said === "\r") {
      throw fileError(path, `"${said}" can separate no fields`, "Name one character, such as ; or a tab.");
    }
    return code;
  }
  if (/\.tsv$/i.test(unpackedName(path))) {
    return 0x09;
  }
  let best = 0x2c;
  let bestScore = 0;
  for (const candidate of GUESSED) {
    const score = scoreOf(firstRecords(head, candidate.charCodeAt(0), isAll, LINES, ({ fields }) => fields));
    if (score > bestScore) {
      best = candidate.charCodeAt(0);
      bestScore = score;
    }
  }
  return best;
}

/** How well a separator fits: lines as long as the heading first, then how many fields it makes. None for one that makes a single field. */
function scoreOf(widths: readonly number[]): number {
  const width = widths[0] ?? 1;
  if (width === 1) {
    return 0;
  }
  const alike = widths.filter((one) => one === width || one === width + 1).length;
  return alike / widths.length + (1 - 1 / width) / 100;
}

/** Something of each of the first records of a text, fewer where it holds no more. */
function firstRecords<T>(head: Uint8Array, separator: number, isAll: boolean, count: number, take: (scanner: RecordScanner) => T): T[] {
  const width = head.reduce((sum, byte) => sum + (byte === separator ? 1 : 0), 1);
  const scanner = new RecordScanner(separator, width, 1);
  const records: T[] = [];
  let at = 0;
  while (records.length < count) {
    at = scanner.scan(head, at, head.length, isAll);
    if (scanner.rows === 0) {
      break;
    }
    records.push(take(scanner));
  }
  return records;
}

function textsOf(head: Uint8Array, { fields, starts, ends }: RecordScanner): string[] {
  return Array.from({ length: fields }, (_, field) => decoder.decode(unquotedBytes(head, starts[field] ?? 0, ends[field] ?? 0)));
}

/** Names as pandas makes them: "Unnamed: 3" for an empty one, "a.1" for a second "a"; spaces around them are left out. */
function namesOf(heading: readonly string[], first: readonly string[] | undefined): Pick<TextHeading, "names" | "notes"> {
  const notes: string[] = [];
  // R and others name no column of row names, so that the heading is one field shorter than each row.
  const hasRowNames = first?.length === heading.length + 1 && first.at(-1) !== "";
  const raw = hasRowNames ? ["", ...heading] : heading;
  if (hasRowNames) {
    notes.push("Rows have one field more than the heading: the first is taken for a name of the row.");
  }
  if (raw.length > 1 && raw.every((name) => name.trim() !== "" && Number.isFinite(Number(name)))) {
    notes.push("All names of columns are numbers: the file may have no heading, and its first row is taken for one.");
  }
  const taken = new Set<string>();
  const names = raw.map((name, index) => {
    const base = name.trim() === "" ? `Unnamed: ${index}` : name.trim();
    let unique = base;
    for (let number = 1; taken.has(unique); number++) {
      unique = `${base}.${number}`;
    }
    if (unique !== base) {
      notes.push(`Column ${index + 1} is called "${unique}", because "${base}" is there before.`);
    }
    taken.add(unique);
    return unique;
  });
  return { names, notes };
}
