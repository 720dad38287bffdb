import type { DriftSettings } from "../driftReport";
import type { MethodNames } from "./toScore";

const WHO: Readonly<Record<DriftSettings["limits"]["from"], string>> = {
  default: "by default",
  config: "set in mlops.yaml",
  user: "chosen here",
};

/** How the columns are judged and who said so: "PSI over ten reference quantiles, warn 0.1, fail 0.25 (set in mlops.yaml)". */
export function methodText({ mode, limits, columns }: DriftSettings, methods: MethodNames): string {
  const own = Object.keys(columns).length;
  const exceptions = own === 0 ? "" : own === 1 ? "; 1 column has limits of its own" : `; ${String(own)} columns have limits of their own`;
  return `${named(mode, limits, methods)} (${WHO[limits.from]})${exceptions}`;
}

function named(mode: DriftSettings["mode"], { method, warn, fail }: DriftSettings["limits"], methods: MethodNames): string {
  const picked = mode === "evidently" ? "method and limit for each column as Evidently picks them" : "PSI over ten reference quantiles";
  const name = method === null ? picked : (methods.get(method)?.label ?? method);
  const isDefault = warn === null && fail === null;
  const levels = isDefault && mode === "own" && method === null ? [0.1, 0.25] : [warn, fail];
  const [first, second] = levels;
  return [name, first == null ? "" : `warn ${String(first)}`, second == null ? "" : `fail ${String(second)}`].filter(Boolean).join(", ");
}
