import { createHash } from "node:crypto";
import { join } from "node:path";

import type { TargetSpec } from "../../core/deployment/targetSpec";

const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export function deploymentsFolder({ folder }: Pick<TargetSpec, "folder">): string {
  return join(folder, ".mlops", "deployments");
}

/** Where a target keeps what it serves. A name that is no plain name of a folder is told apart by a hash. */
export function servedFolder(spec: Pick<TargetSpec, "folder" | "name">): string {
  const { name } = spec;
  const hash = createHash("sha256").update(name).digest("hex").slice(0, 16);
  const safe = PLAIN.test(name)
    ? name
    : `${name
        .replace(/[^A-Za-z0-9_-]+/g, "-")
        .replace(/^-+/, "")
        .slice(0, 40)}.${hash}`;
  return join(deploymentsFolder(spec), "served", safe.startsWith(".") ? hash : safe);
}
