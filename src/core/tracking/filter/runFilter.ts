/** What a comparison looks at. Attribute keys are canonical: run_id, run_name, status, start_time, end_time, user_id, artifact_uri, created_by, … */
export interface FilterField {
  readonly entity: "attribute" | "param" | "metric" | "tag" | "dataset";
  readonly key: string;
}

export type Comparator = "=" | "!=" | ">" | ">=" | "<" | "<=" | "LIKE" | "ILIKE" | "IN" | "NOT IN" | "IS NULL" | "IS NOT NULL";

/** One condition. The value's type fits the field: numbers for metrics and times, a list for IN, null for IS NULL. */
export interface Comparison {
  readonly field: FilterField;
  readonly comparator: Comparator;
  readonly value: string | number | readonly string[] | null;
}

/** Conditions joined by AND; MLflow's language has no OR and no parentheses. */
export type RunFilter = readonly Comparison[];

export interface OrderTerm {
  readonly field: FilterField;
  readonly ascending: boolean;
}
