import { isPlaceholder } from "../config/placeholder";

/** Whether something was really written there, not only the place of an answer held. */
export function isGiven(text: string | null | undefined): text is string {
  return text !== undefined && text !== null && !isPlaceholder(text);
}
