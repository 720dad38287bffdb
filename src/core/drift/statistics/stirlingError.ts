/** Coefficients of 1/x, 1/x³, … of Stirling's series (Abramowitz and Stegun 6.1.40). */
const COEFFICIENTS = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360];

/**
 * What Stirling's formula lacks: δ(x) = ln Γ(x + 1) − (x + ½)·ln x + x − ½·ln 2π, for x > 0.
 * Probabilities that are built from it keep their digits where differences of ln Γ lose them (C. Loader, "Fast and accurate
 * computation of binomial probabilities", 2000).
 */
export function stirlingError(x: number): number {
  let shift = 0;
  let at = x;
  // The series needs a large argument; δ(x) = δ(x + 1) + (x + ½)·ln(1 + 1/x) − 1 leads there.
  for (; at < 15; at++) {
    shift += (at + 0.5) * Math.log1p(1 / at) - 1;
  }
  const inverse = 1 / at;
  const square = inverse * inverse;
  let sum = 0;
  for (let k = COEFFICIENTS.length - 1; k >= 0; k--) {
    sum = sum * square + (COEFFICIENTS[k] ?? 0);
  }
  return shift + sum * inverse;
}
