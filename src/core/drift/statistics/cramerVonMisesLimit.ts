/**
 * Probability that the Cramér–von Mises statistic of an infinite sample is below x: equation 1.2 of S. Csörgő, J. J. Faraway, "The exact
 * and asymptotic distributions of Cramér–von Mises statistics", J. R. Statist. Soc. B 58, 1996. The series ends where scipy ends it, at
 * terms below 1e-7, so that its p-values are met.
 */
export function cramerVonMisesLimit(x: number): number {
  let sum = 0;
  // Γ(k + ½) / Γ(k + 1)
  let ratio = Math.sqrt(Math.PI);
  for (let k = 0; ; k++) {
    const y = 4 * k + 1;
    const q = (y * y) / (16 * x);
    const term = (ratio / (Math.PI ** 1.5 * Math.sqrt(x))) * Math.sqrt(y) * Math.exp(-2 * q) * scaledBesselK(q);
    sum += term;
    if (!(term >= 1e-7)) {
      return sum;
    }
    ratio *= (k + 0.5) / (k + 1);
  }
}

/**
 * e^q·K(q) for the modified Bessel function K of order ¼: ∫ exp(−q·(cosh t − 1))·cosh(t/4) dt from 0 to ∞ (Abramowitz and Stegun
 * 9.6.24). The trapezoidal rule is right to the last digits, for the integrand is analytic and falls off doubly exponentially.
 */
function scaledBesselK(q: number): number {
  const step = 0.5 / Math.sqrt(Math.max(q, 16));
  let sum = 0.5;
  for (let i = 1; ; i++) {
    const t = i * step;
    // 2·sinh²(t/2) is cosh t − 1 without cancellation.
    const term = Math.exp(-2 * q * Math.sinh(t / 2) ** 2) * Math.cosh(t / 4);
    sum += term;
    if (term < 1e-18 * sum) {
      return sum * step;
    }
  }
}
