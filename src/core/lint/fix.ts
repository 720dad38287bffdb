import type { TextEdit } from "../base/textEdit";
import type { ConfigPath } from "../config/configPath";

/** A change of a configuration in its own terms; `core/config/edit` turns it into text edits that keep comments, quotes and layout. */
export type ConfigChange =
  /** Writes a value (scalar, list or block) at the path, with the blocks above where they lack. */
  | { readonly kind: "set"; readonly path: ConfigPath; readonly value: ConfigValue; readonly comment?: string }
  /** Adds an item to a list, which is made where it lacks. */
  | { readonly kind: "append"; readonly path: ConfigPath; readonly value: ConfigValue }
  | { readonly kind: "rename"; readonly path: ConfigPath; readonly key: string }
  | { readonly kind: "remove"; readonly path: ConfigPath };

export type ConfigValue = string | number | boolean | null | readonly ConfigValue[] | { readonly [key: string]: ConfigValue };

/** What the editor runs in place of an edit, because a person has to choose or another file is made. */
export interface FixCommand {
  /** Creates a text file beside the config when it does not exist; never overwrites. */
  readonly kind: "createFile";
  readonly path: string;
  readonly content: string;
}

/** One way to mend a finding. */
export interface Fix {
  /** Imperative, e.g. "Set the owner to ana@example.org (CODEOWNERS)". */
  readonly title: string;
  /** Applied without asking by "fix all" and `--fix`. A fix that names a person, answers a legal question or writes a placeholder is not. */
  readonly safe: boolean;
  readonly changes: readonly ConfigChange[];
  /** For files that are no mlops.yaml, and for EFF01. */
  readonly edits?: readonly TextEdit[];
  readonly files?: readonly FixCommand[];
}
