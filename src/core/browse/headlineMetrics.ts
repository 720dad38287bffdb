import type { Run } from "../tracking/run";

/** Metrics that people judge a model by, most telling first. Matched against the last part of the key. */
const TELLING = [
  "auc",
  "roc_auc",
  "f1",
  "f1_score",
  "accuracy",
  "acc",
  "ndcg",
  "map",
  "r2",
  "precision",
  "recall",
  "mape",
  "smape",
  "wape",
  "rmse",
  "mae",
  "mse",
  "logloss",
  "log_loss",
  "loss",
];

/**
 * The metrics to show beside a run's name: the configured ones that the run has, else up to `count` guesses that prefer
 * test over validation over training values. System metrics are never guessed.
 */
export function headlineMetrics(
  run: Run,
  configured: readonly string[],
  count = 2,
): readonly { readonly key: string; readonly value: number }[] {
  const chosen = configured.filter((key) => run.metrics.has(key));
  const keys = chosen.length > 0 ? chosen : guess([...run.metrics.keys()], count);
  return keys.map((key) => ({ key, value: run.metrics.get(key)?.value ?? Number.NaN }));
}

function guess(keys: readonly string[], count: number): readonly string[] {
  return keys
    .filter((key) => !key.startsWith("system/"))
    .map((key) => ({ key, rank: rank(key) }))
    .sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ key }) => key);
}

function rank(key: string): number {
  const name = key.toLowerCase();
  const telling = TELLING.findIndex((word) => name === word || new RegExp(`(^|[/_.\\- ])${word}($|[/_.\\- ])`).test(name));
  const place = /(^|[/_.-])test/.test(name)
    ? 0
    : /(^|[/_.-])(val|valid|validation|eval|dev)([/_.-]|$)/.test(name)
      ? 1
      : /(^|[/_.-])train/.test(name)
        ? 3
        : 2;
  return (telling === -1 ? TELLING.length : telling) * 4 + place;
}
