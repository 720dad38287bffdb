import type { Product } from "../../config/product";
import { ownValue } from "../../base/ownValue";
import type { LintStage } from "../../lint/ruleMeta";

const STAGING: ReadonlySet<string> = new Set(["staging", "stage", "test", "qa", "challenger"]);
const DEVELOPMENT: ReadonlySet<string> = new Set(["development", "dev", "sandbox"]);
/** Whatever a target is called, an alias like this is what others load as the model in use. */
const IN_USE = /^(?:champion|prod(?:uction)?|live)$/i;

/**
 * How strictly a target is judged: as what its key says, and as production where it says nothing, or where its alias is the one of the model in use. A target
 * has to be called harmless to be treated as such.
 */
export function gateLevelOf(product: Product, target: string): LintStage {
  const alias = ownValue(product.deploy?.targets ?? {}, target)?.alias;
  const key = target.trim().toLowerCase();
  if (alias !== undefined && IN_USE.test(alias.trim())) {
    return "production";
  }
  return DEVELOPMENT.has(key) ? "development" : STAGING.has(key) ? "staging" : "production";
}
