import type { ConfigPath } from "../configPath";
import { type Alias, ALIASES, PRODUCT_FIELDS } from "../product";
import type { Field, ListField, MapField, ObjectField } from "../schema/field";

/** What is known of the keys of a file: their order, short forms, and other names at the top. */
export interface Shape {
  readonly field: Field | undefined;
  readonly aliases: readonly Alias[];
}

export const PRODUCT_SHAPE: Shape = { field: PRODUCT_FIELDS, aliases: ALIASES };

/** For files of other tools: keys are added at the end, and there are no short forms. */
export const FREE_SHAPE: Shape = { field: undefined, aliases: [] };

/** The forms that a field's value may have as a block or list; a field of several shapes has several. */
export interface Forms {
  readonly object?: ObjectField;
  readonly list?: ListField;
  readonly map?: MapField;
}

export function formsOf(field: Field | undefined): Forms {
  switch (field?.kind) {
    case "object":
      return { object: field };
    case "list":
      return { list: field };
    case "map":
      return { map: field };
    case "either":
      return field.options.reduce<Forms>((forms, option) => ({ ...forms, ...formsOf(option) }), {});
    default:
      return {};
  }
}

/** The field that a written path stands for; undefined where the schema knows none. */
export function fieldAt({ field, aliases }: Shape, path: ConfigPath): Field | undefined {
  const alias = aliases.find(({ from }) => from === path[0]);
  const full = alias === undefined ? path : [...alias.to, ...path.slice(1)];
  return full.reduce<Field | undefined>((here, part) => {
    const { object, list, map } = formsOf(here);
    if (typeof part === "number") {
      return list?.of;
    }
    return object !== undefined && Object.hasOwn(object.fields, part) ? object.fields[part] : map?.of;
  }, field);
}
