/**
 * Where an `$include` leads, relative to the folder of the file that began.
 * @param from the file that holds the `$include`, relative as well; empty for the first.
 * @returns undefined for what is no relative path with forward slashes.
 */
export function includePath(path: string, from: string): string | undefined {
  // A letter and a colon is a Windows drive or the scheme of an address.
  if (path.trim() === "" || /^\/|\\|^[A-Za-z][\w+.-]*:|[\u0000-\u001f]/.test(path) || path.length > 1000) {
    return undefined;
  }
  const parts: string[] = [];
  for (const part of [...from.split("/").slice(0, -1), ...path.split("/")]) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") {
      parts.pop();
    } else if (part !== "." && part !== "") {
      parts.push(part);
    }
  }
  return parts.join("/");
}
