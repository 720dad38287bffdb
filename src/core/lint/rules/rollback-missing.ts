import { addDuration, isDate, parseDuration, sayDate } from "../../config/dates";
import type { LintContext, LintRule } from "../lintRule";
import { isGiven } from "../isGiven";
import { setFix, TODO } from "../setFix";
import type { Fix } from "../fix";

const ROLLBACK = ["deploy", "rollback"] as const;

export const rollbackMissing: LintRule = {
  meta: {
    code: "EFF05",
    name: "rollback-missing",
    challenge: "effort",
    severity: { development: "off", staging: "warning", production: "error" },
    summary: "There is a way back to an older version, and it was tried in the last 12 months.",
    why: "A release that fails is mended fastest by going back. Whoever has never tried that finds out at the worst time that an old model no longer loads or that a person has left who knew how.",
    article: null,
    suppressible: true,
    noFix: "Only a test of the way back can mend this: try it, then write its date.",
    appliesTo: "product",
  },
  check(context) {
    const { product, today } = context;
    const rollback = product.deploy?.rollback;
    if (rollback === undefined || (!isGiven(rollback.to) && !isGiven(rollback.how))) {
      return [{ message: "If this release fails, there is no tested way back.", at: ROLLBACK, fixes: insert(context) }];
    }
    const at = [...ROLLBACK, "tested"];
    if (rollback.tested === undefined || !isDate(rollback.tested)) {
      return [{ message: "The way back was never tested, as far as this file says.", at, fixes: [] }];
    }
    if (rollback.tested > today) {
      return [{ message: `The way back will be tested on ${sayDate(rollback.tested)}; until then it is not tested.`, at, fixes: [] }];
    }
    const end = addDuration(rollback.tested, parseDuration("12 months") ?? { months: 12, days: 0, seconds: 0 });
    return end < today
      ? [{ message: `The way back was last tested on ${sayDate(rollback.tested)}, more than 12 months ago.`, at, fixes: [] }]
      : [];
  },
};

/** Goes back to the newest registered version below this one, where the registry knows one. */
function insert({ config, product, facts }: LintContext): readonly Fix[] {
  if (config.source.has([...ROLLBACK, "to"]) || config.source.has([...ROLLBACK, "how"])) {
    return [];
  }
  const current = Number(product.model?.version);
  const older = (facts.registryVersions.known ? facts.registryVersions.value : [])
    .map(({ version }) => Number(version))
    .filter((version) => version < current);
  const to = older.length === 0 ? TODO : String(Math.max(...older));
  return [setFix("Add a way back", ROLLBACK, { to, how: TODO })];
}
