/** How much of a version's files was read to be hashed. */
export interface HashProgress {
  readonly bytes: number;
  /** 0 where nobody says. */
  readonly total: number;
}

export type OnHashed = (progress: HashProgress) => void;

/** Less is read in a moment, and a line that flashes up tells nobody anything. */
const SHOWN_FROM = 20_000_000;

/**
 * Puts progress into words, at most a hundred times, since it comes with every piece of a file.
 * @param say told what is shown, such as "Hashing the model: 3.2 of 5.6 GB"; null once everything is read.
 */
export function sayHashing(say: (step: string | null) => void): OnHashed {
  let shown = -1;
  return ({ bytes, total }) => {
    const percent = total > 0 ? Math.min(100, Math.floor((bytes / total) * 100)) : -1;
    if (percent !== shown && total >= SHOWN_FROM) {
      shown = percent;
      say(percent === 100 ? null : `Hashing the model: ${ofTotal(bytes, total)}`);
    }
  };
}

/** Both in the unit of the whole, because "940 of 5600 MB" is read more slowly than "0.9 of 5.6 GB". */
function ofTotal(bytes: number, total: number): string {
  const [unit, name, digits] =
    total < 1e9 ? ([1e6, "MB", 0] as const) : total < 1e12 ? ([1e9, "GB", 1] as const) : ([1e12, "TB", 2] as const);
  return `${(bytes / unit).toFixed(digits)} of ${(total / unit).toFixed(digits)} ${name}`;
}
