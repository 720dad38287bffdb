/** What stands before the hash in a sealed text. */
const MARK = "mlops-seal:sha256:";
const OPEN = "0".repeat(64);
const SEALED = new RegExp(`${MARK}([0-9a-f]{64})`, "g");

/** Stands in a report, of whatever format, where the hash of its whole text goes. */
export const SEAL_PLACE = `${MARK}${OPEN}`;

/** Reports that are kept stand in this folder beside the product's file. */
export const REPORT_FOLDER = ".mlops/reports";

/**
 * Writes the SHA-256 of the text into its seal, so that a changed byte is found without any other file. It shows that a report is as it was made; who
 * made it is told by the commit that added it.
 * @param text with SEAL_PLACE once. @param sha256 of a text, hex.
 */
export function seal(text: string, sha256: (text: string) => string): string {
  return text.replace(SEAL_PLACE, () => `${MARK}${sha256(text)}`);
}

/** Whether a report is as it was made; one with no seal, or with several, is not. @returns null for a good one, else a sentence. */
export function sealFault(text: string, sha256: (text: string) => string): string | null {
  const [found, more] = [...text.matchAll(SEALED)];
  if (found === undefined) {
    return "It has no seal, or the seal was changed.";
  }
  if (more !== undefined) {
    return "It has more than one seal.";
  }
  return found[1] === sha256(text.replace(SEALED, SEAL_PLACE)) ? null : "Its text does not fit its seal: it was changed after it was made.";
}
