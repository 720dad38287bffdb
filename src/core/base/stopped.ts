/** A sentence with a full stop, whether or not it has one. */
export function stopped(sentence: string): string {
  return /[.!?]$/.test(sentence.trim()) ? sentence.trim() : `${sentence.trim()}.`;
}
