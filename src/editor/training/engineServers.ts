import type { TrainableProduct } from "./products";

/** A server that an mlops.yaml names for its training. */
interface EngineServer {
  readonly address: string;
  readonly engine: "ray" | "airflow";
  readonly products: readonly string[];
}

/** Servers that train, as the products' files name them, each once. */
export function engineServers(products: readonly Pick<TrainableProduct, "name" | "product">[]): readonly EngineServer[] {
  const servers = new Map<string, EngineServer>();
  for (const { name, product } of products) {
    const { ray, airflow } = product?.train ?? {};
    for (const [engine, address] of [["ray", ray?.address] as const, ["airflow", airflow?.url] as const]) {
      if (address !== undefined && address !== "") {
        const key = `${engine} ${address.replace(/\/+$/, "")}`;
        servers.set(key, { address, engine, products: [...(servers.get(key)?.products ?? []), name] });
      }
    }
  }
  return [...servers.values()];
}
