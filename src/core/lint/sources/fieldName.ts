/** Other names for the fields that every policy asks for by default. */
const SYNONYMS: Readonly<Record<string, string>> = {
  owners: "owner",
  maintainer: "owner",
  maintainers: "owner",
  contains_pii: "personal_data",
};

/**
 * The name of a field as a policy has it, for a key as tools have it: `mlops.example.org/Cost-Center` is "cost_center". Annotations of
 * Kubernetes have a domain before a slash, and labels of clouds are in lower case with dashes.
 */
export function fieldName(key: string): string {
  const plain = key
    .slice(0, 200)
    .replace(/^.*\//, "")
    .trim()
    .toLowerCase()
    .replace(/^mlops[-_.]/, "")
    .replace(/[-\s.]+/g, "_");
  return Object.hasOwn(SYNONYMS, plain) ? (SYNONYMS[plain] ?? plain) : plain;
}

/** A tag that holds a field, such as `owner:ana@example.org` or `cost-center=4711`; null for a tag that is a word only. */
export function tagField(tag: string): { readonly field: string; readonly value: string } | null {
  const [, key = "", value = ""] = /^([A-Za-z][\w./-]{0,100})\s*[:=](?!\/)\s*([^]*)$/.exec(tag) ?? [];
  return key === "" ? null : { field: fieldName(key), value };
}
