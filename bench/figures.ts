/** What one way of reading took, and proof of what it read. */
export interface ClientReading {
  readonly seconds: number;
  readonly count: number;
  readonly digest: string;
}

/** One line of the report. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** Empty for a plain number. */
  readonly unit: "s" | "ms" | "MB" | "KB" | "×" | "";
  /** What the issue asks for; absent where a figure only informs. */
  readonly target?: { readonly atLeast: number } | { readonly below: number };
}

export function isMet({ value, target }: Figure): boolean {
  return target === undefined || ("atLeast" in target ? value >= target.atLeast : value < target.below);
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}

/** Prints a title and aligned figures. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  const width = Math.max(...figures.map(({ name }) => name.length));
  const lines = figures.map((figure) => {
    const { name, value, unit, target } = figure;
    const number = value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3);
    const wish = target === undefined ? "" : "atLeast" in target ? `  target ≥ ${target.atLeast}` : `  target < ${target.below}`;
    return `  ${name.padEnd(width)}  ${`${number} ${unit}`.padStart(11)}${wish}${target === undefined ? "" : isMet(figure) ? "  met" : "  MISSED"}`;
  });
  process.stdout.write(`\n${title}\n${lines.join("\n")}\n`);
}

/** @throws Error unless all sides read the same runs with the same values: a time for a wrong answer is worth nothing. */
export function assertSame(readings: Readonly<Record<string, ClientReading>>): void {
  const [first, ...rest] = Object.entries(readings);
  for (const [name, reading] of rest) {
    if (first !== undefined && (reading.count !== first[1].count || reading.digest !== first[1].digest)) {
      throw new Error(
        `${first[0]} and ${name} differ: ${first[1].count} and ${reading.count} runs, ${first[1].digest} and ${reading.digest}.`,
      );
    }
  }
}
