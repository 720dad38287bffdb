import { Emitter } from "../base/emitter";

/** What the user chose for the trees; kept per workspace. */
export interface BrowseOptions {
  /** MLflow's filter language; null shows all. With a filter runs are listed flat. */
  readonly filter: string | null;
  /** MLflow's order language; empty means newest first. */
  readonly orderBy: readonly string[];
  readonly showDeleted: boolean;
  /** With several stores: one node a store, or all experiments and models in one list. */
  readonly groupByStore: boolean;
  /** Keys of starred nodes, see `favouriteOf`. */
  readonly favourites: readonly Favourite[];
  /** Metrics to show beside a run; empty means guess. */
  readonly metrics: readonly string[];
}

export interface Favourite {
  readonly kind: "run" | "experiment" | "model";
  readonly storeId: string;
  readonly id: string;
}

export const DEFAULT_BROWSE_OPTIONS: BrowseOptions = {
  filter: null,
  orderBy: [],
  showDeleted: false,
  groupByStore: true,
  favourites: [],
  metrics: [],
};

/** Holds the current options and says which changed. */
export class BrowseOptionsHolder {
  private readonly changed = new Emitter<readonly (keyof BrowseOptions)[]>();
  readonly onDidChange = this.changed.event;

  constructor(private value: BrowseOptions) {}

  get current(): BrowseOptions {
    return this.value;
  }

  update(change: Partial<BrowseOptions>): void {
    const next = { ...this.value, ...change };
    const keys = (Object.keys(change) as (keyof BrowseOptions)[]).filter(
      (key) => JSON.stringify(next[key]) !== JSON.stringify(this.value[key]),
    );
    this.value = next;
    if (keys.length > 0) {
      this.changed.fire(keys);
    }
  }
}

export function sameFavourite(a: Favourite, b: Favourite): boolean {
  return a.kind === b.kind && a.storeId === b.storeId && a.id === b.id;
}
