import type { ConfigPath } from "./configPath";
import type { Alias } from "./product";
import type { RegulationCalendar } from "./regulationCalendar";
import type { Field, ObjectField } from "./schema/field";

/** A value or a key that is known from outside of the schema: a person, a file, a rule. */
export interface Suggestion {
  readonly label: string;
  /** In YAML, where it is not the label itself. */
  readonly text?: string;
  /** A few words. */
  readonly detail: string;
  /** Markdown. */
  readonly documentation: string;
}

export interface SuggestPlace {
  /** Of the value; for a key the block with keys of the user's choice. */
  readonly field: Field;
  /** Of the value; for a key of the block that holds it. */
  readonly path: ConfigPath;
  readonly isKey: boolean;
  /** What stands before the cursor already. */
  readonly typed: string;
}

/** What completion and hover speak from. */
export interface EditorSchema {
  readonly fields: ObjectField;
  readonly aliases: readonly Alias[];
  readonly calendar: RegulationCalendar;
  /** Best first; nothing where nothing is known. */
  readonly suggest?: (place: SuggestPlace) => readonly Suggestion[];
  /** What a word of the user's choice means, as Markdown; undefined where its field says it all. */
  readonly explain?: (place: Omit<SuggestPlace, "typed">, word: string) => string | undefined;
}
