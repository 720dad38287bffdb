import { describe, expect, it } from "vitest";

import { cramerVonMisesExact } from "../../../../src/core/drift/statistics/cramerVonMisesExact";
import { cramerVonMisesLimit } from "../../../../src/core/drift/statistics/cramerVonMisesLimit";
import { chiSquareTail, normalTail } from "../../../../src/core/drift/statistics/gammaTail";
import { kolmogorovTail } from "../../../../src/core/drift/statistics/kolmogorovTail";
import { latticePaths } from "../../../../src/core/drift/statistics/latticePaths";
import { mannWhitneyExact } from "../../../../src/core/drift/statistics/mannWhitneyExact";
import { pairwiseSum } from "../../../../src/core/drift/statistics/pairwiseSum";
import { roundHalfEven } from "../../../../src/core/drift/statistics/roundHalfEven";
import { studentTail } from "../../../../src/core/drift/statistics/studentTail";

/** Every value on the right is scipy 1.17.1's. */
function isClose(ours: number, theirs: number, digits: number): void {
  expect(Math.abs(ours - theirs), `${ours} in place of ${theirs}`).toBeLessThanOrEqual(Math.abs(theirs) * 10 ** -digits);
}

describe("tails", () => {
  it.each([
    [1, 1e-6, 0.9992021155721779],
    [1, 3.84, 0.05004352124870519],
    [1, 1300, 1.1303728441493301e-284],
    [2, 0.1, 0.951229424500714],
    [3, 50, 7.989179244951495e-11],
    [7, 7, 0.42887985755305486],
    [24, 31.5, 0.13988310980654367],
    [99, 400, 8.372893780664211e-38],
    [400, 380, 0.7566525728993763],
    [1000, 1100, 0.014614408126295192],
    [10000, 10000, 0.49811936596618267],
    [10000, 10600, 1.5545115785517534e-5],
    [200000, 199000, 0.9432581767872077],
    [5, 0, 1],
    [3, Infinity, 0],
  ])("chi-square of %d degrees beyond %d", (degrees, statistic, theirs) => isClose(chiSquareTail(degrees, statistic), theirs, 11));

  it.each([
    [1, 0.001, 0.9993633804398159],
    [1, 1e6, 6.366197723673691e-7],
    [2, -3, 0.09546596626670913],
    [3.7, 2.2, 0.09815039439052221],
    [12.345, 4.3, 0.000968443702858479],
    [30, 1e-5, 0.9999920873563023],
    [198, -1.96, 0.051398897727830795],
    [1499, 12.5, 3.5384574024145515e-34],
    [1234.5, 30, 5.7276524162785125e-149],
    [1e6, 3.3, 0.0009668820793400051],
    [2e6, 1e-5, 0.9999920211553894],
    [2e6, 37, 1.4477486463477006e-299],
    [9, 0, 1],
    [9, Infinity, 0],
  ])("Student's t of %d degrees beyond %d", (degrees, t, theirs) => isClose(studentTail(degrees, t), theirs, 10));

  it.each([
    [-40, 1],
    [-3, 0.9986501019683699],
    [-0.1, 0.539827837277029],
    [0, 0.5],
    [1e-9, 0.49999999960105773],
    [1.96, 0.024997895148220435],
    [6, 9.865876450376946e-10],
    [12, 1.776482112077653e-33],
    [37, 5.7255712225239266e-300],
    [-Infinity, 1],
  ])("normal beyond %d", (z, theirs) => isClose(normalTail(z), theirs, 11));

  it.each([
    [1, 0.3, 1],
    [1, 0.7, 0.6],
    [2, 0.4, 0.82],
    [5, 0.19, 0.977325184],
    [5, 0.05, 1],
    [10, 0.95, 1.9531250000000172e-13],
    [10, 0.6, 0.0005681672000000003],
    [10, 0.3, 0.27053557479999946],
    [37, 0.1, 0.8176553142175396],
    [37, 0.25, 0.015939140220306847],
    [100, 0.012, 1],
    [140, 0.1, 0.11353657290090946],
    [140, 0.17, 0.0005246108687519814],
    [141, 0.05, 0.854845693009663],
    [141, 0.13, 0.015449346308454497],
    [1000, 0.01, 0.9999496745370611],
    [1000, 0.03, 0.3226902143914636],
    [1000, 0.05, 0.013012074781090332],
    [5000, 0.012, 0.4639912166690192],
    [5000, 0.03, 0.00024159234422666817],
    [20000, 0.0015, 0.999999999980361],
    [100000, 0.0004, 1],
    [100000, 0.003, 0.3284563327726956],
    [100000, 0.01, 4.093278023549254e-9],
    [1000000, 0.0008, 0.5438713666611479],
    [1000000, 0.002, 0.0006700277103670718],
    [1000000, 0.02, 0],
    [89189, 0.0024, 0.6822666023989601],
    [50, 1, 0],
  ])("Kolmogorov–Smirnov of %d rows beyond %d", (n, x, theirs) => isClose(kolmogorovTail(n, x), theirs, 9));

  it.each([
    [3, 5, 6, 0.8571428571428572],
    [8, 8, 4, 0.2826728826728826],
    [100, 100, 20, 0.03638428787491733],
    [100, 61, 1050, 0.18378559686011314],
    [124, 79, 2939, 0.00023617795022576462],
    [1000, 500, 70, 0.07505883130357117],
    [1000, 999, 49950, 0.15592065000426333],
    [1001, 500, 175175, 8.916256403807934e-37],
    [7, 1, 6, 0.5],
    [1, 7, 6, 0.5],
  ])("lattice paths from %d and %d rows beyond %d steps", (m, n, h, theirs) => isClose(latticePaths(m, n, h), theirs, 10));

  it.each([
    [3, 4, 9, 0.2],
    [3, 4, 2, 0.9428571428571428],
    [8, 8, 50, 0.032478632478632474],
    [8, 30, 160, 0.08010800128547058],
    [1, 500, 400, 0.20159680638722532],
    [5, 7, 35, 0.0012626262626262627],
    [8, 200, 1100, 0.03619482993436916],
  ])("Mann–Whitney of %d and %d rows from %d", (m, n, u, theirs) => isClose(mannWhitneyExact(m, n, u), theirs, 10));

  it.each([
    [111, 3, 4, 0.4],
    [2944, 8, 8, 0.2714840714840715],
    [98312, 20, 19, 0.4310099885183311],
    [5655, 13, 7, 0.7358875128998968],
    [108840, 20, 20, 0.44260454866925825],
  ])("Cramér–von Mises from %d of %d and %d rows", (u, m, n, theirs) => isClose(cramerVonMisesExact(u, m, n), theirs, 12));

  it.each([
    [0.01, 5.864432809868958e-6],
    [0.05, 0.12371906895864906],
    [0.1, 0.4151265615932029],
    [0.2, 0.7325295694592229],
    [0.46, 0.9495950884695041],
    [1, 0.9975395478198642],
    [3, 0.9999999243222135],
    [14, 0.9999999994249437],
  ])("Cramér–von Mises of many rows below %d", (x, theirs) => isClose(cramerVonMisesLimit(x), theirs, 12));
});

describe("rounding", () => {
  it.each([
    [1, 1000000000.001],
    [7, 7000000000.028],
    [8, 8000000000.036],
    [9, 9000000000.045],
    [127, 127000000008.128],
    [128, 128000000008.25601],
    [129, 129000000008.38501],
    [136, 136000000009.31601],
    [1000, 1000000000477.052],
    [1001, 1001000000477.0759],
    [3000, 3000000001432.743],
  ])("a sum of %d numbers ends in the digit in which numpy's does", (count, theirs) => {
    expect(pairwiseSum(Float64Array.from({ length: count }, (_, i) => 1e9 + ((i + 1) % 977) * 0.001))).toBe(theirs);
  });

  it("takes halves to the even number", () => {
    expect([0.5, 1.5, 2.5, 2.4999, 2.5001, 7].map(roundHalfEven)).toEqual([0, 2, 2, 2, 3, 7]);
  });
});
