import { argsort } from "../base/argsort";
import type { RowRange } from "../drift/chunks/chunk";
import type { BinaryRows } from "./confusion";

export interface RocAuc {
  readonly value: number;
  /** Standard error by DeLong; 0 where a class has one row only. */
  readonly error: number;
  readonly positives: number;
  readonly negatives: number;
}

/**
 * Area under the ROC curve: how often a positive row has a higher score than a negative one, where equal scores count half, as scikit-learn's `roc_auc_score`
 * has it. Rows without a label or a finite score are left out. Null where either class has no row.
 * Source of the error: E. R. DeLong et al., Comparing the areas under two or more correlated ROC curves, Biometrics 44 (1988).
 */
export function rocAuc(actual: BinaryRows, scores: Float64Array, { from, to }: RowRange): RocAuc | null {
  const usable = scores.subarray(from, to).map((score, i) => ((actual[from + i] ?? -1) >= 0 && Number.isFinite(score) ? score : NaN));
  const order = argsort(usable);
  let positives = 0;
  let rows = 0;
  while (rows < order.length && !Number.isNaN(usable[order[rows] ?? 0])) {
    positives += actual[from + (order[rows] ?? 0)] ?? 0;
    rows++;
  }
  const negatives = rows - positives;
  if (positives === 0 || negatives === 0) {
    return null;
  }
  // Along equal scores: each positive beats the negatives before and half of those beside it; each negative is beaten by the positives that follow.
  const overPositives = new Spread();
  const overNegatives = new Spread();
  let positivesBefore = 0;
  let negativesBefore = 0;
  for (let row = 0; row < rows;) {
    const score = usable[order[row] ?? 0];
    let here = 0;
    const start = row;
    while (row < rows && usable[order[row] ?? 0] === score) {
      here += actual[from + (order[row] ?? 0)] ?? 0;
      row++;
    }
    const others = row - start - here;
    overPositives.add((negativesBefore + others / 2) / negatives, here);
    overNegatives.add((positives - positivesBefore - here / 2) / positives, others);
    positivesBefore += here;
    negativesBefore += others;
  }
  return {
    value: overPositives.mean,
    error: Math.sqrt(overPositives.variance / positives + overNegatives.variance / negatives),
    positives,
    negatives,
  };
}

/** Mean and sample variance of values that come several times each. */
class Spread {
  mean = 0;
  private count = 0;
  private squares = 0;

  get variance(): number {
    return this.count < 2 ? 0 : this.squares / (this.count - 1);
  }

  add(value: number, times: number): void {
    if (times > 0) {
      this.count += times;
      const before = value - this.mean;
      this.mean += (before * times) / this.count;
      this.squares += times * before * (value - this.mean);
    }
  }
}
