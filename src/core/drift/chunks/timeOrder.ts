import { argsort } from "../../base/argsort";
import { isNumberColumn, type Column, type NumberColumn } from "../../tabular/column";

/** Rows in the order of time. */
export interface TimeOrder {
  /** Row of the table for each row in order; null where the rows are in order already. */
  readonly order: Uint32Array | null;
  /** Times in order. */
  readonly times: Float64Array;
  /** Rows without a time, which are left out. */
  readonly without: number;
}

/** Order of rows by a column of times; rows of the same time keep their order. */
export function orderByTime({ values }: NumberColumn): TimeOrder {
  let sorted = true;
  let without = 0;
  for (let i = 0; i < values.length; i++) {
    const time = values[i] ?? NaN;
    without += Number.isFinite(time) ? 0 : 1;
    sorted &&= i === 0 || time >= (values[i - 1] ?? NaN);
  }
  if (sorted && without === 0) {
    return { order: null, times: values, without };
  }
  const order = argsort(values).filter((row) => Number.isFinite(values[row]));
  return { order, times: Float64Array.from(order, (row) => values[row] ?? NaN), without };
}

/** A column with its rows in another order; the column itself where `order` is null. */
export function takeRows<C extends Column>(column: C, order: Uint32Array | null): C {
  if (order === null) {
    return column;
  }
  if (isNumberColumn(column)) {
    const { values } = column;
    const taken = new Float64Array(order.length);
    for (let i = 0; i < order.length; i++) {
      taken[i] = values[order[i] ?? 0] ?? NaN;
    }
    return { ...column, values: taken };
  }
  const { codes } = column;
  const taken = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) {
    taken[i] = codes[order[i] ?? 0] ?? -1;
  }
  return { ...column, codes: taken };
}
