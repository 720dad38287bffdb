import type { ModelVersion, RegisteredModel } from "../../core/tracking/registeredModel";
import type { StoreLocation } from "../../core/tracking/storeLocation";
import type { MonitoringKpi } from "../../core/monitoring/monitoringResult";
import type { Watched } from "./monitoringBoard";
import { configPath } from "./watchedProduct";

/** What monitoring knows of registered models, for those who show models. */
export interface ModelStates {
  /** The product that a model of a store belongs to; undefined where none is monitored under its name. */
  of(model: string, location: StoreLocation | undefined): Watched | undefined;
  /** Whether anything is monitored at all, so that nobody asks a store for nothing. */
  hasAny(): boolean;
}

/** Finds products by the name of their model. Of several with one name it is the one whose file lies nearest to the store. */
export function modelStates(entries: () => readonly Watched[]): ModelStates {
  return {
    hasAny: () => entries().length > 0,
    of: (model, location) => {
      const named = entries().filter(({ watched }) => watched.model === model);
      const place = location === undefined || location.kind === "rest" ? "" : location.path.replaceAll("\\", "/");
      return named.sort((a, b) => sharedLength(configPath(b.watched), place) - sharedLength(configPath(a.watched), place))[0];
    },
  };
}

/** The version that is at work: as the product's file says, else the champion, else the newest. */
export function isVersionAtWork({ watched }: Watched, version: ModelVersion, model: RegisteredModel): boolean {
  const written = watched.product.model?.version;
  if (written !== undefined) {
    return version.version === written.replace(/^v(?=\d)/, "");
  }
  const named = [...model.aliases].find(([alias]) => /^(?:champion|production|prod|live)$/i.test(alias))?.[1];
  return named === undefined ? version.stage === "Production" : version.version === named;
}

/** Quality that was estimated without labels and lies below its floor. */
export function lowEstimates({ latest }: Watched): readonly MonitoringKpi[] {
  return (latest?.kpis ?? []).filter(
    ({ kind, status, group }) => kind === "estimated" && group === null && (status === "fail" || status === "warn"),
  );
}

function sharedLength(one: string, other: string): number {
  const a = one.replaceAll("\\", "/").split("/");
  const b = other.split("/");
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) {
    shared++;
  }
  return shared;
}
