import { quoteForShell } from "../../base/quoteWords";
import { folderOf } from "../workspace/workspacePath";
import { airflowDag, findDags } from "./airflowDag";
import { headerFields } from "./headerComment";
import { NO_RUN_FACTS, type PipelineFile, type PipelineRunFacts, type PipelineSource } from "./pipelineSource";
import { PythonTree, type SyntaxNode } from "./pythonTree";
import { intervalText } from "./runTimes";

const IMPORT = /^[ \t]*(?:from|import)[ \t]+airflow\b/m;
/** The grammar takes seconds for a text of a megabyte that is no Python; a DAG of somebody's own has some hundred lines. */
const LONGEST = 200_000;
const DAG = /\bDAG\b|@\s*(?:\w+\.)*dag\b/;

/** DAG files of Airflow, read by a grammar of Python and never run. */
export const airflow: PipelineSource = {
  tool: "airflow",
  label: "Airflow",
  isPipeline: true,
  hasOwnerField: true,
  commentIsLost: null,
  matches: (path) => path.endsWith(".py") && /(?:^|\/)[^/]*(?:dag|airflow|pipeline)[^/]*(?:\/|\.py$)/i.test(path),
  detect: (_, text) => IMPORT.test(text) && DAG.test(text),
  outerFiles: () => [],
  productFolder: (path) => folderOf(path),
  read,
};

function read(path: string, text: string): PipelineFile {
  const base = { path, text, tool: airflow.tool, label: airflow.label, range: { start: 0, end: firstLineEnd(text) } };
  if (text.length > LONGEST) {
    return { ...base, unreadable: `it has more than ${LONGEST} characters`, fields: new Map(), parts: [], facts: NO_RUN_FACTS };
  }
  const tree = new PythonTree(text);
  const dags = findDags(tree);
  const [first] = dags;
  const [error] = tree.nodes("⚠");
  return {
    ...base,
    unreadable:
      dags.length === 0
        ? "no DAG is made in it in a way that can be followed"
        : error === undefined
          ? null
          : `line ${text.slice(0, error.from).split("\n").length} is not valid Python`,
    fields: headerFields(text),
    parts: dags.map((dag) => airflowDag(tree, dag, dags.length)),
    facts: first === undefined ? NO_RUN_FACTS : factsOf(tree, tree.argumentsOf(first.list)),
  };
}

function factsOf(tree: PythonTree, given: ReturnType<PythonTree["argumentsOf"]>): PipelineRunFacts {
  const named = (...names: readonly string[]): SyntaxNode | undefined =>
    given.find(({ name }) => name !== null && names.includes(name))?.value;
  const schedule = named("schedule", "schedule_interval", "timetable");
  return {
    ...NO_RUN_FACTS,
    schedule: tree.stringOf(schedule) ?? everyText(tree, schedule),
    timeout: timedeltaText(tree, named("dagrun_timeout")),
    commands: commandsOf(tree),
  };
}

/** Lists of words that are given to `subprocess`, and what `BashOperator` runs. */
function commandsOf(tree: PythonTree): readonly string[] {
  return tree.nodes("CallExpression").flatMap((node) => {
    const given = tree.argumentsOf(node.lastChild);
    const bash = tree.stringOf(given.find(({ name }) => name === "bash_command")?.value);
    if (bash !== null) {
      return [bash];
    }
    const isProgram = /(?:^|\.)(?:run|call|check_call|check_output|Popen)$/.test(tree.textOf(node.firstChild));
    const words = isProgram ? tree.itemsOf(given.find(({ name }) => name === null)?.value)?.map((item) => tree.stringOf(item)) : undefined;
    return words === undefined || words.length === 0 || words.includes(null)
      ? []
      : [words.map((word) => quoteForShell(word ?? "")).join(" ")];
  });
}

/** The time limit that all tasks with one share; null where they differ. */
export function taskTimeout(text: string): string | null {
  const tree = new PythonTree(text);
  const limits = tree
    .nodes("ArgList")
    .flatMap((list) => tree.argumentsOf(list).filter(({ name }) => name === "execution_timeout"))
    .map(({ value }) => timedeltaText(tree, value));
  const [first = null, ...others] = limits;
  return others.every((one) => one === first) ? first : null;
}

/** A length of time as `timedelta(hours=2)` has it, as `2h`; null for one of several units that people would not write so. */
function timedeltaText(tree: PythonTree, node: SyntaxNode | undefined): string | null {
  const found = timedelta(tree, node);
  const units: Readonly<Record<string, string>> = { weeks: "w", days: "d", hours: "h", minutes: "m", seconds: "s" };
  return found === null || units[found.unit] === undefined ? null : `${found.amount}${units[found.unit]}`;
}

function everyText(tree: PythonTree, node: SyntaxNode | undefined): string | null {
  const found = timedelta(tree, node);
  return found === null ? null : intervalText(found.amount, found.unit);
}

function timedelta(tree: PythonTree, node: SyntaxNode | undefined): { readonly unit: string; readonly amount: string } | null {
  if (node?.name !== "CallExpression" || !/(?:^|\.)(?:timedelta|duration)$/.test(tree.textOf(node.firstChild))) {
    return null;
  }
  const given = tree.argumentsOf(node.lastChild);
  const [one] = given;
  const amount = tree.textOf(one?.value);
  if (one === undefined || given.length !== 1 || !/^\d+$/.test(amount)) {
    return null;
  }
  return one.name === null ? { unit: "days", amount } : { unit: one.name, amount };
}

function firstLineEnd(text: string): number {
  const end = text.search(/[\r\n]/);
  return end === -1 ? text.length : end;
}
