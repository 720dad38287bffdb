import type { ConfigPath } from "../config/configPath";
import type { ConfigValue, Fix } from "./fix";

/** What a fix writes where only a person knows the answer; it counts as missing, so that the finding stays. */
export const TODO = "TODO";

/** A fix that writes one value and that a person has to choose, because it is a decision or a guess. */
export function setFix(title: string, path: ConfigPath, value: ConfigValue): Fix {
  return { title, safe: false, changes: [{ kind: "set", path, value }] };
}

/** A fix that writes what is known to be true, so that it may be applied without asking. */
export function safeSetFix(title: string, path: ConfigPath, value: ConfigValue): Fix {
  return { ...setFix(title, path, value), safe: true };
}
