import { toUserText } from "./appError";
import { isCancelled } from "./cancel";

/**
 * Reads one after the other; what cannot be read does not keep the others from it.
 * @returns what failed, a sentence each.
 */
export async function readEach<T>(
  all: readonly T[],
  read: (one: T) => Promise<void>,
  logError: (error: unknown) => void,
): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const one of all) {
    try {
      await read(one);
    } catch (error) {
      if (isCancelled(error)) {
        throw error;
      }
      logError(error);
      problems.push(toUserText(error));
    }
  }
  return problems;
}
