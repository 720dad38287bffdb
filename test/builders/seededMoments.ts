/** Moments that look like chance and are the same in every run: milliseconds from 0 up to and without `below`. */
export function seededMoments(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state % below;
  };
}
