import type { DriftMethodId } from "../../drift/driftMethod";
import type { DetectorId } from "../../drift/detectors/detector";
import type { DriftType } from "../../drift/sample";
import { choice, list, map, number, object, text } from "./field";
import { READ_FIELDS } from "./readFields";

/** All that can be measured, so that what a page or the command line shows can also stand in a file. */
const METHODS: Readonly<Record<DriftMethodId | "auto", string>> = {
  auto: "Chosen by the kind of the column and the number of rows.",
  psi: "Population stability index; over bins of the reference's quantiles, unless it is judged as Evidently does.",
  psi_quantile: "Population stability index over bins of the reference's quantiles.",
  jensenshannon: "Jensen-Shannon distance.",
  wasserstein: "Wasserstein distance, in units of the standard deviation.",
  hellinger: "Hellinger distance.",
  kl_div: "Kullback-Leibler divergence.",
  ed: "Energy distance.",
  tvd: "Total variation distance: half the sum of all changes of shares.",
  l_infinity: "Largest change of a share.",
  cramers_v: "Cramér's V.",
  ks: "Kolmogorov-Smirnov test.",
  cramer_von_mises: "Cramér-von Mises test.",
  anderson: "Anderson-Darling test.",
  es: "Epps-Singleton test.",
  mannw: "Mann-Whitney test, upward moves only, as Evidently has it.",
  mannw_two_sided: "Mann-Whitney test.",
  t_test: "Student's t-test.",
  welch_t: "Welch's t-test.",
  chisquare: "Chi-squared test.",
  g_test: "G-test.",
  z: "Z-test of a share.",
  fisher_exact: "Fisher's exact test, for two values.",
};

const DRIFT_LIMITS = {
  method: choice("How the difference between two sets of data is measured.", METHODS),
  psi_warn: number("Population stability index from which people are warned.", { min: 0 }),
  psi_fail: number("Population stability index from which the check fails.", { min: 0 }),
  warn: number("Value of the chosen method from which people are warned.", { min: 0 }),
  fail: number("Value of the chosen method from which the check fails.", { min: 0 }),
} as const;

const TYPES: Readonly<Record<DriftType, string>> = {
  num: "Numbers, whose sizes are compared.",
  cat: "Categories, whose shares are compared.",
  text: "Free text, which is not judged.",
};

const DETECTORS: Readonly<Record<DetectorId, string>> = {
  adwin: "ADWIN: where the mean changed; needs no baseline and gives few false alarms.",
  baseline_band: "Single values further than three standard deviations from the mean of the reference.",
  page_hinkley: "Page-Hinkley: a lasting change of the mean, from differences that add up.",
  cusum: "CUSUM: small lasting shifts from the mean of the reference.",
  ddm: "DDM: a rise of the share of wrong answers, row by row.",
  eddm: "EDDM: wrong answers that follow each other more closely, row by row.",
};

/** How the model is watched at work. */
export const MONITORING_FIELD = object(
  "How the model is watched at work.",
  {
    reference: text("Data that live data is compared with: a file, a pattern, or a data set or artifact that MLflow keeps.", "path", {
      example: "data/train.parquet",
    }),
    live: text("Data that the model meets at work, with its results; a pattern takes several files.", "path", {
      example: "logs/scored-*.parquet",
    }),
    columns: object("What columns of the live data are; without it, their names tell.", {
      time: text("Column that holds the time of each row.", null, { example: "scored_at" }),
      label: text("Column that holds the true outcome, once it is known.", null, { example: "churned" }),
      prediction: text("Column that holds what the model said.", null, { example: "prediction" }),
      score: text("Column that holds the probability that the model gave.", null, { example: "score" }),
      positive: text("Outcome that the probability is of.", null, { example: '"yes"' }),
      id: list("Columns that are no input of the model and are not judged.", text("One such column."), {
        single: true,
        example: "customer_id",
      }),
    }),
    read: object("How the tables are read, where that is found out wrongly.", {
      ...READ_FIELDS,
      ignore: list("Columns that are left out and not judged.", text("One such column."), { single: true, example: "[row_id]" }),
      types: map("What columns are, by name, where their values mislead.", choice("What the column is.", TYPES), {
        example: "{zip: cat}",
      }),
      reference: object("What differs for the reference alone.", READ_FIELDS),
      live: object("What differs for the live data alone.", READ_FIELDS),
    }),
    window: object("How live data is cut into parts.", {
      by: choice("Length of one part.", {
        hour: "One part an hour.",
        day: "One part a day.",
        week: "One part a week.",
        month: "One part a month.",
      }),
      rows: number("Rows of one part, in the order of time, in place of a length; what is left over belongs to the last part.", {
        min: 1,
        integer: true,
      }),
      min_rows: number("Fewest rows that a part needs to be judged.", { min: 1, integer: true }),
    }),
    drift: object("From which difference on live data has drifted.", {
      mode: choice("Whose methods and limits hold where none are written here.", {
        default: "Those of this tool: PSI over ten quantiles of the reference, and nothing is judged by few rows.",
        evidently: "Those that Evidently picks, with the same figures.",
      }),
      ...DRIFT_LIMITS,
      dataset_share: number("Share of columns that must drift for the whole data to have drifted.", { min: 0, max: 1 }),
      columns: map("Limits for single columns, by name.", object("Limits for one column.", DRIFT_LIMITS)),
    }),
    missing: object("How many missing values are too many.", {
      fail_increase: number("Increase in the share of missing values from which the check fails.", { min: 0, max: 1 }),
    }),
    detectors: list("What looks for changes in KPIs over time; ADWIN where nothing is written.", choice("One such detector.", DETECTORS), {
      single: true,
      example: "[adwin, cusum]",
    }),
    labels: object("How and when the true outcome is known.", {
      source: text("Where the true outcome comes from.", null, { example: "hiring outcome" }),
      delay: text("How long it takes until the true outcome is known.", "duration", { example: "60 days" }),
    }),
    checks: object(
      "How often the model is checked.",
      { every: text("Time between two checks.", "duration", { example: "7 days" }) },
      { short: "every" },
    ),
    alert: list(
      "Who is told when a check warns or fails.",
      object(
        "One address that is told.",
        {
          to: text("E-mail address that is told.", "email"),
          when: choice("From which result on; fail where nothing is written.", {
            warn: "When a check warns or fails.",
            fail: "When a check fails.",
          }),
        },
        { short: "to" },
      ),
      { single: true },
    ),
  },
  { article: "AI Act Art. 72; AI Act Annex IV(9)", duty: "high-risk-annex-iii" },
);
