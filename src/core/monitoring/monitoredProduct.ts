import { folderOf, inFolder } from "../lint/workspace/workspacePath";

/** A product as its results know it. */
export interface MonitoredProduct {
  /** As its file calls it; the file's path where it has no name. */
  readonly name: string;
  /** Its mlops.yaml, relative to the workspace, with forward slashes. */
  readonly config: string;
}

const LONGEST_SLUG = 60;

/**
 * The folder of a product's results, relative to the workspace. It stands beside the product's file, as sign-offs do, so that an editor
 * that opens a part of the repository finds the same.
 */
export function resultFolder(product: MonitoredProduct): string {
  return inFolder(folderOf(product.config), `.mlops/monitoring/${slugOf(product)}`);
}

/** `churn-model` for an mlops.yaml, of which a folder has one; `churn.mlops` for a churn.mlops.yaml, so that no two files share a folder. */
function slugOf({ name, config }: MonitoredProduct): string {
  const file = config.slice(config.lastIndexOf("/") + 1);
  const stem = /^(.+)\.mlops\.ya?ml$/.exec(file)?.[1];
  return stem === undefined ? slug(name) : `${slug(stem)}.mlops`;
}

/** A name that every file system takes: a device of Windows such as `con` gets a sign behind it. */
function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, LONGEST_SLUG)
    .replace(/[\ud800-\udbff]$/, "")
    .replace(/^-+|-+$/g, "");
  return plain === "" ? "product" : /^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(plain) ? `${plain}-` : plain;
}
