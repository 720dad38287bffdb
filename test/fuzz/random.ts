/** Numbers from 0 up to and without 1, the same ones for the same start. */
export type Random = () => number;

/** Mulberry32. Source: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** From 0 up to and without `below`. */
export function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}

export function chance(random: Random, share: number): boolean {
  return random() < share;
}

/** A start for one input, so that each can be made again without those before it. FNV-1a. */
export function seedOf(name: string, seed: number, index: number): number {
  let hash = 0x811c9dc5;
  for (const sign of `${name}/${seed}/${index}`) {
    hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}
