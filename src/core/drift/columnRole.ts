import type { ColumnRole } from "./driftReport";

const ROLES: readonly (readonly [ColumnRole, RegExp])[] = [
  [
    "score",
    /^(?:(?:y_?)?(?:pred(?:icted|iction)?_?)?(?:proba?|probability|probabilities)|(?:model|prediction|predicted)_?score|score|y_?score)$/,
  ],
  ["prediction", /^(?:y_?(?:pred|hat)|pred(?:icted|iction)?(?:_?(?:label|class|value))?)$/],
  ["target", /^(?:y|y_?true|target|label|ground_?truth|outcome)$/],
];

/** What a column is to the model, guessed from its name: most are features. */
export function columnRole(name: string): ColumnRole {
  const word = name
    .trim()
    .toLowerCase()
    .replace(/[\s.-]+/g, "_");
  return ROLES.find(([, pattern]) => pattern.test(word))?.[0] ?? "feature";
}
