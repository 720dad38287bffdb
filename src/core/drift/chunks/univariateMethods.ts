/** Names of NannyML 0.13.1. */
export type UnivariateMethodId = "jensen_shannon" | "hellinger" | "l_infinity" | "kolmogorov_smirnov" | "wasserstein" | "chi2";

export interface UnivariateMethodInfo {
  readonly id: UnivariateMethodId;
  readonly label: string;
  readonly appliesTo: readonly ("continuous" | "categorical")[];
  /** The largest value that it can have; null where there is none. */
  readonly highest: number | null;
}

/** The default first. */
export const UNIVARIATE_METHODS: readonly UnivariateMethodInfo[] = [
  { id: "jensen_shannon", label: "Jensen–Shannon distance (base 2)", appliesTo: ["continuous", "categorical"], highest: null },
  { id: "hellinger", label: "Hellinger distance", appliesTo: ["continuous", "categorical"], highest: null },
  { id: "kolmogorov_smirnov", label: "Kolmogorov–Smirnov D", appliesTo: ["continuous"], highest: 1 },
  { id: "wasserstein", label: "Wasserstein distance", appliesTo: ["continuous"], highest: null },
  { id: "l_infinity", label: "Largest difference of a share", appliesTo: ["categorical"], highest: null },
  { id: "chi2", label: "χ² statistic", appliesTo: ["categorical"], highest: null },
];

export function univariateMethod(id: UnivariateMethodId): UnivariateMethodInfo {
  const found = UNIVARIATE_METHODS.find((info) => info.id === id);
  if (found === undefined) {
    throw new Error(`There is no method ${id}.`);
  }
  return found;
}
