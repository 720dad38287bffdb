/**
 * How often a property is tried: a share in every run, which draws other examples each time, so that many runs together go further than one long one.
 * `MLOPS_FUZZ=8` tries eight times as many, for whoever changes what is tested.
 */
export function fuzzRuns(runs: number): { readonly numRuns: number } {
  const times = Number(process.env["MLOPS_FUZZ"] ?? 1);
  return { numRuns: Math.ceil(runs * (times > 0 ? times : 1)) };
}
