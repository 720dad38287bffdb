import type { CancelSignal } from "../base/cancel";
import { groupBy } from "../base/groupBy";
import type { Pacer } from "../base/steps";
import { attributeRuns } from "../cost/attributeRuns";
import { toCostedProduct } from "../cost/costedProduct";
import type { CostedRun } from "../cost/costedRun";
import type { MonthClock } from "../cost/monthClock";
import { neededSignOffs } from "../governance/neededSignOffs";
import type { Fact } from "../lint/lintFacts";
import type { JudgedProduct } from "../lint/workspace/workspaceLint";
import type { ProductEvidence } from "./evidence";
import { monthCostOf } from "./monthCostOf";
import { type PlacedProduct, storeIdOfProduct } from "./placedProduct";
import type { ProductHealth } from "./productHealth";
import type { ProductJournals } from "./productJournals";
import type { RunFact, StoreFacts } from "./storeFacts";
import { toProductHealth, unreadableProduct } from "./toProductHealth";

/** A product with what was read for it, before runs are shared out. */
export interface ReadProduct extends PlacedProduct {
  /** A sentence where its file cannot be judged. */
  readonly judged: JudgedProduct | string;
  readonly journals: ProductJournals;
}

type Facts = ReadonlyMap<string, Fact<StoreFacts>>;

/** Of one product. */
interface OwnRuns {
  readonly runs: readonly RunFact[];
  readonly deleted: readonly CostedRun[];
}

interface RowContext {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly clock: MonthClock;
  readonly pacer: Pacer;
}

/** The rows of all products of a folder, in the order given. @param facts of the stores that they name, by id. */
export async function toPortfolioRows(
  products: readonly ReadProduct[],
  facts: Facts,
  context: RowContext,
  signal: CancelSignal,
): Promise<{ readonly rows: readonly ProductHealth[]; readonly problems: readonly string[] }> {
  const { runs, deleted } = runsByProduct(products, facts);
  const problems: string[] = [];
  const rows: ProductHealth[] = [];
  for (const product of products) {
    signal.throwIfAborted();
    const { judged, config } = product;
    problems.push(...product.journals.problems);
    if (typeof judged === "string") {
      problems.push(`${config}: ${judged}`);
      rows.push(unreadableProduct(config, judged));
    } else {
      const store = storeOf(product, facts);
      problems.push(...(product.location.known || store.known ? [] : [`${product.name}: ${product.location.why}`]));
      rows.push(
        toProductHealth(toEvidence(product, judged, store, { runs: runs.get(config) ?? [], deleted: deleted.get(config) ?? [] }, context)),
      );
    }
    await context.pacer();
  }
  return { rows, problems };
}

/** What its store holds; null where there is none yet. A store that is named and not there was never made where nothing was ever done with the product. */
function storeOf(product: ReadProduct, facts: Facts): Fact<StoreFacts | null> {
  const { location, journals } = product;
  const id = storeIdOfProduct(product);
  if (location.known) {
    return id === null ? { known: true, value: null } : (facts.get(id) ?? { known: true, value: null });
  }
  const wasUsed =
    product.product.model?.version !== undefined ||
    journals.jobs.length > 0 ||
    journals.checks.starts.length > 0 ||
    journals.deployments.some((entry) => entry.product === product.name);
  return location.isMissing && !wasUsed ? { known: true, value: null } : { known: false, why: location.why };
}

function toEvidence(
  { config, name, product, journals, ...placed }: ReadProduct,
  { lint, context }: JudgedProduct,
  store: Fact<StoreFacts | null>,
  own: OwnRuns,
  { at, today, clock }: RowContext,
): ProductEvidence {
  const { policy, calendar, facts } = context;
  const signOffs = facts.signOffs.known ? facts.signOffs.value : null;
  const model = store.known ? store.value?.models.find((one) => one.name === product.model?.name) : undefined;
  const { checks, jobs, deployments } = journals;
  const costed = [...own.runs.map(({ run }) => run), ...own.deleted];
  return {
    ...{ config, name, product, policy, calendar, lint, facts, checks, jobs, deployments, today, now: at },
    storeId: storeIdOfProduct({ config, name, product, ...placed }),
    runs: store.known ? { known: true, value: own.runs } : { known: false, why: store.why.trim().replace(/\.$/, "") },
    aliases: model?.aliases ?? null,
    needed: signOffs === null ? [] : neededSignOffs(product, policy, signOffs, today),
    standings: signOffs?.standings ?? [],
    cost: store.known ? monthCostOf(costed, product, policy, { clock, now: at }) : null,
  };
}

function runsByProduct(
  products: readonly ReadProduct[],
  facts: Facts,
): { readonly [K in keyof OwnRuns]: ReadonlyMap<string | null, OwnRuns[K]> } {
  const costed = products.map((one) => toCostedProduct(one.product, one.config, storeIdOfProduct(one)));
  const known = [...facts.values()].flatMap((read) => (read.known ? [read.value] : []));
  const all = known.flatMap(({ runs }) => runs);
  const jobs = products.flatMap(({ journals }) => journals.costedJobs);
  const attributed = attributeRuns(
    all.map(({ run }) => run),
    costed,
    jobs,
  );
  const own = all.map((fact, index): RunFact => ({ ...fact, run: attributed[index] ?? fact.run }));
  const deleted = attributeRuns(
    known.flatMap((read) => read.deleted),
    costed,
    jobs,
  );
  return { runs: groupBy(own, ({ run }) => run.config), deleted: groupBy(deleted, ({ config }) => config) };
}
