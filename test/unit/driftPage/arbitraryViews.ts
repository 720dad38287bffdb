import fc from "fast-check";

import type { DriftColumnDetail, DriftColumnRow, DriftScore, DriftState, DriftView } from "../../../src/protocol/drift";

/** Anything that the contract allows: finite numbers of any size, empty lists, nothing where null is allowed. */
const state = fc.constantFrom<DriftState>("ok", "warn", "fail", "unjudged");
const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e150, max: 1e150 });
const share = fc.double({ noNaN: true, min: 0, max: 1 });
const count = fc.nat(1_000_000_000);
const name = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom("`age`", "<b>x</b>", "a`b"));
const text = fc.constantFrom("", "some words", "`age` moved up", "too few rows");
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 3 });
const reading = fc.record({
  separator: fc.constantFrom(null, ";", "\t", "#"),
  encoding: fc.constantFrom(null, "windows-1252", "nothing"),
  missing: fc.array(name, { maxLength: 2 }),
});
const time = fc.integer({ min: 0, max: 2_000_000_000_000 });

const score: fc.Arbitrary<DriftScore> = fc.record({
  method: fc.constant("psi"),
  label: text,
  kind: fc.constantFrom("distance" as const, "p-value" as const),
  score: maybe(fc.oneof(number, share)),
  threshold: fc.oneof(share, number),
  failThreshold: maybe(number),
  drifted: maybe(fc.boolean()),
  reason: maybe(text),
  effect: maybe(fc.record({ label: text, score: number })),
});

export const arbitraryRow: fc.Arbitrary<DriftColumnRow> = fc.record({
  name,
  type: fc.constantFrom("num" as const, "cat" as const, "text" as const),
  role: fc.constantFrom("feature" as const, "target" as const, "prediction" as const, "score" as const),
  state,
  result: maybe(score),
  reason: maybe(text),
  verdict: text,
  direction: maybe(fc.constantFrom("up" as const, "down" as const, "wider" as const, "narrower" as const)),
  mini: maybe(fc.record({ reference: fc.array(share, { maxLength: 12 }), current: fc.array(share, { maxLength: 12 }) })),
  trend: fc.array(maybe(fc.oneof(share, number)), { maxLength: 5 }),
  missing: fc.record({ reference: share, current: share }),
  newCategories: count,
  lostCategories: count,
  outOfRange: maybe(share),
});

const side: fc.Arbitrary<NonNullable<DriftView["reference"]>> = fc.record({
  label: name,
  files: fc.array(fc.record({ path: name, bytes: count, sha256: maybe(fc.constant("9f86d081884c")) }), { maxLength: 2 }),
  rows: count,
  matchingRows: count,
  totalRows: count,
  window: maybe(text),
  sample: maybe(text),
  notes: fc.array(text, { maxLength: 2 }),
});

