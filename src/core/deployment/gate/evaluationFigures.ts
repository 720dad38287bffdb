import { plainYaml } from "../../config/yaml/plainYaml";
import { resolveKpi } from "../../kpi/kpiSpec";

/** A number somewhere in an evaluation, with the way to it. */
export interface EvaluationFigure {
  /** Keys from the top; in a list, the name of the entry. */
  readonly keys: readonly string[];
  /** Texts beside it in its entry of a list, such as `sex: f`, and in any block above it those that name its data; keys in lower case. */
  readonly labels: ReadonlyMap<string, string>;
  /** Null where the report holds no number there, such as NaN. */
  readonly value: number | null;
}

/** What a KPI asks for. */
export interface FigureWish {
  readonly name: string;
  /** Column that splits people into groups. */
  readonly by: string | null;
  readonly data: string | null;
  /** Whether another KPI of the same name is measured on other data, so that the report has to say which is which. */
  readonly needsData: boolean;
}

export interface FoundFigure {
  /** Null for the figure of all, or of all groups together. */
  readonly group: string | null;
  readonly value: number | null;
}

const MOST_DEPTH = 12;
const MOST_FIGURES = 20_000;
/** Blocks that only hold figures. `train` is none of them: a figure of the training data is not what a KPI asks for. */
const HOLDERS: ReadonlySet<string> = new Set([
  "metrics",
  "metric",
  "results",
  "result",
  "evaluation",
  "kpis",
  "scores",
  "figures",
  "overall",
  "total",
  "all",
  "aggregate",
  "summary",
  "report",
  "test",
  "holdout",
  "by",
  "by_group",
  "groups",
  "per_group",
  "group_metrics",
  "slices",
  "segments",
]);
/** Keys that say on which data something was measured. */
const DATA_NAMES: ReadonlySet<string> = new Set([
  "data",
  "dataset",
  "data_set",
  "dataset_name",
  "split",
  "data_split",
  "subset",
  "partition",
]);
/** Texts in a block that describes data, such as `dataset: {name: test, path: data/test.csv}`. */
const DATA_PARTS = ["name", "path", "file", "split"];
/** Words of a file's name that say what its data is for. */
const KINDS: ReadonlySet<string> = new Set(["test", "testing", "holdout", "eval", "validation", "valid", "val"]);
const VALUES: ReadonlySet<string> = new Set(["value", "score", "mean", "result"]);
const NAMES = ["metric", "name", "kpi", "measure"];
const GROUP_NAMES = ["group", "slice", "segment", "category"];
const COLUMN_NAMES = ["by", "column", "feature", "attribute", "group_by", "slice_by", "sensitive_feature"];

/**
 * Reads JSON as Python writes it, with NaN and Infinity, or YAML.
 * @throws Error with the end of a sentence, also for more figures or deeper blocks than are looked through: what is left out could be the one that is asked for.
 */
export function readEvaluationFigures(text: string, kind: "json" | "yaml"): readonly EvaluationFigure[] {
  const figures: EvaluationFigure[] = [];
  collect(kind === "json" ? readJson(text) : readYaml(text), [], new Map(), 0, figures);
  return figures;
}

/** The metrics of a run, as figures. */
export function figuresOfRun(metrics: ReadonlyMap<string, { readonly value: number }>): readonly EvaluationFigure[] {
  return Array.from(metrics, ([key, { value }]) => ({ keys: [key], labels: new Map(), value: finite(value) }));
}

/**
 * The figures that a KPI means: one, or one a group.
 * @returns none where there is none; a sentence where several could be meant and differ.
 */
export function findFigures(figures: readonly EvaluationFigure[], wish: FigureWish): readonly FoundFigure[] | string {
  const found = new Map<string | null, number | null>();
  for (const figure of ofData(figures, wish)) {
    const group = wish.by === null ? ofAll(figure, wish.name) : ofGroup(figure, wish.name, wish.by);
    if (group === undefined) {
      continue;
    }
    const known = found.get(group);
    if (known !== undefined && known !== figure.value) {
      return `several figures could be meant by ${wish.name}${group === null ? "" : ` of ${group}`}, and they differ`;
    }
    found.set(group, figure.value);
  }
  const groups = [...found].filter(([group]) => group !== null);
  return (groups.length > 0 ? groups : [...found])
    .sort(([a], [b]) => ((a ?? "") < (b ?? "") ? -1 : 1))
    .map(([group, value]) => ({ group, value }));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) => (part.startsWith('"') ? part : '"NaN"')));
  } catch {
    throw new Error("it is no JSON");
  }
}

