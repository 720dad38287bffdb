import type { Product } from "../../config/product";
import { ownValue } from "../../base/ownValue";
import { withoutLogin } from "../../base/withoutLogin";
import type { LintStage } from "../../lint/ruleMeta";

type Target = NonNullable<NonNullable<NonNullable<Product["deploy"]>["targets"]>[string]>;

const STAGING: ReadonlySet<string> = new Set(["staging", "stage", "test", "qa", "challenger"]);
const DEVELOPMENT: ReadonlySet<string> = new Set(["development", "dev", "sandbox"]);
/** Whatever a target is called, an alias or a stage like this is what others load as the model in use. */
const IN_USE = /^(?:champion|prod(?:uction)?|live)$/i;

/**
 * How strictly a target is judged: as what its key says, and as production where it says nothing, where its alias or its stage is the one of the model in use,
 * or where it is the same place as a target that is judged as production. A target has to be called harmless to be treated as such.
 */
export function gateLevelOf(product: Product, target: string): LintStage {
  const targets = product.deploy?.targets ?? {};
  const own = ownValue(targets, target);
  const level = levelByItself(target, own);
  const isShared =
    level !== "production" &&
    own !== undefined &&
    Object.entries(targets).some(
      ([key, other]) => key !== target && other !== undefined && levelByItself(key, other) === "production" && isSamePlace(own, other),
    );
  return isShared ? "production" : level;
}

function levelByItself(name: string, target: Target | undefined): LintStage {
  const key = name.trim().toLowerCase();
  if ([target?.alias, target?.stage].some((text) => text !== undefined && IN_USE.test(text.trim()))) {
    return "production";
  }
  return DEVELOPMENT.has(key) ? "development" : STAGING.has(key) ? "staging" : "production";
}

/** Whether both move the same alias, change the same application at the same address, or run the same command, which is not told for which of them. */
function isSamePlace(left: Target, right: Target): boolean {
  const isSameAlias = plain(left.alias) !== "" && plain(left.alias) === plain(right.alias);
  const isSameAddress = place(left.address) !== "" && place(left.address) === place(right.address);
  const isSameApplication = isSameAddress && plain(left.application) === plain(right.application);
  return isSameAlias || isSameApplication || (commandOf(left) !== null && commandOf(left) === commandOf(right));
}

/** A command as it is compared: blanks between its words do not matter. Null for none, and for one that is told the target. */
function commandOf({ command }: Target): string | null {
  const words = (command ?? []).map((word) => String(word).trim().replace(/\s+/g, " "));
  return words.length === 0 || words.some((word) => word.includes("{target}")) ? null : JSON.stringify(words);
}

/** An address as it is compared: without a login, a slash at its end or another name of this machine. */
function place(address: string | undefined): string {
  return plain(withoutLogin(address?.trim() ?? ""))
    .replace(/\/+$/, "")
    .replace(/^(https?:\/\/)(?:localhost|\[::1\])(?=[:/]|$)/, "$1127.0.0.1")
    .replace(/^(http:\/\/[^/]+):80(?=\/|$)|^(https:\/\/[^/]+):443(?=\/|$)/, "$1$2");
}

function plain(text: string | undefined): string {
  return text?.trim().toLowerCase() ?? "";
}
