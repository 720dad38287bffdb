import { isPlaceholder } from "../config/placeholder";

/** Marks that people put around a value that is to come: `<name>`, `(me)`. */
const EDGES = /^[\s<>[\]{}()"'`*_.…?!:;,#$=-]+|[\s<>[\]{}()"'`*_.…?!:;,#$=-]+$/gu;

/** Words in place of a name that mean nobody in particular. */
const NOBODY = new Set([
  "na",
  "null",
  "nil",
  "undefined",
  "unknown",
  "unsure",
  "not sure",
  "undecided",
  "not applicable",
  "not available",
  "pending",
  "later",
  "blank",
  "empty",
  "replace me",
  "team",
  "the team",
  "our team",
  "my team",
  "a team",
  "team name",
  "your team",
  "everyone",
  "everybody",
  "anyone",
  "anybody",
  "someone",
  "somebody",
  "nobody",
  "no one",
  "noone",
  "none",
  "all",
  "me",
  "myself",
  "i",
  "you",
  "us",
  "we",
  "self",
  "owner",
  "the owner",
  "user",
  "username",
  "name",
  "your name",
  "yourname",
  "full name",
  "first last",
  "firstname lastname",
  "john doe",
  "jane doe",
  "admin",
  "root",
  "test",
  "foo",
  "bar",
  "baz",
  "unassigned",
  "unowned",
  "not assigned",
  "no owner",
  "data scientist",
  "the data scientist",
  "developer",
  "airflow",
  "default",
  "email",
  "mail",
  "person",
  "contact",
  "example",
]);

/** Parts before the @ that are never a person's or team's, at any domain. */
const NO_ADDRESS =
  /^(?:your[._-]?(?:name|email|team)|first(?:name)?[._-]?last(?:name)?|no-?reply|do-?not-?reply|todo|tbd|changeme|change[._-]me|placeholder|x{2,}|nobody|someone|john[._-]?doe|jane[._-]?doe)$/;

/** Parts before the @ that may be a real address, but not at a domain that is itself an example. */
const ROLE_WORDS = /^(?:owner|user|username|name|email|mail|me|you|team|admin|test|foo|bar|person|contact|example|abc|a|x)$/;
const EXAMPLE_DOMAIN =
  /^(?:(?:.+\.)?example(?:\.(?:com|org|net|edu))?|(?:your[._-]?)?(?:company|domain|organi[sz]ation|org)\.(?:com|org|net)|email\.com|test\.com|localhost|foo\.com|bar\.com|.+\.(?:invalid|test|localhost))$/;

/** A mail address by its shape only: whether it exists is not asked. */
const ADDRESS = /^([^\s@<>"]{1,64})@([^\s@<>"]{1,255})$/;

/** Whether this names a person or a team that somebody could write to: an e-mail address, or an account as CODEOWNERS writes it. */
export function isReachable(address: string | undefined): address is string {
  if (address === undefined || isNobody(address)) {
    return false;
  }
  if (/^@[a-z\d][\w.-]*(?:\/[\w.-]+)*$/i.test(address.trim())) {
    return !isNobody(address.trim().slice(1));
  }
  const [, local = "", domain = ""] = ADDRESS.exec(address.trim().toLowerCase()) ?? [];
  const isComplete = local !== "" && (domain.includes(".") || domain === "localhost");
  return isComplete && !NO_ADDRESS.test(local) && !(ROLE_WORDS.test(local) && EXAMPLE_DOMAIN.test(domain));
}

/** Whether a name of a person or team means nobody in particular. */
export function isNobody(name: string): boolean {
  return isPlaceholder(name) || NOBODY.has(bareWords(name.trim().replace(/^@/, "")));
}

/** A role that somebody holds: with an address, or a team with a name. */
export function isHeld(role: { readonly email?: string | undefined; readonly team?: string | undefined } | undefined): boolean {
  if (role?.email !== undefined) {
    return isReachable(role.email);
  }
  return role?.team !== undefined && !isNobody(role.team);
}

/** Addresses are compared without regard to case. */
export function sameAddress(left: string | null | undefined, right: string | null | undefined): boolean {
  return typeof left === "string" && typeof right === "string" && left.trim().toLowerCase() === right.trim().toLowerCase();
}

/** In lower case, without the marks around it. Long texts are cut, because no placeholder is long. */
function bareWords(text: string): string {
  return text.slice(0, 200).toLowerCase().replace(EDGES, "").replace(/\s+/g, " ");
}
