import { MersenneTwister } from "./mersenneTwister";

/** Rows of one random split, each side shuffled. */
export interface Split {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Random splits that keep the share of both classes, row for row those of scikit-learn 1.9's `StratifiedShuffleSplit(splits, test_size, random_state=seed)`.
 * @param positive A row each: 0 or 1. Either class needs two rows, and each side a row of each class.
 * @returns Null where that is not so; scikit-learn raises an error there.
 */
export function* stratifiedSplits(positive: Uint8Array, splits: number, testShare: number, seed: number): Generator<Split> {
  const classes = [0, 1].map((value) => rowsOf(positive, value));
  const counts = classes.map(({ length }) => length);
  const testRows = Math.ceil(testShare * positive.length);
  const trainRows = positive.length - testRows;
  const random = new MersenneTwister(seed);
  for (let split = 0; split < splits; split++) {
    const train = drawCounts(counts, trainRows, random);
    const test = drawCounts(
      counts.map((count, i) => count - (train[i] ?? 0)),
      testRows,
      random,
    );
    const sides: { train: Uint32Array[]; test: Uint32Array[] } = { train: [], test: [] };
    classes.forEach((rows, i) => {
      const shuffled = random.shuffle(firstNumbers(rows.length)).map((place) => rows[place] ?? 0);
      const end = train[i] ?? 0;
      sides.train.push(shuffled.subarray(0, end));
      sides.test.push(shuffled.subarray(end, end + (test[i] ?? 0)));
    });
    yield { train: random.shuffle(joined(sides.train)), test: random.shuffle(joined(sides.test)) };
  }
}

/** Whether such splits exist. */
export function canSplit(positive: Uint8Array, testShare: number): boolean {
  const ones = positive.reduce((sum, value) => sum + value, 0);
  const testRows = Math.ceil(testShare * positive.length);
  return Math.min(ones, positive.length - ones) >= 2 && testRows >= 2 && positive.length - testRows >= 2;
}

function rowsOf(positive: Uint8Array, value: number): Uint32Array {
  return firstNumbers(positive.length).filter((row) => positive[row] === value);
}

/** 0, 1, 2, … */
function firstNumbers(count: number): Uint32Array {
  const numbers = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    numbers[i] = i;
  }
  return numbers;
}

function joined(parts: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let place = 0;
  for (const part of parts) {
    all.set(part, place);
    place += part.length;
  }
  return all;
}

/** The most likely numbers of rows of each class among `draws`; scikit-learn's `_approximate_mode`, which tosses a coin between equal remainders. */
function drawCounts(counts: readonly number[], draws: number, random: MersenneTwister): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const expected = counts.map((count) => (count / all) * draws);
  const drawn = expected.map(Math.floor);
  const remainders = expected.map((value, i) => value - (drawn[i] ?? 0));
  let missing = draws - drawn.reduce((sum, count) => sum + count, 0);
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing === 0) {
      break;
    }
    const places = Uint32Array.from(remainders.flatMap((remainder, i) => (remainder === value ? [i] : [])));
    const order = random.shuffle(firstNumbers(places.length));
    for (const place of order.subarray(0, Math.min(places.length, missing))) {
      const chosen = places[place] ?? 0;
      drawn[chosen] = (drawn[chosen] ?? 0) + 1;
      missing--;
    }
  }
  return drawn;
}
