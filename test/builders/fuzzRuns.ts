/** So that a run says the same each time; who looks for more asks for more. */
const SEED = 20_261_130;

/**
 * How often a property is tried: few times and with the same examples in every run, so that nobody's change fails by chance.
 * `MLOPS_FUZZ=8` tries eight times as many, which are others each time, for whoever changes what is tested.
 */
export function fuzzRuns(runs: number): { readonly numRuns: number; readonly seed?: number } {
  const times = Number(process.env["MLOPS_FUZZ"] ?? 0);
  return times > 0 ? { numRuns: Math.ceil(runs * times) } : { numRuns: runs, seed: SEED };
}
