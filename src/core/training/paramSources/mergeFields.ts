import type { ParamField } from "../paramField";
import type { ParamValue } from "../trainSpec";
import { guessField } from "./guessField";

/**
 * One field for each name: the first list that declares it says what it may be, the last that gives a value says which, and values of mlops.yaml
 * win over all of them.
 * @param declared by the engine first, then by files of the pipeline, in their order.
 * @param own `train.params`.
 * @param config the product's file, for people.
 */
export function mergeFields(
  declared: readonly (readonly ParamField[])[],
  own: Readonly<Record<string, ParamValue>>,
  config: string,
): readonly ParamField[] {
  const fields = new Map<string, ParamField>();
  for (const field of declared.flat()) {
    const known = fields.get(field.name);
    fields.set(field.name, known === undefined ? field : { ...known, value: field.value ?? known.value });
  }
  for (const [name, value] of Object.entries(own)) {
    const known = fields.get(name);
    fields.set(name, known === undefined ? guessField(name, value, config) : { ...known, value, source: config });
  }
  return [...fields.values()];
}
