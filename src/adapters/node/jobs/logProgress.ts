/** `epoch 3/10`, `Epoch [3/10]`, `step 30 of 100`; a share of the steps that are done when the line is written. */
const COUNTED = /\b(?:epoch|step|iteration|round|fold)s?\s*:?\s*\[?\s*(\d{1,9})\s*(?:\/|of)\s*(\d{1,9})\b/i;
/** tqdm: ` 30%|███       | 3/10 [00:01<00:03]`. */
const BAR = /(\d{1,3})%\|/;
const PERCENT = /^\s*(?:progress|training|done|completed)\b[^\d%]{0,20}(\d{1,3})(?:\.\d+)?\s*%/i;

/** From 0 to 1, where the last lines of a log clearly tell; null otherwise. */
export function logProgress(tail: string): number | null {
  const lines = tail.split(/[\r\n]+/).reverse();
  for (const line of lines) {
    const counted = COUNTED.exec(line);
    if (counted !== null) {
      const share = Number(counted[1]) / Number(counted[2]);
      return share >= 0 && share <= 1 ? share : null;
    }
    const percent = Number((BAR.exec(line) ?? PERCENT.exec(line))?.[1] ?? Number.NaN);
    if (percent <= 100) {
      return percent / 100;
    }
  }
  return null;
}
