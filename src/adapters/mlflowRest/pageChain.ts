import { AppError } from "../../core/base/appError";

/** How many lists may be paged through at the same time before the oldest loses its memory of what it has shown. */
const MAX_CHAINS = 64;

/** Where a paging session goes on. Travels inside our page token. */
export interface ChainPosition {
  readonly chain: string;
  /** Number of the page, from 0. */
  readonly page: number;
  /** The server's own token, or "" at the start of a phase. */
  readonly serverToken: string;
  /** Which of a search's phases the token belongs to; "" where there is one only. */
  readonly phase: string;
}

/**
 * Remembers what a paging session has given out. MLflow's tokens are offsets, so a list that grows at its head shows the
 * same items again on the next page; these are dropped. A page that is asked for twice gives the same answer twice.
 */
export class PageChains {
  /** For each chain the page on which an item was first given out. */
  private readonly chains = new Map<string, Map<string, number>>();
  private nextChain = 0;

  /** @throws AppError `usage` for text that is not one of our tokens. */
  open(pageToken: string | undefined): ChainPosition {
    if (pageToken !== undefined) {
      return decode(pageToken);
    }
    // The random part keeps the tokens of an earlier process from meeting a chain of this one.
    const chain = `${this.nextChain++}-${Math.random().toString(36).slice(2, 10)}`;
    return { chain, page: 0, serverToken: "", phase: "" };
  }

  /** True for an item that an earlier page of the chain has not shown; notes it as shown on this page. */
  admit(position: ChainPosition, id: string): boolean {
    let shown = this.chains.get(position.chain);
    if (shown === undefined) {
      shown = new Map();
      this.chains.set(position.chain, shown);
      const oldest = this.chains.keys().next().value;
      if (this.chains.size > MAX_CHAINS && oldest !== undefined) {
        this.chains.delete(oldest);
      }
    }
    const page = shown.get(id);
    if (page !== undefined && page < position.page) {
      return false;
    }
    shown.set(id, position.page);
    return true;
  }

  next(position: ChainPosition, serverToken: string, phase = position.phase): string {
    return Buffer.from(JSON.stringify([position.chain, position.page + 1, serverToken, phase]), "utf8").toString("base64url");
  }
}

function decode(pageToken: string): ChainPosition {
  try {
    const value: unknown = JSON.parse(Buffer.from(pageToken, "base64url").toString("utf8"));
    if (Array.isArray(value) && value.length === 4) {
      const [chain, page, serverToken, phase] = value as unknown[];
      if (typeof chain === "string" && typeof page === "number" && typeof serverToken === "string" && typeof phase === "string") {
        return { chain, page, serverToken, phase };
      }
    }
  } catch {
    // Told below: whoever made up the token gets the same sentence, whatever is wrong with it.
  }
  throw new AppError("usage", "The page token was not given out by this list.", { remedy: "Start again from the first page." });
}
