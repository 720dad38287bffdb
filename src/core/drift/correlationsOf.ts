/**
 * Pearson's correlation of each pair of columns, over the rows where both are finite. Means and squares are carried along as pandas'
 * `DataFrame.corr` does (Welford), which gives its figures to the last digits also where an offset is large.
 * That sum is not symmetric; pandas takes the later column first.
 * @returns the upper triangle, row by row: (0,1), (0,2), …; NaN where a side is constant or no row is complete.
 */
export function correlationsOf(columns: readonly Float64Array[]): Float64Array {
  const pairs = new Float64Array((columns.length * (columns.length - 1)) / 2);
  let pair = 0;
  columns.forEach((first, index) => {
    for (const second of columns.slice(index + 1)) {
      pairs[pair++] = pearson(second, first);
    }
  });
  return pairs;
}

function pearson(first: Float64Array, second: Float64Array): number {
  let [rows, meanX, meanY, squaresX, squaresY, products] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < first.length; row++) {
    const x = first[row] ?? 0;
    const y = second[row] ?? 0;
    if (x - x === 0 && y - y === 0) {
      rows++;
      const offX = x - meanX;
      const offY = y - meanY;
      meanX += (1 / rows) * offX;
      meanY += (1 / rows) * offY;
      squaresX += (x - meanX) * offX;
      squaresY += (y - meanY) * offY;
      products += (x - meanX) * offY;
    }
  }
  const divisor = Math.sqrt(squaresX * squaresY);
  return divisor > 0 && Number.isFinite(products) && Number.isFinite(divisor) ? Math.max(-1, Math.min(1, products / divisor)) : Number.NaN;
}