function readYaml(text: string): unknown {
  const read = plainYaml(text);
  if (read.problem !== null) {
    throw new Error(text.length > 1_000_000 ? "it is larger than 1 MB" : "it is no YAML");
  }
  return read.value;
}

function collect(
  value: unknown,
  keys: readonly string[],
  labels: ReadonlyMap<string, string>,
  depth: number,
  into: EvaluationFigure[],
): void {
  if (typeof value === "string" && value !== "NaN") {
    return;
  }
  if (depth > MOST_DEPTH) {
    throw new Error(`its blocks are more than ${MOST_DEPTH} levels deep`);
  }
  if (typeof value === "number" || value === "NaN" || value === null) {
    if (into.length >= MOST_FIGURES) {
      throw new Error(`it holds more than ${MOST_FIGURES.toLocaleString("en")} figures`);
    }
    into.push({ keys, labels, value: typeof value === "number" ? finite(value) : null });
  } else if (Array.isArray(value)) {
    // Plain numbers in a list, such as a row of a confusion matrix, have no name.
    value.filter(isRecord).forEach((entry) => collectEntry(entry, keys, labels, depth, into));
  } else if (isRecord(value)) {
    const own = new Map([...labels, ...dataLabels(value)]);
    Object.entries(value).forEach(([key, part]) => collect(part, [...keys, plain(key)], own, depth + 1, into));
  }
}

/** What a block says of the data that all in it was measured on. */
function dataLabels(block: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  return Object.entries(block).flatMap(([written, part]): readonly (readonly [string, string])[] => {
    const key = plain(written);
    if (!DATA_NAMES.has(key)) {
      return [];
    }
    const described = isRecord(part) ? DATA_PARTS.map((name) => [`${key}.${name}`, part[name]] as const) : [[key, part] as const];
    return described.flatMap(([name, text]) => (typeof text === "string" && text !== "NaN" ? [[name, text.trim()] as const] : []));
  });
}

/** `{metric: f1, value: 0.8}`, `{sex: f, f1: 0.8}` */
function collectEntry(
  entry: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  outer: ReadonlyMap<string, string>,
  depth: number,
  into: EvaluationFigure[],
): void {
  const texts = Object.entries(entry).flatMap(([key, part]) =>
    typeof part === "string" && part !== "NaN" ? [[plain(key), part.trim()] as const] : [],
  );
  const named = texts.find(([key]) => NAMES.includes(key));
  const labels = new Map([...outer, ...dataLabels(entry), ...texts.filter(([key]) => key !== named?.[0])]);
  for (const [key, part] of Object.entries(entry)) {
    if (typeof part !== "string" || part === "NaN") {
      const own =
        named !== undefined && VALUES.has(plain(key)) ? [plain(named[1])] : [...(named === undefined ? [] : [plain(named[1])]), plain(key)];
      collect(part, [...keys, ...own], labels, depth + 1, into);
    }
  }
}

/**
 * Where the report parts its figures by data, those of the KPI's data; else those of which nothing says the data, unless it has to be told which is which.
 * Figures of other data are never taken.
 */
