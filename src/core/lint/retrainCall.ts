/** The words that start this product's own training, in a command of somebody's automation. */
const RETRAIN = /\bmlops(?:\.cjs)?["']?\s+retrain\b([^\n]*)/;
/** A word of a shell, with or without quotes. */
const WORD = /'([^']*)'|"([^"]*)"|([^\s'"]+)/g;
/** Options that have a value behind them. */
const WITH_VALUE = new Set(["--param", "--engine", "--store", "--today", "--format", "--folder"]);

/** The file of the product that a command trains by `mlops retrain`, as written; null where it trains in another way. */
export function retrainedProduct(command: string): string | null {
  const rest = RETRAIN.exec(command)?.[1];
  if (rest === undefined) {
    return null;
  }
  const words: string[] = [];
  for (const [, single, double, bare] of rest.matchAll(WORD)) {
    const word = single ?? double ?? bare ?? "";
    if (/^(?:&&|\|\|?|;|>>?|2>&1)$/.test(word) || /^\d?>/.test(word)) {
      break; // Another command, or where the output goes.
    }
    words.push(word);
  }
  const end = words.indexOf("--");
  const named = end >= 0 ? words[end + 1] : words.find((word, index) => !word.startsWith("-") && !WITH_VALUE.has(words[index - 1] ?? ""));
  return named === undefined || /[${}]/.test(named) ? null : named;
}

/** The folder that the paths in such a command count from: that of the repository, as generated files stand in it. */
export function automationRoot(path: string): string {
  return path.replace(/(?:^|\/)(?:\.github\/workflows|dags)\/[^/]*$|(?:^|\/)[^/]*$/, "");
}
