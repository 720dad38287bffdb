import type { SignOffSubject } from "./signOffStanding";

/** What a sentence calls it that people decide on, after "the": its own name, but for one that is no thing. */
export function subjectWords(subject: SignOffSubject): string {
  return subject === "early" ? "early involvement" : subject;
}
