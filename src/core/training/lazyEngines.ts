import type { TrainingEngine } from "./trainingEngine";
import type { EngineId } from "./trainSpec";

/** Engines by their ids; one that is loaded when it is first asked for is a promise. A plain map is one, too. */
export interface EngineSource {
  get(id: EngineId): TrainingEngine | Promise<TrainingEngine> | undefined;
}

/** Engines of which each is loaded once, when it is first asked for: who trains on this machine loads no client of a server. */
export function lazyEngines(loaders: Readonly<Record<EngineId, () => Promise<TrainingEngine>>>): EngineSource {
  const loaded = new Map<EngineId, Promise<TrainingEngine>>();
  return {
    get: (id) => {
      const engine = loaded.get(id) ?? loaders[id]();
      loaded.set(id, engine);
      return engine;
    },
  };
}
