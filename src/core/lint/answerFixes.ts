import type { ConfigPath } from "../config/configPath";
import type { Fix } from "./fix";
import { setFix } from "./setFix";

/** Each legal answer as a fix of its own with its explanation, because choosing one is for a person. */
export function answerFixes(path: ConfigPath, answers: Readonly<Record<string, string>>, except: readonly string[] = []): readonly Fix[] {
  return Object.entries(answers)
    .filter(([answer]) => !except.includes(answer))
    .map(([answer, explanation]) => answerFix(path, answer, explanation));
}

export function answerFix(path: ConfigPath, answer: string | boolean | readonly [], explanation: string): Fix {
  const words = typeof answer === "object" ? "an empty list" : String(answer);
  return setFix(`Set ${String(path.at(-1)).replaceAll("_", " ")} to ${words}: ${explanation}`, path, answer);
}

/** Why a finding has no fix once a place to fill in stands there. */
export const ONLY_A_PERSON = "A place to fill in stands there already, and only a person who knows the facts can fill it.";
