import type { WaitingApproval } from "../deployment/waitingApproval";
import { actionFor } from "./nextAction";
import type { ProductHealth, WaitItem } from "./productHealth";

/** A deployment that waits for a review, with the folder of the workspace whose repository it belongs to. */
export interface KnownReview {
  readonly root: string;
  readonly approval: WaitingApproval;
}

/** Deployments that wait for a review on GitHub, as somebody has asked for them: nobody asks GitHub only to count. */
export interface KnownReviews {
  readonly waiting: readonly KnownReview[];
  /** Something could not be asked, so that there may be more. */
  readonly isPartial: boolean;
}

interface ReviewedProduct {
  readonly product: ProductHealth;
  /** Those of its waits that whoever is signed in on GitHub can decide. */
  readonly mine: readonly WaitItem[];
  /** Whether reviews of its targets are known; null where it has no target. */
  readonly isKnown: boolean | null;
}

/**
 * Adds the reviews that wait for a product: an environment on GitHub belongs to the products with a target of its name, in any spelling of case.
 * @param reviews of the product's own folder; null where nobody has asked yet.
 */
export function withReviews(product: ProductHealth, reviews: KnownReviews | null): ReviewedProduct {
  const { targets, config } = product;
  if (targets.length === 0) {
    return { product, mine: [], isKnown: null };
  }
  const names = new Set(targets.map((name) => name.toLowerCase()));
  const waiting = (reviews?.waiting ?? []).filter(({ approval }) => names.has(approval.environment.name.toLowerCase()));
  const items = waiting.map(({ approval }): { readonly item: WaitItem; readonly isMine: boolean } => ({
    item: {
      what: `${approval.title} waits for a review before it goes to ${approval.environment.name}`,
      ...{ who: approval.reviewers, due: null },
      action: actionFor(config, "review", "Review on GitHub", { detail: reviewKey(approval) }),
    },
    isMine: approval.cannot === null,
  }));
  return {
    product:
      items.length === 0
        ? product
        : {
            ...product,
            openApprovals: product.openApprovals + items.length,
            waits: [...product.waits, ...items.map(({ item }) => item)],
          },
    mine: items.flatMap(({ item, isMine }) => (isMine ? [item] : [])),
    isKnown: reviews !== null && !reviews.isPartial,
  };
}

/** The same for all parts of the program that know of a review. */
export function reviewKey({ repository, runId, environment }: WaitingApproval): string {
  return JSON.stringify([repository, runId, environment.id]);
}
