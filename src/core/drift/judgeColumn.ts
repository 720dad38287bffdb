import { ownValue } from "../base/ownValue";
import { bulkRange } from "./bulkRange";
import { categoryChanges } from "./categoryChanges";
import { columnDirection } from "./columnDirection";
import { columnNotes } from "./columnNotes";
import { columnRole } from "./columnRole";
import { columnText, columnVerdict } from "./columnVerdict";
import { countBelow, countUpTo } from "./bulkRange";
import { decide } from "./decide";
import { displayBins } from "./displayBins";
import type { DriftMethodId } from "./driftMethod";
import type { ColumnDrift, DriftSettings, MethodResult, SideStats } from "./driftReport";
import type { ColumnFacts } from "./driftSide";
import { measure } from "./measure";
import { DRIFT_METHODS } from "./methods";
import { psiOverview } from "./psiOverview";
import type { ColumnSample } from "./sample";
import { usableRows } from "./usableRows";

const NO_CATEGORIES = { newCategories: [], lostCategories: [], newCategoryCount: 0, lostCategoryCount: 0 };
const NOTHING: SideStats = { rows: 0, missing: 0, infinite: 0, distinct: 0, numbers: null };

/** Everything that a report says of a column that both sides have. */
export function judgeColumn(name: string, reference: ColumnFacts, current: ColumnFacts, settings: DriftSettings): ColumnDrift {
  const decision = decide(name, reference, current, settings);
  const { samples, result, type } = decision;
  const numeric =
    samples?.reference.kind === "numeric" && samples.current.kind === "numeric"
      ? { reference: samples.reference, current: samples.current }
      : null;
  const categories =
    samples?.reference.kind === "categorical" && samples.current.kind === "categorical"
      ? { reference: samples.reference, current: samples.current }
      : null;
  const bulk = numeric === null ? null : bulkRange(numeric.reference, numeric.current);
  const facts = { reference, current };
  const overview = samples === null ? { psiBins: null, psiContributions: [] } : psiOverview(samples.reference, samples.current);
  const changes = categories === null ? NO_CATEGORIES : categoryChanges(categories.reference, categories.current);
  const seen = { result, ...changes, outOfRange: numeric === null ? null : outOfRange(numeric.reference.sorted, numeric.current.sorted) };
  const column = {
    name,
    type,
    role: roleOf(name, settings),
    kinds: { reference: reference.kind, current: current.kind },
    status: decision.status,
    reason: decision.reason,
    limitsFrom: decision.limits.from,
    direction: numeric !== null && result?.drifted === true ? columnDirection(numeric.reference, numeric.current) : null,
    reference: statsOf(reference),
    current: statsOf(current),
    ...seen,
    bins: samples === null ? null : displayBins(samples.reference, samples.current, bulk),
    ...overview,
  };
  return {
    ...column,
    methods: samples === null ? [] : otherMethods(samples.reference, samples.current, result, settings),
    verdict: columnVerdict(column),
    notes: [...decision.notes, ...columnNotes(facts, samples, bulk, column)],
  };
}

/** A column that one side lacks. */
export function oneSidedColumn(name: string, facts: ColumnFacts, side: "reference" | "current", settings: DriftSettings): ColumnDrift {
  const where =
    side === "reference" ? "It is in the reference and not in the current data." : "It is in the current data and not in the reference.";
  return {
    name,
    type: ownValue(settings.types, name) ?? facts.guess ?? "num",
    role: roleOf(name, settings),
    kinds: { reference: facts.kind, current: facts.kind },
    status: "unjudged",
    reason: where,
    result: null,
    methods: [],
    limitsFrom: (ownValue(settings.columns, name) ?? settings.limits).from,
    verdict: `${columnText(name)} is not judged: it${where.slice(2)}`,
    direction: null,
    reference: side === "reference" ? statsOf(facts) : NOTHING,
    current: side === "current" ? statsOf(facts) : NOTHING,
    ...NO_CATEGORIES,
    outOfRange: null,
    bins: null,
    psiBins: null,
    psiContributions: [],
    notes: [],
  };
}

/** Every method that applies, or the two that stand beside the one that decides. */
export function otherMethods(
  reference: ColumnSample,
  current: ColumnSample,
  decided: MethodResult | null,
  { allMethods, minRowsForScore }: Pick<DriftSettings, "allMethods" | "minRowsForScore">,
): readonly MethodResult[] {
  const kind = reference.kind === "numeric" ? "num" : "cat";
  if (Math.min(usableRows(reference), usableRows(current)) < Math.max(1, minRowsForScore)) {
    return [];
  }
  const beside: readonly DriftMethodId[] = ["psi_quantile", kind === "num" ? "wasserstein" : "jensenshannon"];
  const ids = allMethods
    ? DRIFT_METHODS.filter(({ appliesTo }) => appliesTo.includes(kind)).map(({ id }) => id)
    : [...new Set([...(decided === null ? [] : [decided.method]), ...beside])];
  return ids.map((id) => (id === decided?.method ? decided : measure(id, reference, current, null)));
}

function roleOf(name: string, { roles }: DriftSettings): ColumnDrift["role"] {
  return ownValue(roles, name) ?? columnRole(name);
}

function statsOf({ rows, missing, infinite, distinct, numbers }: ColumnFacts): SideStats {
  return { rows, missing, infinite, distinct, numbers };
}

function outOfRange(reference: Float64Array, current: Float64Array): ColumnDrift["outOfRange"] {
  const [min, max] = [reference[0], reference.at(-1)];
  return min === undefined || max === undefined
    ? null
    : { below: countBelow(current, min), above: current.length - countUpTo(current, max) };
}
