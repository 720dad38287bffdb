import { isAppError, toUserText } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import type { Product } from "../config/product";
import { toCostedProduct } from "../cost/costedProduct";
import { configKindOf } from "../lint/workspace/lintTarget";
import { readProductAt } from "../lint/workspace/readProduct";
import { trackingUri } from "../lint/workspace/trackingUri";
import { folderOf } from "../lint/workspace/workspacePath";
import { storeIdOf, type StoreLocation } from "../tracking/storeLocation";
import type { WantedRuns } from "./overviewStores";
import type { OverviewWorld } from "./overviewWorld";

/** A product's file with the store that it leads to. */
export interface PlacedProduct {
  readonly config: string;
  readonly name: string;
  readonly product: Product;
  /** Null where the folder holds none yet. Unknown, with the reason, where one is named that cannot be had. */
  readonly location: PlacedStore;
}

/** `isMissing`: a database or a folder is named that is not there, or not there yet. */
export type PlacedStore =
  | { readonly known: true; readonly value: StoreLocation | null }
  | { readonly known: false; readonly why: string; readonly isMissing: boolean };

/** A store with the runs that its products ask for. */
export interface WantedStore {
  readonly location: StoreLocation;
  readonly wanted: WantedRuns;
}

/** All products of a folder, by path. */
export async function placeProducts(
  world: Pick<OverviewWorld, "files" | "pacer" | "locate">,
  signal: CancelSignal,
): Promise<readonly PlacedProduct[]> {
  const { files, pacer } = world;
  const placed: PlacedProduct[] = [];
  for (const config of (await files.list(signal)).filter((path) => configKindOf(path) === "product")) {
    const product = (await readProductAt(config, files, signal)) ?? {};
    placed.push({ config, product, name: product.name ?? config, location: locate(config, product, world) });
    await pacer();
  }
  return placed;
}

function locate(config: string, product: Product, world: Pick<OverviewWorld, "locate">): PlacedProduct["location"] {
  try {
    return { known: true, value: world.locate(folderOf(config), trackingUri(product)) };
  } catch (error) {
    return { known: false, why: toUserText(error).replaceAll("\n", " "), isMissing: isAppError(error, "store/not-found") };
  }
}

/** Null where there is none, or it cannot be had. */
export function storeIdOfProduct({ location }: PlacedProduct): string | null {
  return location.known && location.value !== null ? storeIdOf(location.value) : null;
}

/** Each store once, with the experiments that its products name; all where one of them names none. */
export function wantedStores(placed: readonly PlacedProduct[]): ReadonlyMap<string, WantedStore> {
  const stores = new Map<string, { readonly location: StoreLocation; readonly names: Set<string>; others: boolean }>();
  for (const { product, config, location } of placed) {
    if (location.known && location.value !== null) {
      const id = storeIdOf(location.value);
      const { experiment } = toCostedProduct(product, config, id);
      const store = stores.get(id) ?? { location: location.value, names: new Set(), others: false };
      stores.set(id, store);
      if (experiment === null) {
        store.others = true;
      } else {
        store.names.add(experiment);
      }
    }
  }
  return new Map([...stores].map(([id, { location, names, others }]) => [id, { location, wanted: { names, others } }]));
}
