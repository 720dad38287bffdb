import { chance, type Random, whole } from "./random";
import { twistJson } from "./twistJson";

/** Tried on every reader: what ends, opens, escapes or means something in some format, and what people see as something else. */
const WORDS: readonly string[] = [
  ..."{}[]()<>,:;#&*!|'\"%@`\\/=+-~^$?. \t\n\r\0\x1b\x7f".split(""),
  "\r\n",
  "---\n",
  "...\n",
  "- ",
  ": ",
  " #",
  "<<: *a",
  "&a ",
  "*a ",
  "!!binary ",
  "!!js/function ",
  "null",
  "true",
  "NaN",
  "Infinity",
  "-Infinity",
  ".inf",
  "1e999",
  "-1",
  "0x7fffffff",
  "9007199254740993",
  "9".repeat(400),
  "__proto__",
  "constructor",
  "toString",
  "../../../../etc/passwd",
  "<script>alert(1)</script>",
  "\x1b[31m",
  "\x1b]8;;http://x\x07",
  "\ufeff",
  "\u2028",
  "\u202e",
  "\u200b",
  "\ufffd",
  "😀",
  "İ",
  "ß",
  "-----BEGIN",
  "${jndi}",
  "{{ x }}",
  "\\ud800",
  "\\u0000",
];
/** Not UTF-8: cut, overlong, a half of a pair. */
const RAW: readonly Buffer[] = [
  Buffer.from([0xff]),
  Buffer.from([0xc3]),
  Buffer.from([0xe2, 0x82]),
  Buffer.from([0xc0, 0x80]),
  Buffer.from([0xed, 0xa0, 0x80]),
  Buffer.from([0xff, 0xfe]),
];
const NUMBERS: readonly string[] = [
  "0",
  "-0",
  "-1",
  "1e308",
  "1e-320",
  "4294967296",
  "9223372036854775808",
  "99999999999999999999",
  "0.1e",
  "1_000",
  "٣",
];
const LONGEST = 96 * 1024;
const DEEP = ["[", "{", "(", '{"a":', "[[", "- ", "a:\n ", "> ", '"\\', "&a [", "{a: ", "<a>"];

/** Makes an input out of good ones; the same for the same numbers. */
export function mutate(seeds: readonly Uint8Array[], kind: "json" | "text" | "bytes", words: readonly string[], random: Random): Buffer {
  let input: Buffer = Buffer.from(seeds[whole(random, seeds.length)] ?? []);
  if (kind === "json" && chance(random, 0.6)) {
    input = twistJson(input, random);
    if (chance(random, 0.7)) {
      return input;
    }
  }
  for (let round = 0; round < 1 + whole(random, 4); round += 1) {
    input = changed(input, seeds, kind, words, random);
  }
  return input.subarray(0, Math.max(LONGEST, ...seeds.map(({ length }) => length)));
}

function changed(input: Buffer, seeds: readonly Uint8Array[], kind: string, words: readonly string[], random: Random): Buffer {
  const at = whole(random, input.length + 1);
  const to = Math.min(input.length, at + 1 + whole(random, chance(random, 0.8) ? 16 : input.length + 1));
  switch (whole(random, kind === "bytes" ? 9 : 14)) {
    case 0: // A flipped bit.
      return input.length === 0 ? input : withByte(input, at % input.length, (byte) => byte ^ (1 << whole(random, 8)));
    case 1: // Another byte.
      return input.length === 0 ? input : withByte(input, at % input.length, () => whole(random, 256));
    case 2: // Cut off.
      return input.subarray(0, at);
    case 3: // Taken out.
      return spliced(input, at, to, "");
    case 4: // Said twice, or often.
      return spliced(input, to, to, repeated(input.subarray(at, to), chance(random, 0.1) ? 2000 : 1));
    case 5: {
      // The beginning of this one and the end of another.
      const other = Buffer.from(seeds[whole(random, seeds.length)] ?? []);
      return Buffer.concat([input.subarray(0, at), other.subarray(whole(random, other.length + 1))]);
    }
    case 6: {
      // A number of four bytes, as binary formats count.
      const count = Buffer.alloc(4);
      count.writeUInt32LE([0, 1, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff][whole(random, 8)] ?? 0);
      return Buffer.concat([input.subarray(0, at), count, input.subarray(Math.min(input.length, at + 4))]);
    }
    case 7:
      return spliced(input, at, chance(random, 0.5) ? at : to, RAW[whole(random, RAW.length)] ?? "");
    case 8:
    case 9: {
      const all = chance(random, 0.4) && words.length > 0 ? words : WORDS;
      return spliced(input, at, chance(random, 0.5) ? at : to, all[whole(random, all.length)] ?? "");
    }
    case 10: // Another number in place of one.
      return replaced(input, /-?\d[\d.eE+-]*/g, NUMBERS[whole(random, NUMBERS.length)] ?? "0", random);
    case 11: // Another word in place of one.
      return replaced(input, /[A-Za-z_][\w.-]*/g, WORDS[whole(random, WORDS.length)] ?? "", random);
    case 12: {
      // Blocks in blocks.
      const open = DEEP[whole(random, DEEP.length)] ?? "[";
      return spliced(input, at, at, open.repeat(chance(random, 0.2) ? 8000 : 1 + whole(random, 200)));
    }
    default: {
      // Lines that moved.
      const lines = input.toString("latin1").split("\n");
      const [line = ""] = lines.splice(whole(random, lines.length), 1);
      lines.splice(whole(random, lines.length + 1), 0, line);
      return Buffer.from(lines.join("\n"), "latin1");
    }
  }
}

function withByte(input: Buffer, at: number, change: (byte: number) => number): Buffer {
  const copy = Buffer.from(input);
  copy[at] = change(copy[at] ?? 0) & 0xff;
  return copy;
}

function spliced(input: Buffer, from: number, to: number, put: Buffer | string): Buffer {
  return Buffer.concat([input.subarray(0, from), typeof put === "string" ? Buffer.from(put, "utf8") : put, input.subarray(to)]);
}

function repeated(piece: Buffer, times: number): Buffer {
  return Buffer.concat(Array<Buffer>(Math.max(1, Math.min(times, Math.floor(LONGEST / (piece.length + 1))))).fill(piece));
}

function replaced(input: Buffer, what: RegExp, by: string, random: Random): Buffer {
  const found = [...input.toString("latin1").matchAll(what)];
  const one = found[whole(random, found.length)];
  return one === undefined ? input : spliced(input, one.index, one.index + one[0].length, by);
}