function ofData(figures: readonly EvaluationFigure[], { data, needsData }: FigureWish): readonly EvaluationFigure[] {
  if (data === null) {
    return needsData ? [] : figures.filter(({ labels }) => !dataTexts(labels).some(isTraining));
  }
  const names = namesOf(data, !needsData);
  const path = plain(data).replace(/^\.\//, "");
  // Where the evaluation ran, the folder may have had another place.
  const isNameOf = (text: string): boolean =>
    names.has(text) || (path.includes("/") && /^\/|:/.test(text) && text.replaceAll("\\", "/").endsWith(`/${path}`));
  const own: EvaluationFigure[] = [];
  const unsaid: EvaluationFigure[] = [];
  for (const figure of figures) {
    const texts = dataTexts(figure.labels);
    const others = texts.filter((text) => !isNameOf(text));
    if (others.some(isTraining) || (texts.length > 0 && others.length === texts.length)) {
      continue;
    }
    if (texts.length > 0) {
      own.push(figure);
    } else if (figure.keys.some((key) => names.has(key))) {
      own.push({ ...figure, keys: figure.keys.filter((key) => !names.has(key)) });
    } else {
      unsaid.push(figure);
    }
  }
  return needsData || own.length > 0 ? own : unsaid;
}

/** How a report may call a file of data. @param isOnly whether no other data is asked for, so that its kind alone names it. */
function namesOf(data: string, isOnly: boolean): ReadonlySet<string> {
  const file = data.slice(data.lastIndexOf("/") + 1);
  const stem = plain(file).replace(/\.[^.]+$/, "");
  const kinds = isOnly ? stem.split(/[^a-z]+/).filter((word) => KINDS.has(word)) : [];
  return new Set([plain(data), plain(data).replace(/^\.\//, ""), plain(file), stem, ...kinds]);
}

function dataTexts(labels: EvaluationFigure["labels"]): readonly string[] {
  return [...labels].flatMap(([key, text]) => (DATA_NAMES.has(key.replace(/\..*$/, "")) ? [plain(text).replace(/^\.\//, "")] : []));
}

/** `train`, `training data`, `data/train.csv`, `credit_train` */
function isTraining(text: string): boolean {
  const stem = text.slice(text.lastIndexOf("/") + 1).replace(/\.[^.]+$/, "");
  return /^train(?:ing|set)?(?![a-z])|(?<![a-z])train$/.test(stem);
}

/** Null where the figure is that of the name over all; undefined where it is another one. */
function ofAll({ keys, labels }: EvaluationFigure, name: string): null | undefined {
  return labelledGroup(labels) === null && isNamed(keys, name) ? null : undefined;
}

/** The group; null for a figure of all groups together, such as a ratio between them; undefined for another figure. */
function ofGroup({ keys: written, labels }: EvaluationFigure, name: string, by: string): string | null | undefined {
  const column = plain(by);
  const keys = written.flatMap((key) => (key === `${plain(name)}_by_${column}` ? [plain(name), column] : [key]));
  const label = labels.get(column) ?? (COLUMN_NAMES.some((key) => plain(labels.get(key) ?? "") === column) ? labelledGroup(labels) : null);
  if (label !== null) {
    return isNamed(
      keys.filter((key) => key !== column),
      name,
    )
      ? label
      : undefined;
  }
  const flat = keys.length === 1 || HOLDERS.has(keys[0] ?? "") ? flatGroup(keys, name, column) : undefined;
  if (flat !== undefined) {
    return flat;
  }
  const at = keys.indexOf(column);
  if (at === -1) {
    return labelledGroup(labels) === null && isBetweenGroups(name) && isNamed(keys, name) ? null : undefined;
  }
  const rest = keys.filter((_, index) => index !== at);
  if (isNamed(rest, name)) {
    return null;
  }
  // What remains beside the name is the group, wherever it stands: `f1.sex.f`, `sex.f.f1`.
  for (const [index, group] of rest.entries()) {
    if (
      !HOLDERS.has(group) &&
      isNamed(
        rest.filter((_, other) => other !== index),
        name,
      )
    ) {
      return group;
    }
  }
  return undefined;
}

/** `f1/sex/f`, `f1_by_sex.f`, `f1/sex=f` in one key. */
function flatGroup(keys: readonly string[], name: string, column: string): string | null | undefined {
  const path = keys.at(-1) ?? "";
  const begin = plain(name);
  if (!path.startsWith(begin)) {
    return undefined;
  }
  const rest = /^(?:[/._:-]|_by_)(.+)$/.exec(path.slice(begin.length))?.[1];
  if (!rest?.startsWith(column)) {
    return undefined;
  }
  const group = rest.slice(column.length);
  return group === "" ? null : /^[/._:=-](.+)$/.exec(group)?.[1];
}

function labelledGroup(labels: ReadonlyMap<string, string>): string | null {
  return GROUP_NAMES.map((key) => labels.get(key)).find((group) => group !== undefined) ?? null;
}

/** A measure that compares groups has one figure for all of them. */
function isBetweenGroups(name: string): boolean {
  return /ratio|differen|dispar|parity|gap|odds/i.test(name);
}

/** Whether the keys, but for those that only hold figures, are the name, or another name of the same measure. */
function isNamed(keys: readonly string[], name: string): boolean {
  const end = keys.findLastIndex((key) => !VALUES.has(key) && !HOLDERS.has(key));
  const own = keys.slice(0, Math.max(1, end + 1));
  const wanted = plain(name).replaceAll(".", "/");
  for (let start = 0; start < own.length; start++) {
    if (own.slice(start).join("/").replaceAll(".", "/") === wanted) {
      return true;
    }
    if (!HOLDERS.has(own[start] ?? "")) {
      break;
    }
  }
  const last = own.at(-1) ?? "";
  return own.slice(0, -1).every((key) => HOLDERS.has(key)) && isSameMeasure(last, name);
}

function isSameMeasure(key: string, name: string): boolean {
  const [one, other] = [resolveKpi(key), resolveKpi(name)];
  return one?.kind === "measure" && other?.kind === "measure" && one.id === other.id;
}

function plain(key: string): string {
  return key.trim().toLowerCase();
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
