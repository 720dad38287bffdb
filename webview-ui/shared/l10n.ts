let bundle: ReadonlyMap<string, string> = new Map();

/** Takes the host's translations: English text to text in the user's language. Call before the first render. */
export function useTranslations(texts: Readonly<Record<string, string>> | undefined): void {
  bundle = new Map(Object.entries(texts ?? {}));
}

/** The text in the user's language; `{0}`, `{1}`, … are replaced by the arguments. The English text is the key. */
export function t(text: string, ...args: readonly (string | number)[]): string {
  // A function as replacement, so that a `$&` in a run's name stays a `$&`.
  return (bundle.get(text) ?? text).replace(/\{(\d+)\}/g, (placeholder, index: string) => String(args[Number(index)] ?? placeholder));
}
