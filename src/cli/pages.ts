import type { Page, PageRequest } from "../core/tracking/page";

const PAGE_SIZE = 1000;

/** All pages of a list, at most `max` items. A page token that comes back ends the list, so that no server can hold us for ever. */
export async function* pagesOf<T>(
  fetchPage: (request: PageRequest) => Promise<Page<T>>,
  signal: AbortSignal,
  max = Infinity,
): AsyncGenerator<readonly T[]> {
  let left = max;
  let pageToken: string | undefined;
  do {
    signal.throwIfAborted();
    const page: Page<T> = await fetchPage({ pageSize: Math.min(PAGE_SIZE, left), ...(pageToken === undefined ? {} : { pageToken }) });
    yield page.items.slice(0, left);
    left -= page.items.length;
    pageToken = page.nextPageToken === pageToken ? undefined : (page.nextPageToken ?? undefined);
  } while (pageToken !== undefined && left > 0);
}

/** The pages of a list that is already whole. */
export async function* onePage<T>(items: readonly T[]): AsyncGenerator<readonly T[]> {
  yield await Promise.resolve(items);
}

export async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) {
    for (const item of page) {
      items.push(item);
    }
  }
  return items;
}
