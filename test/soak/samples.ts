/** What a process holds at one moment, after its garbage was collected. */
export interface Sample {
  /** Bytes. */
  readonly heap: number;
  /** Of the reader's thread. */
  readonly reader: number;
  readonly resident: number;
  /** Open files and sockets. */
  readonly files: number;
  /** Timers, handles and requests that keep the process alive. */
  readonly resources: number;
}

export interface Comparison {
  readonly what: keyof Sample;
  readonly first: number;
  readonly last: number;
  readonly isFlat: boolean;
}

/** How much more the last quarter may hold than the first: a share, and what is noise for each. */
const ALLOWED: Readonly<Record<keyof Sample, { readonly share: number; readonly noise: number }>> = {
  heap: { share: 0.1, noise: 4e6 },
  // Its garbage is collected when it likes, so that what is left at the least counts.
  reader: { share: 0.15, noise: 6e6 },
  resident: { share: 0.15, noise: 40e6 },
  files: { share: 0, noise: 3 },
  resources: { share: 0, noise: 3 },
};

/** Compares the least of the last quarter with the least of the first, after a tenth in which all is read for the first time. */
export function compareQuarters(samples: readonly Sample[]): readonly Comparison[] {
  const warm = samples.slice(Math.ceil(samples.length / 10));
  const quarter = Math.max(1, Math.floor(warm.length / 4));
  return (Object.keys(ALLOWED) as (keyof Sample)[]).map((what) => {
    const least = (some: readonly Sample[]): number => Math.min(...some.map((sample) => sample[what]));
    const [first, last] = [least(warm.slice(0, quarter)), least(warm.slice(-quarter))];
    const { share, noise } = ALLOWED[what];
    return { what, first, last, isFlat: last <= first * (1 + share) + noise };
  });
}
