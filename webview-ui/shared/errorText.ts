/** What a call of the host failed with, in a sentence, and what the user can do. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  const remedy = "remedy" in error && typeof error.remedy === "string" ? ` ${error.remedy}` : "";
  return `${error.message}${remedy}`;
}
