/** A package's name as PEP 508 has it; nothing that long is one. */
const REQUIREMENT = /^([a-z0-9](?:[a-z0-9._-]{0,198}[a-z0-9])?)\s*(\[[^\]]*\])?\s*(.*)$/i;
const EXACT = /^===?\s*([^\s,*]+)$/;

/**
 * Packages by name with what pip's requirements.txt asks of their version: "1.2" where it is pinned, else the range, else "any".
 * Options, hashes and comments say nothing of what is installed. Names are those of PEP 503, so that spellings meet.
 */
export function parseRequirements(text: string): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  for (const line of text.replace(/\\\r?\n/g, " ").split(/\r?\n/)) {
    const found = parseRequirement(line);
    if (found !== null) {
      packages.set(...found);
    }
  }
  return packages;
}

/** One requirement, or null for a line that is none. */
export function parseRequirement(line: string): readonly [name: string, version: string] | null {
  const plain = line
    .replace(/(^|\s)#.*$/, "")
    .replace(/\s--\S.*$/, "")
    .trim();
  const [, name, extras = "", rest = ""] = REQUIREMENT.exec(plain) ?? [];
  if (name === undefined) {
    return null;
  }
  const semicolon = rest.search(/\s*;/);
  const spec = semicolon < 0 ? rest : rest.slice(0, semicolon);
  const marker = semicolon < 0 ? "" : ` ${rest.slice(semicolon).trim().replace(/\s+/g, " ")}`;
  const version = spec === "" ? "any" : spec.startsWith("@") ? withoutLogin(spec.slice(1).trim()) : (EXACT.exec(spec)?.[1] ?? range(spec));
  // A line that goes on otherwise, such as a folder's path, is no requirement by name.
  return spec === "" || /^[@=<>!~(]/.test(spec)
    ? [name.toLowerCase().replace(/[._-]+/g, "-"), `${version}${extras === "" ? "" : ` ${extras}`}${marker}`]
    : null;
}

function range(spec: string): string {
  return spec.replace(/[\s()]/g, "");
}

/** A token for a private repository stands in front of the host; nobody wants it in a report. */
function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/@\s]*@/, "//");
}
