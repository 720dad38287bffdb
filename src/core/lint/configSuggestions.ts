import { sayDate } from "../config/dates";
import { scalarText } from "../config/edit/scalarText";
import type { EditorSchema, SuggestPlace, Suggestion } from "../config/editorSchema";
import { DEFAULT_REQUIRE } from "../config/policy";
import { ROLES_FIELD } from "../config/schema/rolesFields";
import type { OwnerCandidate } from "./lintFacts";
import type { RuleMeta } from "./ruleMeta";

/** What the world around a configuration knows that may be written in it. */
export interface KnownValues {
  /** Most likely first. */
  readonly people: readonly OwnerCandidate[];
  /** E-mail addresses by role, from the policy; they come first where that role is written. */
  readonly named: ReadonlyMap<string, readonly string[]>;
  /** Relative to the file's folder, nearest first. */
  readonly files: readonly string[];
}

/** More would only be scrolled through; what is typed narrows them down. */
const MOST_FILES = 500;

/** Completion of people, files and rules. */
export function toSuggest(
  kind: "product" | "policy",
  known: KnownValues,
  rules: readonly RuleMeta[],
): NonNullable<EditorSchema["suggest"]> {
  return (place) => {
    const { field, path, isKey } = place;
    if (isKey) {
      return kind === "policy" ? policyKeys(place, rules) : [];
    }
    if (isRuleName(path)) {
      return rules.filter(({ suppressible }) => suppressible).map(ruleSuggestion);
    }
    if (kind === "policy" && path[0] === "pipelines" && path.includes("require")) {
      return DEFAULT_REQUIRE.map((name) => ({ label: name, detail: "field", documentation: `The file must name \`${name}\`.` }));
    }
    if (path.at(-1) === "team") {
      return known.people.flatMap(teamSuggestion);
    }
    if (field.kind !== "text") {
      return [];
    }
    return field.format === "email" ? people(place, known) : field.format === "path" ? files(place, known) : [];
  };
}

/** Hover over the name of a rule. */
export function toExplain(rules: readonly RuleMeta[]): NonNullable<EditorSchema["explain"]> {
  return ({ path, isKey }, word) => {
    const isRule = isKey ? path.length === 1 && path[0] === "rules" : isRuleName(path);
    const rule = isRule ? rules.find(({ code, name }) => name === word || code === word.trim().toUpperCase()) : undefined;
    return rule === undefined ? undefined : `**${rule.name}** (${rule.code})\n\n${ruleText(rule)}`;
  };
}

function isRuleName(path: SuggestPlace["path"]): boolean {
  return path[0] === "lint" && path[1] === "ignore" && path.at(-1) === "rule";
}

function policyKeys({ path }: SuggestPlace, rules: readonly RuleMeta[]): readonly Suggestion[] {
  if (path.length !== 1) {
    return [];
  }
  if (path[0] === "rules") {
    return rules.map(ruleSuggestion);
  }
  return path[0] === "people"
    ? Object.entries(ROLES_FIELD.fields).map(([role, { info }]) => ({ label: role, detail: "role", documentation: info.about }))
    : [];
}

function ruleSuggestion(rule: RuleMeta): Suggestion {
  return { label: rule.name, detail: rule.code, documentation: ruleText(rule) };
}

function ruleText({ summary, why, article }: RuleMeta): string {
  return [summary, why, ...(article === null ? [] : [`Law: ${article}.`])].join("\n\n");
}

function people({ path }: SuggestPlace, { people: candidates, named }: KnownValues): readonly Suggestion[] {
  const roles = path.filter((part): part is string => typeof part === "string" && named.has(part));
  const first = roles.flatMap((role) =>
    (named.get(role) ?? []).map((email) => ({
      label: email,
      detail: "policy",
      documentation: `The policy names this person for ${role}.`,
    })),
  );
  const others = candidates.flatMap(({ email, name, source, commits, lastCommit }): readonly Suggestion[] => {
    if (email === null || first.some(({ label }) => label === email)) {
      return [];
    }
    const active =
      lastCommit === null ? [] : [`${commits} ${commits === 1 ? "commit" : "commits"} here, the last on ${sayDate(lastCommit)}.`];
    const listed = source === "codeowners" ? ["Named in CODEOWNERS."] : [];
    const detail = [name, source === "codeowners" ? "CODEOWNERS" : "git"].filter((part) => part !== null).join(" · ");
    return [{ label: email, text: scalarText(email, true), detail, documentation: [...listed, ...active].join(" ") }];
  });
  return [...first, ...others];
}

/** A team of CODEOWNERS has no address, and YAML wants quotes around its name. */
function teamSuggestion({ handle }: OwnerCandidate): readonly Suggestion[] {
  return handle === null
    ? []
    : [{ label: handle, text: scalarText(handle, true), detail: "CODEOWNERS", documentation: "Named in CODEOWNERS." }];
}

function files({ typed }: SuggestPlace, { files: paths }: KnownValues): readonly Suggestion[] {
  const wanted = typed.toLowerCase();
  return paths
    .filter((path) => path.toLowerCase().includes(wanted))
    .slice(0, MOST_FILES)
    .map((path) => ({ label: path, text: scalarText(path, true), detail: "file", documentation: "" }));
}
