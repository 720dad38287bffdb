import type { Product } from "../config/product";
import { isHeld } from "../lint/person";

/** Who owns a product, as its file calls them: an address, else a name or a team; null where nobody is named who could be written to. */
export function ownerOf({ roles }: Product): string | null {
  const owner = roles?.owner;
  return isHeld(owner) ? (owner?.email ?? owner?.name ?? owner?.team ?? null) : null;
}

/** The team of a product: the owner's, else the operator's; null where the file names none. */
export function teamOf({ roles }: Product): string | null {
  return [roles?.owner, roles?.operator].find((role) => isHeld(role) && role?.team !== undefined)?.team ?? null;
}
