/** Parts behind the question mark that are a login, of databases and of signed addresses. */
const SECRET_QUERY = /^(?:password|passwd|pwd|token|access_?token|api_?key|secret|sig|signature|x-amz-signature)=/i;

/** An address as it may be shown and kept: without user and password, and without what signs it. A text that is no address stays as it is. */
export function withoutLogin(address: string): string {
  const bare = address.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, "$1");
  const [, place, query, rest] = /^([^?#]*)\?([^#]*)(.*)$/s.exec(bare) ?? [];
  if (place === undefined || query === undefined) {
    return bare;
  }
  const kept = query.split("&").filter((part) => !SECRET_QUERY.test(part));
  return `${place}${kept.length === 0 ? "" : `?${kept.join("&")}`}${rest ?? ""}`;
}
