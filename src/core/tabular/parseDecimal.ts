const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const SPACE = 0x20;
const TAB = 0x09;
/** So many digits are always exact in a double. */
const EXACT_DIGITS = 15;
/** And so many are exact in the sum of two doubles as it is made here. */
const DOUBLE_DIGITS = 19;
/** Powers of ten up to this one are exact in a double. */
const EXACT_POWER = 22;
/** Splits a double into two halves of 26 bits (Veltkamp). */
const SPLITTER = 134_217_729;
/** Far above the error of the quotient below, which is some 2^-104 of it, and far below what decides between two doubles. */
const RELATIVE_ERROR = 2 ** -100;

const POWERS = Float64Array.from({ length: EXACT_POWER + 1 }, (_, exponent) => Number(`1e${exponent}`));
const POWERS_HIGH = POWERS.map((power) => SPLITTER * power - (SPLITTER * power - power));
const POWERS_LOW = POWERS.map((power, index) => power - (POWERS_HIGH[index] ?? 0));

/**
 * A number that is written in bytes, as `Number` reads it: the double that is nearest. NaN where they are no number.
 *
 * What counts as one is what pandas takes: digits with or without sign, point and exponent, spaces around them, and "inf" or "infinity" in any case;
 * not "nan", hexadecimal numbers or thousands separators. (The reader of pandas itself is one unit off in the last place at times.)
 *
 * Up to 15 digits are exact in a double, and so is a power of ten up to 22: one division rounds correctly (Clinger 1990). Up to 19 digits are divided
 * as a sum of two doubles (Dekker 1971), which is right unless the quotient lies within 2^-100 of the middle between two doubles; then, and
 * for all that is longer, `Number` decides.
 */
export function parseDecimal(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  const sign = bytes[at] ?? 0;
  if (sign === MINUS || sign === PLUS) {
    at++;
  }
  let high = 0;
  let low = 0;
  let count = 0;
  const first = at;
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) {
      break;
    }
    if (count < EXACT_DIGITS) {
      high = high * 10 + digit;
      count += high === 0 ? 0 : 1;
    } else {
      low = low * 10 + digit;
      count++;
    }
  }
  let digits = at - first;
  let exponent = 0;
  if (at < end && bytes[at] === POINT) {
    const fraction = ++at;
    for (; at < end; at++) {
      const digit = (bytes[at] ?? 0) - ZERO;
      if (digit < 0 || digit > 9) {
        break;
      }
      if (count < EXACT_DIGITS) {
        high = high * 10 + digit;
        count += high === 0 ? 0 : 1;
      } else {
        low = low * 10 + digit;
        count++;
      }
    }
    exponent = fraction - at;
    digits -= exponent;
  }
  if (digits === 0) {
    return parseRare(bytes, start, end);
  }
  if (at < end) {
    const power = parseExponent(bytes, at, end);
    if (power !== power) {
      return parseRare(bytes, start, end);
    }
    exponent += power;
  }
  if (count > DOUBLE_DIGITS || exponent < -EXACT_POWER || exponent > EXACT_POWER) {
    return parseRare(bytes, start, end);
  }
  const value = count <= EXACT_DIGITS ? scale(high, exponent) : scaleLong(high, low, count - EXACT_DIGITS, exponent);
  return value !== value ? parseRare(bytes, start, end) : sign === MINUS ? -value : value;
}

/** Whether a field that is a number is written as a whole one: a sign and digits, spaces around them. */
export function isWholeNumber(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (isSpace(bytes[at] ?? 0)) {
    at++;
  }
  let last = end;
  while (isSpace(bytes[last - 1] ?? 0)) {
    last--;
  }
  const sign = bytes[at] ?? 0;
  if (sign === MINUS || sign === PLUS) {
    at++;
  }
  for (; at < last; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) {
      return false;
    }
  }
  return true;
}

/** The power of ten after an "e"; NaN where it is none, or is so large that it matters. */
function parseExponent(bytes: Uint8Array, start: number, end: number): number {
  const letter = bytes[start] ?? 0;
  if (letter !== 0x65 && letter !== 0x45) {
    return NaN;
  }
  let at = start + 1;
  const sign = bytes[at] ?? 0;
  if (sign === MINUS || sign === PLUS) {
    at++;
  }
  if (at === end || end - at > 3) {
    return NaN;
  }
  let power = 0;
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - ZERO;
    if (digit < 0 || digit > 9) {
      return NaN;
    }
    power = power * 10 + digit;
  }
  return sign === MINUS ? -power : power;
}

/** Both operands are exact, so that the one rounding is the right one. */
function scale(digits: number, exponent: number): number {
  return exponent < 0 ? digits / (POWERS[-exponent] ?? 1) : exponent === 0 ? digits : digits * (POWERS[exponent] ?? 1);
}

/** (high * 10^lowDigits + low) * 10^exponent; NaN where two doubles are too near to decide between them here. */
function scaleLong(high: number, low: number, lowDigits: number, exponent: number): number {
  const shift = POWERS[lowDigits] ?? 1;
  const product = high * shift;
  const sum = product + low;
  const rest = low - (sum - product) + productError(high, lowDigits, product);
  let head: number;
  let tail: number;
  if (exponent < 0) {
    const power = POWERS[-exponent] ?? 1;
    head = sum / power;
    const back = head * power;
    tail = (sum - back - productError(head, -exponent, back) + rest) / power;
  } else {
    const power = POWERS[exponent] ?? 1;
    head = sum * power;
    tail = productError(sum, exponent, head) + rest * power;
  }
  const error = head * RELATIVE_ERROR;
  const upper = head + (tail + error);
  return upper === head + (tail - error) ? upper : NaN;
}

/** What the rounded product of a number and a power of ten leaves out, exactly. */
function productError(factor: number, exponent: number, product: number): number {
  const split = SPLITTER * factor;
  const high = split - (split - factor);
  const low = factor - high;
  const powerHigh = POWERS_HIGH[exponent] ?? 0;
  const powerLow = POWERS_LOW[exponent] ?? 0;
  return low * powerLow - (product - high * powerHigh - low * powerHigh - high * powerLow);
}

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
/** No number that people write is longer; a text of a megabyte need not be made a string to see that it is none. */
const LONGEST = 1000;

function parseRare(bytes: Uint8Array, start: number, end: number): number {
  if (end - start > LONGEST) {
    return NaN;
  }
  let text = "";
  for (let at = start; at < end; at++) {
    text += String.fromCharCode(bytes[at] ?? 0);
  }
  text = text.replace(/^[ \t]+|[ \t]+$/g, "");
  if (DECIMAL.test(text)) {
    return Number(text);
  }
  const infinite = INFINITE.exec(text);
  return infinite === null ? NaN : infinite[1] === "-" ? -Infinity : Infinity;
}

function isSpace(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}
