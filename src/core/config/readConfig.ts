import type { ConfigFile } from "./configFile";
import { POLICY_FIELDS } from "./policy";
import type { PolicyFile } from "./policy";
import { ALIASES, PRODUCT_FIELDS } from "./product";
import type { Product } from "./product";
import { readFields } from "./readFields";
import type { Include } from "./yaml/nodeReader";

/**
 * Reads an mlops.yaml. Never throws.
 * @param include reads the file that an `$include` names, relative to the folder of this file.
 */
export function readConfig(text: string, include?: Include): ConfigFile<Product> {
  return readFields(text, PRODUCT_FIELDS, { aliases: ALIASES, include });
}

/** Reads a `.mlops/policy.yaml`; what it extends is the caller's to read. Never throws. */
export function readPolicyFile(text: string, include?: Include): ConfigFile<PolicyFile> {
  return readFields(text, POLICY_FIELDS, { include });
}
