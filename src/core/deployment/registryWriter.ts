import type { CancelSignal } from "../base/cancel";
import type { StoreLocation } from "../tracking/storeLocation";

/** A model in a registry, and what may be needed to change it there. */
export interface RegistryPlace {
  readonly location: StoreLocation;
  readonly model: string;
  /** Absolute; the product's own, for databases and folders. */
  readonly python: string | null;
  /** Absolute; Python runs in it. */
  readonly folder: string;
}

/** Moves aliases and stages, by a server's REST or by the product's own MLflow. Each is sent once. */
export interface RegistryWriter {
  setAlias(place: RegistryPlace, alias: string, version: string, signal: CancelSignal): Promise<void>;
  deleteAlias(place: RegistryPlace, alias: string, signal: CancelSignal): Promise<void>;
  /** @param archiveOthers whether other versions of that stage are archived. */
  moveStage(place: RegistryPlace, version: string, stage: string, archiveOthers: boolean, signal: CancelSignal): Promise<void>;
}

/** A server by its REST, a database or folder by Python; each is loaded when it is first used. */
export function registryWriter(rest: () => Promise<RegistryWriter>, python: () => Promise<RegistryWriter>): RegistryWriter {
  const of = ({ location }: RegistryPlace): Promise<RegistryWriter> => (location.kind === "rest" ? rest() : python());
  return {
    setAlias: async (place, ...more) => (await of(place)).setAlias(place, ...more),
    deleteAlias: async (place, ...more) => (await of(place)).deleteAlias(place, ...more),
    moveStage: async (place, ...more) => (await of(place)).moveStage(place, ...more),
  };
}