const kpi: fc.Arbitrary<DriftView["kpis"][number]> = fc.record({
  name,
  by: maybe(name),
  group: maybe(name),
  target: maybe(fc.record({ text, value: number, better: fc.constantFrom("up" as const, "down" as const) })),
  warn: maybe(number),
  band: maybe(fc.record({ low: number, high: number, baseline: text })),
  points: fc.array(
    fc.record({
      time,
      label: text,
      value: maybe(number),
      rows: maybe(count),
      state,
      reason: maybe(text),
      low: maybe(number),
      high: maybe(number),
      drift: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  estimate: maybe(
    fc.record({
      assumption: text,
      points: fc.array(fc.record({ time, value: maybe(number), low: maybe(number), high: maybe(number) }), { maxLength: 3 }),
    }),
  ),
  source: text,
});

export const arbitraryView: fc.Arbitrary<DriftView> = fc.record({
  revision: fc.nat(),
  title: text,
  product: maybe(name),
  reference: maybe(side),
  current: maybe(side),
  method: text,
  commit: maybe(fc.constant("3fa9c1e07b5d4a2f9e8c")),
  dataset: maybe(
    fc.record({ state, verdict: text, drifted: count, tested: count, unjudged: count, share: maybe(share), threshold: share }),
  ),
  columns: fc.uniqueArray(arbitraryRow, { maxLength: 5, selector: (row) => row.name }),
  windows: fc.array(fc.record({ from: time, to: time, label: text, rows: count, state, reason: maybe(text), share: maybe(share) }), {
    maxLength: 4,
  }),
  marks: fc.array(
    fc.record({
      time,
      kind: fc.constantFrom("release" as const, "retraining" as const, "commit" as const, "alert" as const, "note" as const),
      label: text,
    }),
    { maxLength: 3 },
  ),
  correlations: fc.array(fc.record({ columns: fc.tuple(name, name), reference: maybe(number), current: maybe(number) }), { maxLength: 4 }),
  kpis: fc.array(kpi, { maxLength: 3 }),
  calibration: maybe(
    fc.record({
      column: name,
      bins: fc.array(fc.record({ predicted: share, observed: maybe(share), reference: maybe(share), rows: count }), { maxLength: 3 }),
    }),
  ),
  outdated: maybe(text),
  chance: maybe(text),
  options: fc.record({
    mode: fc.constantFrom("own" as const, "evidently" as const),
    method: maybe(fc.constant("psi")),
    window: maybe(fc.constantFrom("hour" as const, "day" as const, "week" as const, "month" as const, 500)),
    timeColumn: maybe(name),
    shownWindow: maybe(fc.nat(5)),
    segment: maybe(fc.record({ column: name, value: maybe(name) })),
    types: fc.constant([]),
    reading: fc.record({ reference: reading, current: reading }),
    ignore: fc.array(name, { maxLength: 2 }),
    detectors: fc.subarray(["adwin", "baseline_band", "cusum", "ddm"] as const),
  }),
  detectorChoices: fc.constantFrom([], [{ id: "adwin" as const, label: "ADWIN", explanation: "Finds changes." }]),
  methodChoices: fc.constant([{ id: "psi", label: "PSI" }]),
  timeColumns: fc.array(name, { maxLength: 2 }),
  segmentColumns: fc.array(name, { maxLength: 2 }),
  notes: fc.array(
    fc.record({
      path: name,
      who: name,
      when: time,
      verdict: maybe(fc.constantFrom("accepted" as const, "investigate" as const, "act" as const)),
      text,
      outdated: maybe(text),
    }),
    { maxLength: 2 },
  ),
  progress: maybe(fc.record({ text, done: count, total: count })),
  problem: maybe(fc.record({ message: text, remedy: maybe(text) })),
});

const bins = fc.integer({ min: 0, max: 6 }).chain((length) =>
  fc.record({
    labels: fc.array(name, { minLength: length, maxLength: length }),
    edges: maybe(fc.array(number, { minLength: length + 1, maxLength: length + 1 }).map((edges) => [...edges].sort((a, b) => a - b))),
    reference: fc.array(count, { minLength: length, maxLength: length }),
    current: fc.array(count, { minLength: length, maxLength: length }),
    others: fc.nat(3),
  }),
);

const numbers = fc.record({
  min: number,
  max: number,
  mean: number,
  std: number,
  quantiles: fc.array(number, { minLength: 7, maxLength: 7 }),
});

export const arbitraryDetail: fc.Arbitrary<DriftColumnDetail> = fc.record({
  name,
  verdict: text,
  notes: fc.array(text, { maxLength: 2 }),
  kinds: fc.record({ reference: text, current: text }),
  sides: fc.array(fc.record({ label: name, rows: count, missing: count, infinite: fc.nat(2), distinct: count, numbers: maybe(numbers) }), {
    minLength: 2,
    maxLength: 2,
  }),
  bins: maybe(bins),
  psi: maybe(
    bins.chain((each) => fc.record({ bins: fc.constant(each), contributions: fc.constant(each.labels.map(() => 0.01)), total: number })),
  ),
  newCategories: fc.array(fc.record({ value: name, count }), { maxLength: 2 }),
  lostCategories: fc.array(fc.record({ value: name, count }), { maxLength: 2 }),
  outOfRange: maybe(fc.record({ below: count, above: count })),
  overTime: fc.array(fc.record({ score: maybe(number), missing: maybe(share), state, reason: maybe(text) }), { maxLength: 4 }),
  methods: fc.array(score, { maxLength: 3 }),
});
