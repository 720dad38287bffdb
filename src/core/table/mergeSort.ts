import { STEPS_BETWEEN_PAUSES, type Work } from "./work";

const RUN_LENGTH = 16;

/** A stable sort that can pause, which the platform's cannot. Returns a new array. */
export function* mergeSort(items: Uint32Array, compare: (a: number, b: number) => number): Work<Uint32Array> {
  let from = items.slice();
  const { length } = from;
  let budget = STEPS_BETWEEN_PAUSES;
  for (let start = 0; start < length; start += RUN_LENGTH) {
    insertionSort(from, start, Math.min(start + RUN_LENGTH, length), compare);
    if ((budget -= RUN_LENGTH * 4) <= 0) {
      budget = STEPS_BETWEEN_PAUSES;
      yield;
    }
  }
  let to = new Uint32Array(length);
  for (let width = RUN_LENGTH; width < length; width *= 2) {
    for (let start = 0; start < length; start += width * 2) {
      const middle = Math.min(start + width, length);
      const end = Math.min(start + width * 2, length);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const a = from[left] ?? 0;
        const b = from[right] ?? 0;
        if (right >= end || (left < middle && compare(a, b) <= 0)) {
          to[at] = a;
          left++;
        } else {
          to[at] = b;
          right++;
        }
        if (--budget <= 0) {
          budget = STEPS_BETWEEN_PAUSES;
          yield;
        }
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

function insertionSort(items: Uint32Array, start: number, end: number, compare: (a: number, b: number) => number): void {
  for (let at = start + 1; at < end; at++) {
    const item = items[at] ?? 0;
    let hole = at;
    while (hole > start && compare(items[hole - 1] ?? 0, item) > 0) {
      items[hole] = items[hole - 1] ?? 0;
      hole--;
    }
    items[hole] = item;
  }
}
