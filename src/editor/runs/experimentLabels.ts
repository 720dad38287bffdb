import type { StoreId } from "../../core/tracking/storeLocation";
import type { TableLabels } from "../../core/table/runTable";

/** Names of experiments and stores, each given to one of them only: what people tell apart must never be merged. */
export class ExperimentLabels implements TableLabels {
  private readonly labels = new Map<string, string>();
  private readonly owners = new Map<string, string>();

  constructor(private readonly storeLabel: (storeId: StoreId) => string) {}

  add(storeId: StoreId, experimentId: string, name: string): void {
    const owner = key(storeId, experimentId);
    const store = this.storeLabel(storeId);
    const free = [name, `${name} · ${store}`, `${name} · ${store} · ${experimentId}`, `${name} · ${storeId} · ${experimentId}`].find(
      (label) => (this.owners.get(label) ?? owner) === owner,
    );
    const label = free ?? owner;
    this.owners.set(label, owner);
    this.labels.set(owner, label);
  }

  experiment(storeId: StoreId, experimentId: string): string {
    const known = this.labels.get(key(storeId, experimentId));
    if (known === undefined) {
      this.add(storeId, experimentId, experimentId);
    }
    return this.labels.get(key(storeId, experimentId)) ?? experimentId;
  }

  store(storeId: StoreId): string {
    return this.storeLabel(storeId);
  }
}

function key(storeId: StoreId, experimentId: string): string {
  return `${experimentId}\n${storeId}`;
}
