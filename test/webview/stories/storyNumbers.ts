/** Shares in the form of a bell. @param center 0 to 1. */
export function bump(count: number, center: number, sharpness: number): readonly number[] {
  const raw = Array.from({ length: count }, (_, index) => Math.exp(-(((index + 0.5) / count - center) ** 2) * 10 * sharpness) + 0.04);
  const total = sum(raw);
  return raw.map((value) => value / total);
}

export function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** A number in [0, 1) that looks random and is not. */
export function noise(seed: number): number {
  const value = Math.sin(seed * 12.9898 + 1) * 43_758.5453;
  return value - Math.floor(value);
}
