import type { ParamValue } from "./trainSpec";

/** One parameter as a person may set it. */
export interface ParamField {
  readonly name: string;
  /** Decides the control and what is checked. `integer` and `number` may have bounds, `choice` has options, the value of a `list` is JSON. */
  readonly kind: "text" | "number" | "integer" | "boolean" | "choice" | "list";
  /** What is used when nobody says otherwise; null where there is none. */
  readonly value: ParamValue | null;
  readonly required: boolean;
  readonly options: readonly ParamValue[];
  readonly min: number | null;
  readonly max: number | null;
  /** One sentence for people; null where the source says nothing. */
  readonly description: string | null;
  /** Where it comes from, for people: "mlops.yaml", "params.yaml", "train.yml", the DAG, "MLproject". */
  readonly source: string;
}
