/**
 * The words a schema is written in. One schema is the source of the types (`Infer`), the parser, the JSON schema, completion,
 * hover and docs, so that none of them can say something else than another.
 */
export interface FieldInfo {
  /** One plain sentence: what to write here. */
  readonly about: string;
  /** The law that asks for it, e.g. "AI Act Art. 14"; several are separated by a semicolon. */
  readonly article?: string;
  /** The id in the regulation calendar of the day from which the law asks for it. */
  readonly duty?: string;
  /** A value as an example, in YAML. */
  readonly example?: string;
}

/**
 * What a text must look like. `date` is YYYY-MM-DD, `duration` e.g. "6 months", "30m", "7 days", "2h"; `path` is relative to the
 * file, with forward slashes; `character` is one character, or the word tab; `sentence` is prose, which rules judge for placeholders.
 */
export type TextFormat = "email" | "date" | "duration" | "path" | "url" | "sentence" | "target" | "digest" | "character";

export interface TextField {
  readonly kind: "text";
  readonly info: FieldInfo;
  readonly format: TextFormat | null;
}

/** One of some words, each with a plain explanation. Where `yes` and `no` are among them, `true` and `false` mean those. */
export interface ChoiceField<T extends string = string> {
  readonly kind: "choice";
  readonly info: FieldInfo;
  readonly choices: Readonly<Record<T, string>>;
}

export interface NumberField {
  readonly kind: "number";
  readonly info: FieldInfo;
  readonly min: number | null;
  readonly max: number | null;
  readonly integer: boolean;
}

/** Yes or no; `true` and `false` mean the same, because YAML 1.1 tools turn the words into them. Read as a boolean. */
export interface YesNoField {
  readonly kind: "yesNo";
  readonly info: FieldInfo;
}

/** Any scalar, kept as it was written: the parameters of a training. */
export interface ScalarField {
  readonly kind: "scalar";
  readonly info: FieldInfo;
}

export interface ListField<F extends Field = Field> {
  readonly kind: "list";
  readonly info: FieldInfo;
  readonly of: F;
  /** A single value stands for a list of one. */
  readonly single: boolean;
}

export type Fields = Readonly<Record<string, Field>>;

export interface ObjectField<F extends Fields = Fields> {
  readonly kind: "object";
  readonly info: FieldInfo;
  readonly fields: F;
  /** The key that a plain scalar in place of the block stands for: `owner: ana@x.org` is `owner: {email: ana@x.org}`. */
  readonly short: string | null;
}

/** A block with keys of the user's choice. */
export interface MapField<F extends Field = Field> {
  readonly kind: "map";
  readonly info: FieldInfo;
  readonly of: F;
}

/** One of several shapes, told apart by the kind of node: at most one of scalar, list and map kind each. Read as what it is. */
export interface EitherField<F extends readonly Field[] = readonly Field[]> {
  readonly kind: "either";
  readonly info: FieldInfo;
  readonly options: F;
}

export type Field = TextField | ChoiceField | NumberField | YesNoField | ScalarField | ListField | ObjectField | MapField | EitherField;

/** What a field reads as. Any part may be absent or invalid, and is then undefined. */
export type Infer<F> = F extends TextField
  ? string
  : F extends ChoiceField<infer T>
    ? T
    : F extends NumberField
      ? number
      : F extends YesNoField
        ? boolean
        : F extends ScalarField
          ? string | number | boolean | null
          : F extends ListField<infer Of>
            ? readonly (Infer<Of> | undefined)[]
            : F extends MapField<infer Of>
              ? Readonly<Record<string, Infer<Of> | undefined>>
              : F extends ObjectField<infer Fs>
                ? { readonly [K in keyof Fs]?: Infer<Fs[K]> | undefined }
                : F extends EitherField<infer Options>
                  ? Infer<Options[number]>
                  : never;

export function text(about: string, format: TextFormat | null = null, info: Omit<FieldInfo, "about"> = {}): TextField {
  return { kind: "text", info: { about, ...info }, format };
}

export function choice<const T extends string>(
  about: string,
  choices: Readonly<Record<T, string>>,
  info: Omit<FieldInfo, "about"> = {},
): ChoiceField<T> {
  return { kind: "choice", info: { about, ...info }, choices };
}

export function number(
  about: string,
  limits: { readonly min?: number; readonly max?: number; readonly integer?: boolean } = {},
  info: Omit<FieldInfo, "about"> = {},
): NumberField {
  return { kind: "number", info: { about, ...info }, min: limits.min ?? null, max: limits.max ?? null, integer: limits.integer ?? false };
}

export function yesNo(about: string, info: Omit<FieldInfo, "about"> = {}): YesNoField {
  return { kind: "yesNo", info: { about, ...info } };
}

export function scalar(about: string, info: Omit<FieldInfo, "about"> = {}): ScalarField {
  return { kind: "scalar", info: { about, ...info } };
}

export function list<F extends Field>(
  about: string,
  of: F,
  info: Omit<FieldInfo, "about"> & { readonly single?: boolean } = {},
): ListField<F> {
  const { single = false, ...rest } = info;
  return { kind: "list", info: { about, ...rest }, of, single };
}

export function object<const F extends Fields>(
  about: string,
  fields: F,
  info: Omit<FieldInfo, "about"> & { readonly short?: keyof F & string } = {},
): ObjectField<F> {
  const { short = null, ...rest } = info;
  return { kind: "object", info: { about, ...rest }, fields, short };
}

export function map<F extends Field>(about: string, of: F, info: Omit<FieldInfo, "about"> = {}): MapField<F> {
  return { kind: "map", info: { about, ...info }, of };
}

export function either<const F extends readonly Field[]>(about: string, options: F, info: Omit<FieldInfo, "about"> = {}): EitherField<F> {
  return { kind: "either", info: { about, ...info }, options };
}
