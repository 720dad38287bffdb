import { greatestCommonDivisor } from "./latticePaths";

/** In how many ways each sum of squares comes about; ascending. */
interface Ways {
  readonly sums: Float64Array;
  readonly counts: Float64Array;
}

const NO_WAYS: Ways = { sums: new Float64Array(0), counts: new Float64Array(0) };

/**
 * Exact probability that the Cramér–von Mises statistic of two samples of m and n rows is at least as large as `u`, the U of T. W. Anderson
 * ("On the distribution of the two-sample Cramér–von Mises criterion", Ann. Math. Statist. 33, 1962): counts all ways to mix the samples
 * by their statistic (Y. Xiao, A. Gordon, A. Yakovlev, J. Stat. Software 17(8), 2006). A way is a path from (0, 0) to (m, n), and each
 * half of it read backwards is one as well, so that half of the way is enough. For m and n up to 20 a double holds every count.
 */
export function cramerVonMisesExact(u: number, m: number, n: number): number {
  const multiple = (m * n) / greatestCommonDivisor(m, n);
  const limit = Math.floor((multiple * multiple * (m + n) * (6 * u - m * n * (4 * m * n - 1))) / (6 * (m * n) ** 2));
  const square = (column: number, row: number): number => ((multiple / m) * column - (multiple / n) * row) ** 2;
  const half = Math.floor((m + n) / 2);
  const toHalf = waysTo(half, m, n, square);
  const toRest = half * 2 === m + n ? toHalf : waysTo(half + 1, m, n, square);
  let extreme = 0;
  let all = 0;
  for (const [column, ways] of toHalf) {
    const back = toRest.get(m - column) ?? NO_WAYS;
    // The cell where both halves meet counts once.
    extreme += countPairs(ways, back, limit + square(column, half - column));
    all += totalOf(ways) * totalOf(back);
  }
  return extreme / all;
}

/** The ways to each cell after so many steps, by its column. */
function waysTo(steps: number, m: number, n: number, square: (column: number, row: number) => number): ReadonlyMap<number, Ways> {
  let ways = new Map<number, Ways>([[0, { sums: Float64Array.of(0), counts: Float64Array.of(1) }]]);
  for (let step = 1; step <= steps; step++) {
    const next = new Map<number, Ways>();
    for (let column = Math.max(0, step - n); column <= Math.min(m, step); column++) {
      next.set(column, merge(ways.get(column - 1) ?? NO_WAYS, ways.get(column) ?? NO_WAYS, square(column, step - column)));
    }
    ways = next;
  }
  return ways;
}

/** Both together, with a square added to each sum. */
function merge(a: Ways, b: Ways, square: number): Ways {
  const room = a.sums.length + b.sums.length;
  const sums = new Float64Array(room);
  const counts = new Float64Array(room);
  let length = 0;
  for (let i = 0, j = 0; i < a.sums.length || j < b.sums.length; length++) {
    const left = a.sums[i] ?? Infinity;
    const right = b.sums[j] ?? Infinity;
    const sum = Math.min(left, right);
    sums[length] = sum + square;
    counts[length] = (left === sum ? (a.counts[i++] ?? 0) : 0) + (right === sum ? (b.counts[j++] ?? 0) : 0);
  }
  return { sums: sums.subarray(0, length), counts: counts.subarray(0, length) };
}

/** In how many ways one of each adds up to the limit at least. */
function countPairs(a: Ways, b: Ways, limit: number): number {
  let reached = 0;
  let count = 0;
  let j = b.sums.length;
  for (let i = 0; i < a.sums.length; i++) {
    while (j > 0 && (a.sums[i] ?? 0) + (b.sums[j - 1] ?? 0) >= limit) {
      j--;
      reached += b.counts[j] ?? 0;
    }
    count += (a.counts[i] ?? 0) * reached;
  }
  return count;
}

function totalOf({ counts }: Ways): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
