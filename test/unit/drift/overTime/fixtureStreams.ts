import { readFileSync } from "node:fs";

const FOLDER = new URL("../../../fixtures/drift/streams/", import.meta.url);

export interface AdwinAnswer {
  readonly detections: readonly number[];
  readonly width_after: readonly number[];
  readonly final_width: number;
  readonly final_mean: number;
}

export interface StreamAnswer {
  readonly n: number;
  readonly standardise: { readonly first_n: number; readonly mean: number; readonly std_sample: number };
  readonly page_hinkley_default_on_z: { readonly count: number; readonly first40: readonly number[] };
  readonly "page_hinkley_min30_delta0.05_lambda10_alpha1_on_z": { readonly count: number; readonly first40: readonly number[] };
  readonly adwin_default: AdwinAnswer;
  readonly "adwin_delta0.05_clock1": AdwinAnswer;
  readonly adwin_default_on_z: AdwinAnswer;
  readonly ddm_default?: { readonly drift: readonly number[]; readonly warning_starts: readonly number[] };
  readonly eddm_default?: { readonly drift: readonly number[]; readonly warning_starts: readonly number[] };
  readonly "cusum_k0.5_h5_on_z": readonly (readonly [number, "up" | "down"])[];
  readonly cusum_alarms: number;
}

/** A recorded series: the last column of a small CSV file. */
export function readStream(name: string): number[] {
  const [, ...lines] = readFileSync(new URL(`${name}.csv`, FOLDER), "utf8")
    .trim()
    .split("\n");
  return lines.map((line) => Number(line.split(",").at(-1)));
}

/** What river and the tabular CUSUM said of each series. */
export function streamAnswers(): Readonly<Record<string, StreamAnswer>> {
  return (JSON.parse(readFileSync(new URL("expected.json", FOLDER), "utf8")) as { streams: Record<string, StreamAnswer> }).streams;
}
