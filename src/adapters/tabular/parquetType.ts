import type { SchemaElement, SchemaTree } from "hyparquet";
import { parseDecimal as decimalOfBytes, parseFloat16 } from "hyparquet/src/convert.js";

import type { ColumnKind } from "../../core/tabular/column";

const DAY = 86_400_000;
const UNIX_EPOCH_JULIAN_DAY = 2_440_588n;
const HIGH = 2 ** 32;

/** A column that is not nested. */
export interface ParquetLeaf {
  readonly kind: ColumnKind;
  /** Values as Parquet stores them as numbers: milliseconds for times. Only for kinds that are numbers. */
  readonly toNumbers: (stored: ArrayLike<unknown>) => Float64Array;
  /** The time zone is not known. */
  readonly isLocalTime: boolean;
  readonly isNullable: boolean;
  readonly tree: SchemaTree;
}

/** How a column is read, or a sentence that says why it is not. */
export function parquetType(tree: SchemaTree): ParquetLeaf | string {
  const { element } = tree;
  const logical = element.logical_type;
  if (tree.children.length > 0 || element.num_children !== undefined || element.repetition_type === "REPEATED") {
    return "It is nested: a list, a map or a structure.";
  }
  const leaf = (kind: ColumnKind, toNumbers: ParquetLeaf["toNumbers"] = fromPlain, isLocalTime = false): ParquetLeaf => ({
    kind,
    toNumbers,
    isLocalTime,
    isNullable: element.repetition_type !== "REQUIRED",
    tree,
  });
  if (element.converted_type === "DECIMAL" || logical?.type === "DECIMAL") {
    return leaf("float", fromDecimal(element.scale ?? (logical?.type === "DECIMAL" ? logical.scale : 0)));
  }
  if (element.converted_type === "INTERVAL") {
    return "It holds intervals of time.";
  }
  if (logical?.type === "TIME" || element.converted_type === "TIME_MILLIS" || element.converted_type === "TIME_MICROS") {
    return "It holds times of day without a date.";
  }
  switch (element.type) {
    case "BOOLEAN":
      return leaf("boolean");
    case "FLOAT":
    case "DOUBLE":
      return leaf("float");
    case "INT32":
      return element.converted_type === "DATE" || logical?.type === "DATE"
        ? leaf("time", (days) => fromPlain(days).map((day) => day * DAY), true)
        : leaf("integer", isUnsigned(element) ? (stored) => fromPlain(stored).map((value) => value >>> 0) : fromPlain);
    case "INT64": {
      const unit = timeUnit(element);
      const isLocal = logical?.type === "TIMESTAMP" && !logical.isAdjustedToUTC;
      return unit === null
        ? leaf("integer", isUnsigned(element) ? fromUnsigned64 : fromSigned64)
        : leaf("time", fromTimestamp(unit), isLocal);
    }
    case "INT96":
      return leaf("time", fromInt96, true);
    case "BYTE_ARRAY":
      return isText(element) ? leaf("text") : "It holds bytes, and nothing says that they are text.";
    case "FIXED_LEN_BYTE_ARRAY":
      return logical?.type === "FLOAT16" ? leaf("float", fromFloat16) : "It holds bytes, and nothing says that they are text.";
    default:
      return "Its type is not known.";
  }
}

function isText({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return ["UTF8", "ENUM", "JSON"].includes(converted ?? "") || ["STRING", "ENUM", "JSON"].includes(logical?.type ?? "");
}

function isUnsigned({ converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return converted?.startsWith("UINT_") === true || (logical?.type === "INTEGER" && !logical.isSigned);
}

/** Parts of a millisecond that a stored unit is; null for plain integers. */
function timeUnit({ converted_type: converted, logical_type: logical }: SchemaElement): number | null {
  if (logical?.type === "TIMESTAMP") {
    return logical.unit === "MILLIS" ? 1 : logical.unit === "MICROS" ? 1000 : 1_000_000;
  }
  return converted === "TIMESTAMP_MILLIS" ? 1 : converted === "TIMESTAMP_MICROS" ? 1000 : null;
}

function fromPlain(stored: ArrayLike<unknown>): Float64Array {
  return stored instanceof Float64Array ? stored : Float64Array.from(stored as ArrayLike<number>);
}

function fromSigned64(stored: ArrayLike<unknown>): Float64Array {
  return from64(stored, false);
}

function fromUnsigned64(stored: ArrayLike<unknown>): Float64Array {
  return from64(stored, true);
}

/** Without making a bigint of each: the high half times 2^32 is exact, so that the one rounding is the right one. */
function from64(stored: ArrayLike<unknown>, unsigned: boolean): Float64Array {
  const big = bigints(stored);
  const halves = new Uint32Array(big.buffer, big.byteOffset, big.length * 2);
  const numbers = new Float64Array(big.length);
  for (let index = 0; index < numbers.length; index++) {
    const high = halves[2 * index + 1] ?? 0;
    numbers[index] = (unsigned ? high : high | 0) * HIGH + (halves[2 * index] ?? 0);
  }
  return numbers;
}

function bigints(stored: ArrayLike<unknown>): BigInt64Array {
  return stored instanceof BigInt64Array ? stored : BigInt64Array.from(stored as ArrayLike<bigint>);
}

/** A double holds microseconds of our time exactly, and nanoseconds not, so that those are divided as integers. */
function fromTimestamp(unit: number): ParquetLeaf["toNumbers"] {
  if (unit <= 1000) {
    return (stored) => fromSigned64(stored).map((value) => value / unit);
  }
  const divisor = BigInt(unit);
  return (stored) => Float64Array.from(bigints(stored), (value) => Number(value / divisor) + Number(value % divisor) / unit);
}

/** Julian day in the high 32 bits, nanoseconds of the day below. */
function fromInt96(stored: ArrayLike<unknown>): Float64Array {
  return Float64Array.from(stored as ArrayLike<bigint>, (value) => {
    const days = (value >> 64n) - UNIX_EPOCH_JULIAN_DAY;
    return Number(days) * DAY + Number(value & 0xffffffffffffffffn) / 1_000_000;
  });
}

/** Through the decimal text where the digits do not fit into a double, so that the result is the nearest one. */
function fromDecimal(scale: number): ParquetLeaf["toNumbers"] {
  const power = 10 ** scale;
  return (stored) =>
    Float64Array.from(stored as ArrayLike<number | bigint | Uint8Array>, (value) => {
      const digits = value instanceof Uint8Array ? bigintOf(value) : value;
      const number = Number(digits);
      return Number.isSafeInteger(number) && scale <= 22 ? number / power : Number(`${digits}e-${scale}`);
    });
}

/** Big-endian two's complement. */
function bigintOf(bytes: Uint8Array): bigint | number {
  if (bytes.length <= 6) {
    return decimalOfBytes(bytes);
  }
  return BigInt.asIntN(
    bytes.length * 8,
    bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n),
  );
}

function fromFloat16(stored: ArrayLike<unknown>): Float64Array {
  return Float64Array.from(stored as ArrayLike<Uint8Array>, (bytes) => parseFloat16(bytes) ?? NaN);
}
