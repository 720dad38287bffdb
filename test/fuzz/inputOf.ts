import type { FuzzTarget } from "./fuzzTarget";
import { mutate } from "./mutate";
import { randomFrom, seedOf } from "./random";

/** The bytes of one input; made anew from numbers, so that none has to be kept. */
export function inputOf(target: FuzzTarget, seeds: readonly Uint8Array[], seed: number, index: number): Buffer {
  const random = randomFrom(seedOf(target.name, seed, index));
  return mutate(seeds, target.kind, target.words ?? [], random);
}
