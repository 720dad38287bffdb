import type { FilterState } from "../../protocol/runsTable";
import { isAppError, toUserText } from "../base/appError";
import { parseFilter } from "../tracking/filter/parseFilter";
import type { RunFilter } from "../tracking/filter/runFilter";

export interface FilterReading {
  readonly mode: FilterState["mode"];
  readonly error: string | null;
  readonly contains: string | null;
  readonly language: RunFilter | null;
}

const LANGUAGE_START = /^\s*(?:attributes?|attr|run|metrics?|params?|parameters?|tags?|datasets?)\s*\./i;
const LANGUAGE_COMPARATOR = /[=<>]|\s(?:i?like|in|is)\s/i;

/**
 * Understands the text of the filter box: MLflow's language where it parses, else a text to look for. What looks like the
 * language and is not gets the parser's sentence instead of silently finding nothing. A text in double quotes is always looked for.
 */
export function readFilterText(text: string): FilterReading {
  const trimmed = text.trim();
  if (trimmed === "") {
    return { mode: "none", error: null, contains: null, language: null };
  }
  const quoted = /^"([^"]+)"?$/.exec(trimmed)?.[1];
  if (quoted !== undefined) {
    return { mode: "contains", error: null, contains: quoted, language: null };
  }
  const looksLikeLanguage = LANGUAGE_START.test(trimmed) || LANGUAGE_COMPARATOR.test(trimmed);
  if (!looksLikeLanguage) {
    return { mode: "contains", error: null, contains: trimmed, language: null };
  }
  try {
    return { mode: "language", error: null, contains: null, language: parseFilter(trimmed) };
  } catch (error) {
    if (!isAppError(error, "filter/invalid")) {
      throw error;
    }
    return { mode: "language", error: toUserText(error), contains: null, language: null };
  }
}
