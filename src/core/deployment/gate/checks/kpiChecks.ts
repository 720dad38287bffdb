import { indexed } from "../../../lint/indexed";
import { judgeKpi } from "../../../kpi/judgeKpi";
import type { GateDecision, GateEvidence } from "../gate";
import type { EvaluationReport, GateFacts, GateFile } from "../gateFacts";
import { type EvaluationFigure, figuresOfRun, findFigures, type FoundFigure } from "../evaluationFigures";
import { draft, type GateDraft, inFile, notJudged } from "./gateDraft";

interface Source {
  /** As a sentence calls it. */
  readonly said: string;
  readonly figures: readonly EvaluationFigure[];
  readonly evidence: GateEvidence;
}

const RESULTS: Readonly<Record<"ok" | "warn" | "fail" | "unjudged", GateDecision>> = {
  ok: "pass",
  warn: "warn",
  fail: "block",
  unjudged: "could_not_judge",
};
const REMEDY = "Train a model that reaches it, or have another target decided on: the file says who.";

/** Each KPI of the file by the evaluation's figures, and where these lack it by those of the version's own run. */
export function kpiChecks(facts: GateFacts, file: GateFile): readonly GateDraft[] {
  const kpis = indexed(file.config.value.kpis).filter(([, { name }]) => name !== undefined);
  const { config } = facts.wish;
  if (kpis.length === 0) {
    const evidence = [inFile(file, config, ["kpis"])];
    return [notJudged("kpi", "whether the model is good enough", `${config} names no KPI`, { from: "staging", evidence })];
  }
  const sources = sourcesOf(facts);
  const used = new Set<string>();
  return kpis.flatMap(([index, { name = "", by, data, target, warn }]) => {
    const same = kpis.filter(([, other]) => other.name === name && other.by === by);
    const needsData = new Set(same.map(([, other]) => other.data ?? "")).size > 1;
    const id = unique(`kpi:${name}${by === undefined ? "" : `:${by}`}${needsData ? `@${data ?? ""}` : ""}`, used);
    const at = inFile(file, config, ["kpis", index, target === undefined ? "name" : "target"]);
    const found = find(sources, { name, by: by ?? null, data: data ?? null, needsData });
    if (typeof found === "string") {
      return [
        notJudged(id, `whether ${name}${by === undefined ? "" : ` by ${by}`} is good enough`, found, {
          from: "staging",
          evidence: [at],
          remedy: `Have the evaluation write ${name}${by === undefined ? "" : ` of each group of ${by}`} into its report.`,
        }),
      ];
    }
    const { source, figures } = found;
    return figures.map(({ group, value }) => {
      const { status, sentence } = judgeKpi(value, { target, warn });
      const of = `${name}${group === null ? (by === undefined ? "" : ` by ${by}`) : ` (${by ?? ""} = ${group})`}`;
      return draft({
        id: group === null ? id : `${id}=${group}`,
        result: RESULTS[status],
        from: "staging",
        message: `${of}, by ${source.said}: ${sentence}`,
        evidence: [at, { ...source.evidence, value: `${of}: ${value === null ? "no number" : String(value)}` }],
        remedy:
          status === "ok" ? null : status === "unjudged" ? "Give the KPI a target, and have the evaluation write a number for it." : REMEDY,
      });
    });
  });
}

interface Found {
  readonly source: Source;
  readonly figures: readonly FoundFigure[];
}

/** The first source that has it; else why none has. */
function find(sources: readonly (Source | string)[], wish: Parameters<typeof findFigures>[1]): Found | string {
  const reasons: string[] = [];
  for (const source of sources) {
    if (typeof source === "string") {
      // What cannot be read may hold the figure, so that another source is no answer.
      return source;
    }
    const figures = findFigures(source.figures, wish);
    if (typeof figures === "string") {
      return `in ${source.said} ${figures}`;
    }
    if (wish.by !== null && figures.length === 1 && figures[0]?.group !== null && figures[0]?.group !== undefined) {
      return `${source.said} has one group of ${wish.by} only, ${figures[0].group}`;
    }
    if (figures.length > 0) {
      return { source, figures };
    }
    reasons.push(source.said);
  }
  return reasons.length === 0
    ? "there is no evaluation, and no run is known that made the version"
    : `${reasons.join(" and ")} have no such figure`;
}

function sourcesOf({ evaluation, run }: GateFacts): readonly (Source | string)[] {
  const report = evaluation.known ? evaluation.value : null;
  return [
    ...(evaluation.known ? (report === null ? [] : [ofReport(report)]) : [evaluation.why]),
    ...(run.known
      ? run.value === null
        ? []
        : [
            {
              said: `the run ${run.value.name === "" ? run.value.runId : run.value.name}`,
              figures: figuresOfRun(run.value.metrics),
              evidence: { file: null, source: "run", run: run.value.runId },
            },
          ]
      : [run.why]),
  ];
}

function ofReport({ file, figures, sha256 }: EvaluationReport): Source {
  return { said: `the evaluation ${file}`, figures, evidence: { file, ...(sha256 === null ? {} : { sha256 }) } };
}

function unique(id: string, used: Set<string>): string {
  let name = id;
  for (let count = 2; used.has(name); count++) {
    name = `${id}#${count}`;
  }
  used.add(name);
  return name;
}
