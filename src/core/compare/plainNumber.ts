const MAX_LENGTH = 40;
/** As people and programs write numbers; a leading zero makes an id, such as a postcode. */
const PLAIN = /^([+-]?)(0|[1-9]\d*)?(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/;
/** As Python and JavaScript write what is no finite number. */
const SPECIAL: Readonly<Record<string, number>> = {
  nan: NaN,
  NaN,
  inf: Infinity,
  "+inf": Infinity,
  Infinity,
  "-inf": -Infinity,
  "-Infinity": -Infinity,
};

/**
 * The number that a stored text is, or null where it is none or where a number would lose something of it:
 * "0.10" and "1e-1" are 0.1, but "007", "1.2.3" and "12345678901234567890" are texts.
 */
export function plainNumber(text: string): number | null {
  if (text.length === 0 || text.length > MAX_LENGTH) {
    return null;
  }
  const value = Number(text);
  if (String(value) === text) {
    return value;
  }
  if (Object.hasOwn(SPECIAL, text)) {
    return SPECIAL[text] ?? null;
  }
  const written = digitsOf(text);
  const kept = written === null ? null : digitsOf(String(value));
  return written !== null && written === kept ? value : null;
}

/** Sign, significant digits and exponent in one form, so that two spellings of one number give the same text. */
function digitsOf(text: string): string | null {
  const match = PLAIN.exec(text);
  const whole = match?.[2] ?? "";
  const fraction = match?.[3] ?? "";
  if (match === null || whole + fraction === "") {
    return null;
  }
  const digits = (whole + fraction).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") {
    return "0";
  }
  const exponent = Number(match[4] ?? 0) - fraction.length + digits.length - significant.length;
  return `${match[1] === "-" ? "-" : ""}${significant}e${exponent}`;
}
