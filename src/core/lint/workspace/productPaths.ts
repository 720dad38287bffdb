import { PRODUCT_FIELDS, type Product } from "../../config/product";
import type { Field } from "../../config/schema/field";

/** All paths that a product's file names, as written; the schema says which of its texts are paths, so that none is forgotten. */
export function productPaths(product: Product): ReadonlySet<string> {
  const paths = new Set<string>();
  collect(PRODUCT_FIELDS, product, paths);
  return paths;
}

function collect(field: Field, value: unknown, paths: Set<string>): void {
  if (value === undefined || value === null) {
    return;
  }
  switch (field.kind) {
    case "text":
      if (field.format === "path" && typeof value === "string") {
        paths.add(value);
      }
      break;
    case "list":
      if (Array.isArray(value)) {
        value.forEach((item: unknown) => collect(field.of, item, paths));
      }
      break;
    case "map":
      if (typeof value === "object") {
        Object.values(value).forEach((item: unknown) => collect(field.of, item, paths));
      }
      break;
    case "object":
      if (typeof value === "object" && !Array.isArray(value)) {
        for (const [key, part] of Object.entries(value)) {
          const known = Object.hasOwn(field.fields, key) ? field.fields[key] : undefined;
          if (known !== undefined) {
            collect(known, part, paths);
          }
        }
      }
      break;
    case "either":
      field.options.forEach((option) => collect(option, value, paths));
      break;
    default:
  }
}
