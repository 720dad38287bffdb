/** Licences as people write them, with their names in SPDX and on Hugging Face; anything else is told by its own name. */
const LICENCES: Readonly<Record<string, { readonly spdx: string; readonly hub: string }>> = {
  mit: { spdx: "MIT", hub: "mit" },
  "apache-2.0": { spdx: "Apache-2.0", hub: "apache-2.0" },
  "apache 2.0": { spdx: "Apache-2.0", hub: "apache-2.0" },
  "bsd-2-clause": { spdx: "BSD-2-Clause", hub: "bsd-2-clause" },
  "bsd-3-clause": { spdx: "BSD-3-Clause", hub: "bsd-3-clause" },
  "gpl-2.0": { spdx: "GPL-2.0-only", hub: "gpl-2.0" },
  "gpl-3.0": { spdx: "GPL-3.0-only", hub: "gpl-3.0" },
  "agpl-3.0": { spdx: "AGPL-3.0-only", hub: "agpl-3.0" },
  "lgpl-3.0": { spdx: "LGPL-3.0-only", hub: "lgpl-3.0" },
  "mpl-2.0": { spdx: "MPL-2.0", hub: "mpl-2.0" },
  "eupl-1.2": { spdx: "EUPL-1.2", hub: "eupl-1.2" },
  "cc-by-4.0": { spdx: "CC-BY-4.0", hub: "cc-by-4.0" },
  "cc-by-sa-4.0": { spdx: "CC-BY-SA-4.0", hub: "cc-by-sa-4.0" },
  "cc-by-nc-4.0": { spdx: "CC-BY-NC-4.0", hub: "cc-by-nc-4.0" },
  "cc0-1.0": { spdx: "CC0-1.0", hub: "cc0-1.0" },
  unlicense: { spdx: "Unlicense", hub: "unlicense" },
};

/** Null for a licence that neither list knows, such as "proprietary". */
export function licenceOf(written: string): { readonly spdx: string; readonly hub: string } | null {
  const key = written
    .trim()
    .toLowerCase()
    .replace(/-only$/, "");
  return Object.hasOwn(LICENCES, key) ? (LICENCES[key] ?? null) : null;
}
