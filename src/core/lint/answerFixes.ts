import { type ConfigPath, pathText } from "../config/configPath";
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
  return setFix(`Set ${pathText(path)} to ${words}: ${explanation}`, path, answer);
}

/** Why a finding has no fix where something stands already, or where no place to fill in would help. */
export const ONLY_A_PERSON = "Only a person who knows the facts can answer this.";
