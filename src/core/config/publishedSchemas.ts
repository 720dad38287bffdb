import { toJsonSchema } from "./jsonSchema";
import { POLICY_FIELDS } from "./policy";
import { ALIASES, PRODUCT_FIELDS } from "./product";

/** The JSON schemas that are shipped, by their place in the extension. */
export function publishedSchemas(): Readonly<Record<string, object>> {
  return {
    "schemas/mlops.schema.json": toJsonSchema(PRODUCT_FIELDS, "mlops.yaml", ALIASES),
    "schemas/policy.schema.json": toJsonSchema(POLICY_FIELDS, ".mlops/policy.yaml"),
  };
}
