import { openRestStore } from "../../src/adapters/mlflowRest/openRestStore";
import type { RestConnection } from "../../src/adapters/mlflowRest/restConnection";
import type { Page } from "../../src/core/tracking/page";
import type { Store } from "../../src/core/tracking/store";

/** A signal that nobody aborts. */
export const never = new AbortController().signal;

export function openLive(url: string, connection: Partial<RestConnection> = {}): Promise<Store> {
  return openRestStore({ url, credentials: () => Promise.resolve({ kind: "none" }), timeoutMs: 30_000, ...connection }, never);
}

/** All items of a paged list, page by page. */
export async function allItems<T>(read: (pageToken: { pageToken?: string }) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let token: string | null | undefined;
  do {
    const page = await read(typeof token === "string" ? { pageToken: token } : {});
    items.push(...page.items);
    token = page.nextPageToken;
  } while (token !== null);
  return items;
}
