/** Things by their names; one that is loaded when it is first asked for is a promise. A plain map is one, too. */
export interface Source<K, T> {
  get(name: K): T | Promise<T> | undefined;
}

/** Things of which each is loaded once, when it is first asked for: who trains on this machine loads no client of a server. */
export function lazyOnes<K extends string, T>(loaders: Readonly<Record<K, () => Promise<T>>>): Source<K, T> {
  const loaded = new Map<K, Promise<T>>();
  return {
    get: (name) => {
      const one = loaded.get(name) ?? loaders[name]();
      loaded.set(name, one);
      return one;
    },
  };
}
