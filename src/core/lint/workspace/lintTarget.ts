/** What a file is to lint: a product's file, or an organisation's policy. */
export type ConfigKind = "product" | "policy";

/** A file that lint judges. Pipeline files of other tools are told by their content as well as by their name. */
export interface LintTarget {
  /** From the root of the workspace, with forward slashes. */
  readonly path: string;
  readonly kind: ConfigKind | "pipeline";
}

export const POLICY_PATH = ".mlops/policy.yaml";

/** What a file is by its name; null for one that is no configuration of ours. */
export function configKindOf(path: string): ConfigKind | null {
  if (/(?:^|\/)(?:mlops|[^/]+\.mlops)\.ya?ml$/.test(path)) {
    return "product";
  }
  return path === POLICY_PATH || path.endsWith(`/${POLICY_PATH}`) ? "policy" : null;
}
