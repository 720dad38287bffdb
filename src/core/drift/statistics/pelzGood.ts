/**
 * Probability that the two-sided Kolmogorov–Smirnov statistic of a large sample of n is below x: the limit law with its corrections of
 * order n^(−½), n^(−1) and n^(−3/2) (W. Pelz, I. J. Good, "Approximating the lower tail-areas of the Kolmogorov–Smirnov one-sample
 * statistic", J. R. Statist. Soc. B 38, 1976), in the form for small z = x·√n.
 */
export function pelzGood(n: number, x: number): number {
  const z = Math.sqrt(n) * x;
  const z2 = z * z;
  const z4 = z2 * z2;
  const z6 = z4 * z2;
  const pi2 = Math.PI ** 2;
  const pi4 = pi2 * pi2;
  const pi6 = pi4 * pi2;
  const terms = Math.ceil((16 * z) / Math.PI);
  let [k0, k1, k2, k3] = [0, 0, 0, 0];
  for (let k = terms; k >= 1; k--) {
    const m2 = (2 * k - 1) ** 2;
    const weight = Math.exp((-pi2 * m2) / (8 * z2));
    k0 += weight;
    k1 += weight * (-z2 + (pi2 / 4) * m2);
    k2 += weight * (6 * z6 + 2 * z4 + ((2 * z4 - 5 * z2) * pi2 * m2) / 4 + (pi4 * (1 - 2 * z2) * m2 * m2) / 16);
    k3 +=
      weight *
      (-30 * z6 -
        90 * z4 * z4 +
        (pi2 * (135 * z4 - 96 * z6) * m2) / 4 +
        (pi4 * (212 * z4 - 60 * z2) * m2 * m2) / 16 +
        (pi6 * (5 - 30 * z2) * m2 ** 3) / 64);
  }
  let extra2 = 0;
  let extra3 = 0;
  for (let k = terms; k >= 1; k--) {
    const square = k * k;
    const weight = square * Math.exp((-pi2 * square) / (2 * z2));
    extra2 += weight;
    extra3 += weight * (3 * z2 - pi2 * square);
  }
  const root = Math.sqrt(2 * Math.PI);
  const law0 = (root * k0) / z;
  const law1 = (root * k1) / (6 * z4);
  const law2 = (root * k2) / (72 * z6 * z) - (pi2 * root * extra2) / (36 * z2 * z);
  const law3 = (root * k3) / (6480 * z6 * z4) + (pi2 * root * extra3) / (216 * z6);
  return law0 + law1 / Math.sqrt(n) + law2 / n + law3 / (n * Math.sqrt(n));
}
