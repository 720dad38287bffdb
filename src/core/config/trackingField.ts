import { parseDocument } from "yaml";

/** Where an mlops.yaml keeps its runs. */
export interface TrackingField {
  readonly uri: string;
}

const MAX_LENGTH = 1_000_000;

/**
 * Reads the field `tracking` of an mlops.yaml: a URI, a list of them, or blocks with `uri`.
 * @returns an empty list where there is no such field.
 * @throws Error with the parser's words when the text is no YAML.
 */
export function readTrackingField(text: string): readonly TrackingField[] {
  if (text.length > MAX_LENGTH) {
    throw new Error("The file is larger than 1 MB.");
  }
  const document = parseDocument(text, { logLevel: "silent" });
  if (document.errors[0] !== undefined) {
    throw document.errors[0];
  }
  const root: unknown = document.toJS({ maxAliasCount: 100 });
  const tracking = typeof root === "object" && root !== null && "tracking" in root ? root.tracking : undefined;
  return (Array.isArray(tracking) ? tracking : [tracking]).flatMap((item: unknown) => {
    const uri = typeof item === "object" && item !== null && "uri" in item ? item.uri : item;
    return typeof uri === "string" && uri.trim() !== "" ? [{ uri }] : [];
  });
}
