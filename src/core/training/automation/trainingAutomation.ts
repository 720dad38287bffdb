import { durationDays, parseDuration } from "../../config/dates";
import { isMissingSentence } from "../../config/placeholder";
import type { Product } from "../../config/product";
import type { CliSource } from "../../lint/automationFiles";
import { type GeneratedFacts, generatedFacts } from "../../lint/generatedFacts";
import { isGiven } from "../../lint/isGiven";
import { canonicalCron, cronForPace, readPace } from "../../lint/schedule";
import { checkEvery } from "../../monitoring/checkSchedule";
import type { EngineId } from "../trainSpec";

/** What a generated job knows of the product that it trains. */
export interface TrainingAutomation extends GeneratedFacts {
  readonly source: CliSource;
  /** The product's file, from the root of the repository, with forward slashes. */
  readonly config: string;
  /** As people call the model. */
  readonly name: string;
  /** Lower case letters, digits and dashes: for names of files and jobs. */
  readonly slug: string;
  readonly purpose: string;
  readonly engine: EngineId;
  /** Five fields; when it is looked whether a training is needed. */
  readonly cron: string;
  /** What starts a training, each as in "on a schedule (weekly)". */
  readonly causes: readonly string[];
  /** After so many minutes the job is ended; a little longer than the training itself may take. */
  readonly timeoutMinutes: number;
  /** File that names the packages, from the root of the repository, where pip can install it; null else. */
  readonly requirements: string | null;
  readonly usesDvc: boolean;
  readonly needsGpu: boolean;
}

const DAY_MS = 86_400_000;
const DAY_MINUTES = 1440;
/** What is done beside the training: packages, data, the data check. */
const MARGIN_MINUTES = 30;
/** The longest that a hosted machine of GitHub works on one job. */
const LONGEST_HOSTED = 360;
/** Every day at a minute at which not everybody's jobs begin. */
const DAILY = "43 4 * * *";

/**
 * A job that trains a product when its `train.trigger` asks for it; null where nothing does.
 * @param config the product's file, from the root of the repository.
 */
export function trainingAutomation(product: Product, config: string, source: CliSource): TrainingAutomation | null {
  const cron = trainingCron(product);
  if (cron === null) {
    return null;
  }
  const name = nameOf(product, config);
  const { train } = product;
  const folder = config.includes("/") ? config.slice(0, config.lastIndexOf("/") + 1) : "";
  const environment = train?.environment ?? "";
  const timeout = parseDuration(train?.resources?.timeout ?? "");
  const engine = train?.engine ?? "local";
  return {
    ...generatedFacts([product]),
    source,
    config,
    name,
    slug: slugOf(name),
    purpose: isMissingSentence(product.purpose, "development")
      ? `Trains ${name} anew when it is needed`
      : `Trains ${name} anew: ${oneLine(product.purpose ?? "")}`,
    engine,
    cron,
    causes: causesOf(product),
    timeoutMinutes:
      timeout === undefined ? LONGEST_HOSTED : Math.max(MARGIN_MINUTES, Math.ceil(durationDays(timeout) * DAY_MINUTES) + MARGIN_MINUTES),
    requirements: /(?:^|\/)[^/]*requirements[^/]*\.(?:txt|lock|in)$/i.test(environment) ? `${folder}${environment}` : null,
    usesDvc:
      engine === "dvc" ||
      /(?:^|\/)dvc\.yaml$/.test(product.pipeline ?? "") ||
      product.data?.some((one) => one?.version?.dvc === true) === true,
    needsGpu: (train?.resources?.gpus ?? 0) > 0,
  };
}

/**
 * How often it is looked whether a training is needed, in UTC; null where nothing starts one. Drift and new data are looked for as often as
 * the model is checked, or daily; `--if-needed` then passes over those times at which nothing is to be done.
 */
export function trainingCron(product: Product): string | null {
  const trigger = product.train?.trigger;
  const scheduled = isGiven(trigger?.schedule) ? toCron(trigger.schedule) : null;
  const watches = trigger?.on_drift !== undefined || trigger?.on_new_data === true;
  if (!watches) {
    return scheduled;
  }
  const every = checkEvery(product);
  const days = Math.min(every === null ? 1 : every / DAY_MS, readPace(scheduled ?? "")?.days ?? Infinity);
  const watching = usualCron(days);
  return scheduled !== null && readPace(scheduled)?.days === days ? scheduled : watching;
}

/** GitHub, Airflow and cron agree on five fields. */
function toCron(text: string): string | null {
  const plain = text.trim().replace(/\s+/g, " ");
  if (plain.split(" ").length === 5 && canonicalCron(plain) !== null) {
    return plain.replaceAll("?", "*");
  }
  const pace = readPace(plain);
  return pace === null ? null : usualCron(pace.days);
}

/** The next shorter pace that people use, a while after the checks of monitoring. */
function usualCron(days: number): string {
  const usual = [365.25, 365.25 / 4, 365.25 / 12, 7, 1, 1 / 24].find((pace) => pace <= days * 1.08) ?? 1 / 24;
  return (cronForPace({ days: usual, words: "" }) ?? DAILY).replace(/^0 /, "43 ");
}

function causesOf({ train }: Product): readonly string[] {
  const { schedule, on_drift: drift, on_new_data: data } = train?.trigger ?? {};
  const pace = readPace(schedule ?? "")?.words;
  return [
    ...(isGiven(schedule) ? [pace === undefined ? "on its schedule" : `on its schedule (${pace})`] : []),
    ...(drift === undefined ? [] : [drift === "warn" ? "when a check warns of drift or fails" : "when a check fails because of drift"]),
    ...(data === true ? ["when there is new data"] : []),
  ];
}

/** The name in the file, else that of the folder. */
function nameOf(product: Product, config: string): string {
  const written = oneLine(product.name ?? "");
  const folder = config.split("/").at(-2) ?? "";
  const file = (config.split("/").at(-1) ?? "").replace(/\.?mlops\.ya?ml$/i, "");
  return [written, file, folder].find((text) => text !== "") ?? "the model";
}

function slugOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z\d]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");
  return plain === "" ? "model" : plain;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\s]+/gu, " ")
    .trim()
    .slice(0, 300);
}
