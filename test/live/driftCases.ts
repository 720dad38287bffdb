import type { Column } from "../../src/core/tabular/column";

/** A column of both sides, and how it is to be judged. */
export interface DriftCase {
  readonly name: string;
  readonly type: "num" | "cat";
  readonly reference: Column;
  readonly current: Column;
}

/** Numbers that look random and are the same for a seed. */
class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 inclusive to 1 exclusive (mulberry32). */
  uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let word = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61);
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32;
  }

  below(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  exponential(): number {
    return -Math.log(1 - this.uniform());
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
}

/** Makes one side's value; `moved` on the current side of half the cases. */
type Draw = (random: Random, moved: boolean, row: number) => number;

const NUMBERS: Readonly<Record<string, { readonly kind: "float" | "integer"; readonly draw: Draw }>> = {
  normal: { kind: "float", draw: (r, moved) => r.normal() + (moved ? 0.2 : 0) },
  exponential: { kind: "float", draw: (r, moved) => r.exponential() * (moved ? 1.3 : 1) },
  "few decimals": { kind: "float", draw: (r, moved) => Math.round((r.normal() + (moved ? 0.15 : 0)) * 10) / 10 },
  "large offset": { kind: "float", draw: (r, moved) => Math.round((1e9 + r.normal() + (moved ? 0.2 : 0)) * 1000) / 1000 },
  "small scale": { kind: "float", draw: (r, moved) => (r.normal() + (moved ? 0.3 : 0)) * 1e-12 },
  "large scale": { kind: "float", draw: (r, moved) => r.normal() * (moved ? 1.5e60 : 1e60) },
  "one outlier": { kind: "float", draw: (r, moved, row) => (row === 3 ? 1e6 : r.exponential() * (moved ? 1.4 : 1)) },
  missing: { kind: "float", draw: (r, moved) => (r.uniform() < (moved ? 0.2 : 0.03) ? NaN : r.normal() * 2 - 1) },
  infinite: {
    kind: "float",
    draw: (r, moved) => (r.uniform() < 0.02 ? r.pick([Infinity, -Infinity, NaN]) : r.normal() + (moved ? 0.1 : 0)),
  },
  "mostly zero": { kind: "float", draw: (r, moved) => (r.uniform() < (moved ? 0.75 : 0.8) ? 0 : r.exponential()) },
  "two values": { kind: "float", draw: (r, moved) => (r.uniform() < (moved ? 0.45 : 0.5) ? 0.5 : 1.5) },
  "five values": { kind: "float", draw: (r, moved) => Math.min(4, Math.floor(r.uniform() * (moved ? 5.4 : 5))) / 3 },
  "six values": { kind: "float", draw: (r, moved) => Math.min(5, Math.floor(r.uniform() * (moved ? 6.6 : 6))) - 0.5 },
  "twenty integers": { kind: "integer", draw: (r, moved) => Math.min(19, Math.floor(r.uniform() * (moved ? 22 : 20))) },
  "twenty-one integers": { kind: "integer", draw: (r, moved) => Math.min(20, Math.floor(r.uniform() * (moved ? 23 : 21))) },
  "many integers": { kind: "integer", draw: (r, moved) => Math.round((r.normal() + (moved ? 0.1 : 0)) * 5000) },
  "disjoint ranges": { kind: "float", draw: (r, moved) => r.uniform() + (moved ? 7 : 0) },
};

const WORDS = ["Zürich", "naïve", "a,b", 'say "so"', "🚲", "\uff5e", "日本", "O'Hara", "semi;colon", "x"];

/** Rows of both sides, around every limit at which a tool changes its way. */
const SIZES: readonly (readonly [number, number])[] = [
  [2, 2],
  [3, 5],
  [5, 8],
  [6, 6],
  [7, 19],
  [20, 20],
  [20, 13],
  [21, 20],
  [24, 24],
  [25, 12],
  [60, 61],
  [200, 200],
  [999, 1000],
  [1000, 500],
  [1001, 400],
  [1200, 1001],
];

const LARGE_SIZES: readonly (readonly [number, number])[] = [
  [10_000, 9_999],
  [10_000, 10_000],
  [10_001, 37],
  [10_001, 140],
  [10_001, 3_000],
  [16_384, 16_384],
  [150_000, 220_000],
];

export function driftCases(seed: number): DriftCase[] {
  const random = new Random(seed);
  const numbers = Object.entries(NUMBERS).flatMap(([kind, { kind: type, draw }]) => {
    const sizes = [...SIZES, ...LARGE_SIZES.filter(() => random.uniform() < 0.4)];
    return sizes.map(([rows, currentRows]): DriftCase => {
      const moved = random.uniform() < 0.6;
      const side = (count: number, isMoved: boolean): Column => ({
        name: kind,
        kind: type,
        values: Float64Array.from({ length: count }, (_, row) => draw(random, isMoved, row)),
      });
      const name = `${kind}, ${rows}/${currentRows}${moved ? ", moved" : ""}`;
      return { name, type: "num", reference: side(rows, false), current: side(currentRows, moved) };
    });
  });
  return [...numbers, ...constantCases(), ...categoryCases(random)];
}

function constantCases(): DriftCase[] {
  const filled = (count: number, value: number): Column => ({
    name: "constant",
    kind: "float",
    values: new Float64Array(count).fill(value),
  });
  const varied = (count: number): Column => ({
    name: "constant",
    kind: "float",
    values: Float64Array.from({ length: count }, (_, i) => (i % 7) + 1),
  });
  return [
    { name: "constants, equal", type: "num", reference: filled(300, 3), current: filled(200, 3) },
    { name: "constants, different", type: "num", reference: filled(300, 3), current: filled(200, 4) },
    { name: "became constant", type: "num", reference: varied(300), current: filled(200, 4) },
    { name: "was constant", type: "num", reference: filled(300, 4), current: varied(200) },
    { name: "was constant, many rows", type: "num", reference: filled(1300, 4), current: varied(1200) },
  ];
}

function categoryCases(random: Random): DriftCase[] {
  const sizes = [...SIZES, [1500, 1500], [40_000, 30_000]] as const;
  return sizes.flatMap(([rows, currentRows]): DriftCase[] => {
    const draw = (labels: readonly string[], bend: number, gaps: number) => (count: number, power: number) =>
      textColumn(
        Array.from({ length: count }, () =>
          random.uniform() < gaps ? null : labels[Math.floor(random.uniform() ** power * labels.length * bend)]!,
        ),
      );
    const words = draw(WORDS, 1, 0);
    const gappy = draw(WORDS.slice(0, 4), 1, 0.05);
    const pair = draw(WORDS.slice(4, 6), 1, 0);
    const many = draw(
      Array.from({ length: Math.max(3, rows / 4) }, (_, i) => `id ${i}`),
      1,
      0,
    );
    const integers = (count: number, power: number): Column => ({
      name: "integers",
      kind: "integer",
      values: Float64Array.from({ length: count }, () => Math.floor(random.uniform() ** power * 9) + 3),
    });
    const flags = (count: number, share: number): Column => ({
      name: "flags",
      kind: "boolean",
      labels: ["True", "False"],
      codes: Int32Array.from({ length: count }, () => (random.uniform() < share / 2 ? 0 : 1)),
    });
    const kinds: Record<string, (count: number, power: number) => Column> = { words, gappy, pair, many, integers, flags };
    return Object.entries(kinds).map(([name, make]) => ({
      name: `${name}, ${rows}/${currentRows}`,
      type: "cat",
      reference: make(rows, 1),
      current: make(currentRows, random.pick([1, 1, 1.1, 1.3])),
    }));
  });
}

function textColumn(texts: readonly (string | null)[]): Column {
  const labels = [...new Set(texts.filter((text) => text !== null))];
  const codes = new Map(labels.map((label, code) => [label, code]));
  return { name: "texts", kind: "text", labels, codes: Int32Array.from(texts, (text) => (text === null ? -1 : codes.get(text)!)) };
}
