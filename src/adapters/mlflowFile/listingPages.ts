import { AppError } from "../../core/base/appError";

/** How many lists are kept open for their next page. */
const MAX_OPEN = 16;

interface OpenListing<T> {
  readonly id: number;
  readonly question: string;
  readonly listing: T;
}

/**
 * Keeps what a question found, so that its next pages go on in the same order while runs come and go, without a search.
 * A token names the list and the place in it. A list that was closed to make room is made anew.
 */
export class ListingPages<T> {
  private readonly open = new Map<number, OpenListing<T>>();
  private next = 1;

  /** Where a token points to, with its list where that is still open. */
  resume(token: string | undefined, question: string): { readonly offset: number; readonly listing: T | undefined } {
    if (token === undefined) {
      return { offset: 0, listing: undefined };
    }
    const match = /^(\d{1,15})\.(\d{1,15})$/.exec(token);
    if (match === null) {
      throw new AppError("usage", "The page token is not one of this store.", { remedy: "Start at the first page." });
    }
    const open = this.open.get(Number(match[1]));
    return { offset: Number(match[2]), listing: open?.question === question ? open.listing : undefined };
  }

  /** The token for the page that starts at `offset`, or null where the list ends. */
  tokenFor(question: string, listing: T, offset: number, size: number): string | null {
    if (offset >= size) {
      return null;
    }
    for (const open of this.open.values()) {
      if (open.listing === listing) {
        return `${open.id}.${offset}`;
      }
    }
    const id = this.next++;
    this.open.set(id, { id, question, listing });
    const oldest = this.open.keys().next();
    if (this.open.size > MAX_OPEN && oldest.done === false) {
      this.open.delete(oldest.value);
    }
    return `${id}.${offset}`;
  }
}
