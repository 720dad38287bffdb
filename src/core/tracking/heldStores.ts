import type { CancelSignal } from "../base/cancel";
import type { Disposable } from "../base/disposable";
import { SharedWork } from "../base/sharedWork";
import type { Store, StoreOpener } from "./store";
import { storeIdOf } from "./storeLocation";

/** Stores whose answers hold for a moment. */
export interface HeldStores extends StoreOpener, Disposable {
  /** From now on stores are asked anew. They stay open. */
  forget(): void;
}

/**
 * Opens each store once, for whoever asks for it, and asks each question of it once until told to forget: judging hundreds of products asks the
 * same store for the same experiments, versions and runs again and again, and each time the store would look whether they are as they were.
 * Curves, artifacts and looks for changes are not held. A store that was opened here is closed by `dispose`, not by whoever uses it.
 */
export function holdStores(opener: StoreOpener): HeldStores {
  const opening = new SharedWork<string, Store>();
  const open = new Set<Store>();
  const answers = new Set<SharedWork<string, unknown>>();
  let isDisposed = false;
  return {
    open: (location, signal) =>
      opening.get(storeIdOf(location), signal, async (shared) => {
        const store = await opener.open(location, shared);
        if (isDisposed) {
          store.dispose();
        }
        open.add(store);
        const held = new SharedWork<string, unknown>();
        answers.add(held);
        return holdStore(store, held);
      }),
    forget: () => answers.forEach((held) => held.forgetAll()),
    dispose: () => {
      isDisposed = true;
      answers.forEach((held) => held.forgetAll());
      open.forEach((store) => store.dispose());
      open.clear();
    },
  };
}

function holdStore(store: Store, answers: SharedWork<string, unknown>): Store {
  // A question has answers of one type.
  const held = <T>(question: readonly unknown[], signal: CancelSignal, ask: (signal: CancelSignal) => Promise<T>): Promise<T> =>
    answers.get(JSON.stringify(question), signal, ask) as Promise<T>;
  return {
    describe: (signal) => store.describe(signal),
    searchExperiments: (query, signal) => held(["experiments", query], signal, (shared) => store.searchExperiments(query, shared)),
    searchRuns: (query, signal) => held(["runs", query], signal, (shared) => store.searchRuns(query, shared)),
    ...(store.costFacts === undefined ? {} : { costFacts: store.costFacts.bind(store) }),
    getRun: (runId, signal) => held(["run", runId], signal, (shared) => store.getRun(runId, shared)),
    getMetricHistories: (runIds, key, options, signal) => store.getMetricHistories(runIds, key, options, signal),
    listArtifacts: (owner, path, signal) => store.listArtifacts(owner, path, signal),
    readArtifact: (owner, path, options, signal) => store.readArtifact(owner, path, options, signal),
    ...(store.hashArtifact === undefined ? {} : { hashArtifact: store.hashArtifact.bind(store) }),
    checkForChanges: (signal) => store.checkForChanges(signal),
    searchRegisteredModels: (query, signal) => held(["models", query], signal, (shared) => store.searchRegisteredModels(query, shared)),
    getRegisteredModel: (name, signal) => held(["model", name], signal, (shared) => store.getRegisteredModel(name, shared)),
    searchModelVersions: (name, query, signal) =>
      held(["versions", name, query], signal, (shared) => store.searchModelVersions(name, query, shared)),
    versionsOfRun: (runId, signal) => held(["versionsOfRun", runId], signal, (shared) => store.versionsOfRun(runId, shared)),
    dispose: () => undefined,
  };
}
