import { plainYaml } from "./yaml/plainYaml";

/** Where an mlops.yaml keeps its runs. */
export interface TrackingField {
  readonly uri: string;
}

/**
 * Reads the field `tracking` of an mlops.yaml: a URI, a list of them, or blocks with `uri`.
 * @returns an empty list where there is no such field.
 * @throws Error with a sentence when the text is no YAML.
 */
export function readTrackingField(text: string): readonly TrackingField[] {
  const read = plainYaml(text);
  if (read.problem !== null) {
    throw new Error(read.problem);
  }
  const root = read.value;
  const tracking = typeof root === "object" && root !== null && "tracking" in root ? root.tracking : undefined;
  return (Array.isArray(tracking) ? tracking : [tracking]).flatMap((item: unknown) => {
    const uri = typeof item === "object" && item !== null && "uri" in item ? item.uri : item;
    return typeof uri === "string" && uri.trim() !== "" ? [{ uri }] : [];
  });
}
