import type { PlanPage, RetrainCheck, RetrainFact, RetrainField, RetrainFinding, RetrainPast } from "../../../protocol/retrain";
import { formatDuration } from "../../browse/formatValues";
import { numberText } from "../../drift/numberText";
import { sayStatus, sayTime } from "../../monitoring/sayResult";
import type { FingerprintPart, PastTraining } from "../fingerprint";
import type { PlanCheck, PlanParam, RetrainPlan, RetrainWish } from "../retrainPlan";
import type { EngineId } from "../trainSpec";
import { paramFault, paramHint } from "./paramFault";
import { byteWords, ENGINE_LABELS, fact, money, REASON_LABELS } from "./trainingWords";

/** Files of a training that are drawn; a folder of a million images is summed up. */
const MOST_INPUTS = 200;
const MOST_FINDINGS = 200;

/** A plan as its page draws it, beside what somebody has typed for it. */
export function toPlanPage(plan: RetrainPlan, wish: RetrainWish): PlanPage {
  const fields = plan.params.map((param) => toField(param, wish.params[param.field.name], plan.checks));
  const checks = plan.checks.map(toCheck);
  const open = plan.facts.consents.filter(({ id }) => !plan.consents.includes(id));
  return {
    hash: plan.hash,
    config: plan.config,
    jobId: plan.jobId,
    reason: { label: REASON_LABELS[plan.reason.kind], text: plan.reason.text },
    engine: plan.engine,
    engines: enginesOf(plan),
    fields,
    consents: plan.facts.consents.map(({ id, question }) => ({ id, question, isGiven: plan.consents.includes(id) })),
    againBecause: wish.againBecause ?? "",
    blocked: blockedBy(plan, open.length),
    action: toAction(plan),
    inputs: inputsOf(plan.fingerprint.parts),
    unknownInputs: plan.fingerprint.unknown,
    data: toData(plan),
    redundancy: toRedundancy(plan),
    facts: factsOf(plan),
    checks,
    steps: plan.steps,
    loginAt: plan.facts.loginAt ?? null,
    expiresAt: plan.expiresAt,
  };
}

const CHECK_TITLES: Readonly<Record<PlanCheck["id"], string>> = {
  config: "mlops.yaml",
  params: "Parameters",
  data: "Data",
  redundancy: "Need",
  running: "Other trainings",
  engine: "Engine",
  code: "Code",
  environment: "Environment",
  cost: "Cost",
  trust: "Trust",
};

function toCheck({ id, result, message, remedy }: PlanCheck): RetrainCheck {
  return { result, title: CHECK_TITLES[id], message, remedy };
}

function toField({ field, value, before, isChanged }: PlanParam, typed: string | undefined, checks: readonly PlanCheck[]): RetrainField {
  const blocking = checks.find(({ id, result, message }) => id === "params" && result === "block" && namesField(message, field.name));
  return {
    name: field.name,
    kind: field.kind,
    value: typed ?? String(value),
    fallback: field.value === null ? null : String(field.value),
    options: field.options.map(String),
    before,
    isChanged,
    isRequired: field.required,
    hint: paramHint(field),
    source: field.source,
    fault: paramFault(field, typed) ?? blocking?.message ?? null,
  };
}

function namesField(message: string, name: string): boolean {
  return (
    [`"${name}"`, `\`${name}\``, `'${name}'`].some((one) => message.includes(one)) ||
    message.startsWith(`${name} `) ||
    message.startsWith(`${name}:`)
  );
}

/** The engine of the file, the two of this machine, and those that the file says how to reach. */
function enginesOf({ engine, spec }: RetrainPlan): PlanPage["engines"] {
  const known: readonly (EngineId | null)[] = [
    spec.engine,
    engine,
    "local",
    "dvc",
    spec.ray === null ? null : "ray",
    spec.airflow === null ? null : "airflow",
    spec.githubActions === null ? null : "github_actions",
  ];
  return [...new Set(known.flatMap((id) => id ?? []))].map((id) => ({ id, label: ENGINE_LABELS[id] }));
}

/** Which training, and how it ended, stands in a box of its own on the page. */
const NOTHING_CHANGED = "Nothing changed since the last training: use its run, or say why it is trained again.";

function blockedBy(plan: RetrainPlan, openConsents: number): readonly string[] {
  const isRedundant = plan.redundancy.kind === "redundant";
  const blocking = plan.checks
    .filter(({ result }) => result === "block")
    .map(({ id, message }) => (id === "redundancy" && isRedundant ? NOTHING_CHANGED : message));
  const consents = openConsents === 0 || blocking.length > 0 ? [] : ["A question above is not answered with yes."];
  const again = isRedundant && (plan.againBecause ?? "").trim() === "" && blocking.length === 0 ? [NOTHING_CHANGED] : [];
  return [...new Set([...blocking, ...consents, ...again])];
}

function toAction({ action, spec }: RetrainPlan): PlanPage["action"] {
  if (action.kind === "request") {
    return { label: "Request", text: `${action.method} ${action.url}`, body: JSON.stringify(action.body, null, 2), facts: [] };
  }
  return {
    label: action.shell ? "Line for the shell" : "Command",
    text: action.argv.map((part) => (action.shell ? part : quoted(part))).join(" "),
    body: null,
    facts: [
      ...fact("Folder", action.cwd === "" ? spec.folder : action.cwd),
      ...Object.entries(action.env).map(([label, value]): RetrainFact => ({ label, value })),
    ],
  };
}

/** An argument as a shell would need it, so that one with a space is told from two. */
function quoted(part: string): string {
  return /^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replaceAll("'", "'\\''")}'`;
}

const KINDS: Readonly<Record<FingerprintPart["kind"], string>> = {
  data: "Data",
  code: "Code",
  param: "Parameter",
  command: "Command",
  environment: "Environment",
  base_model: "Base model",
};
const SOURCES: Readonly<Record<FingerprintPart["from"], string>> = {
  read: "read now",
  remembered: "unchanged since it was read",
  dvc: "from DVC",
  value: "value",
};

function inputsOf(parts: readonly FingerprintPart[]): PlanPage["inputs"] {
  const files = parts.filter(({ kind }) => kind !== "param");
  const shown = files.slice(0, MOST_INPUTS).map(({ kind, name, hash, size, from }) => ({
    kind: KINDS[kind],
    name,
    hash: hash.replace(/^\w+:/, "").slice(0, 12),
    size: size === null ? "" : byteWords(size),
    from: SOURCES[from],
  }));
  const rest = files.length - shown.length;
  return rest === 0 ? shown : [...shown, { kind: "", name: `and ${String(rest)} more`, hash: "", size: "", from: "" }];
}

function toData({ dataCheck }: RetrainPlan): PlanPage["data"] {
  if (dataCheck === null) {
    return null;
  }
  const bad = dataCheck.findings.filter(({ result }) => result !== "pass");
  const passed = dataCheck.findings.length - bad.length;
  const failed = bad.filter(({ result }) => result === "fail").length;
  const unknown = bad.length - failed;
  const counted = [countOf(failed, "broken"), countOf(unknown, "not judged")].filter(Boolean);
  const verdict =
    dataCheck.result === "nothing_expected"
      ? "Nothing is expected of the data: mlops.yaml says no limits under data."
      : bad.length === 0
        ? `All ${String(passed)} expectations hold.`
        : `Of ${String(dataCheck.findings.length)} expectations, ${counted.join(" and ")}.`;
  return {
    result: dataCheck.result,
    verdict,
    findings: bad.slice(0, MOST_FINDINGS).map(toFinding),
    passed,
    notes: dataCheck.notes ?? [],
  };
}

function countOf(count: number, what: string): string {
  return count === 0 ? "" : `${String(count)} ${count === 1 ? "is" : "are"} ${what}`;
}

type Finding = NonNullable<RetrainPlan["dataCheck"]>["findings"][number];

function toFinding({ result, path, column, message, limit, found, rows, from }: Finding): RetrainFinding {
  const first = rows === null ? "" : rows.first.slice(0, 5).join(", ");
  const count = rows === null ? "" : String(rows.count);
  return {
    ...{ result, path, message, from },
    column: column ?? "",
    limit: limit ?? "",
    found: found ?? "",
    rows: first === "" ? count : `${count} (first ${first})`,
  };
}

function toRedundancy({ redundancy }: RetrainPlan): PlanPage["redundancy"] {
  switch (redundancy.kind) {
    case "redundant":
      return { kind: "redundant", text: redundancy.because, past: toPast(redundancy.past), changes: [] };
    case "changed": {
      const count = redundancy.changes.length;
      const text =
        count === 0
          ? "It differs from the last training."
          : `${count === 1 ? "One input differs" : `${String(count)} inputs differ`} from the last training.`;
      return { kind: "changed", text, past: toPast(redundancy.past), changes: redundancy.changes.map((change) => change.text) };
    }
    case "first":
      return { kind: "first", text: "No earlier training of this product is known.", past: null, changes: [] };
    case "cannot_tell":
      return { kind: "cannot_tell", text: redundancy.why, past: redundancy.past === null ? null : toPast(redundancy.past), changes: [] };
  }
}

function toPast({ jobId, run, endedAt, durationMs, kpis, cost, commit }: PastTraining): RetrainPast {
  return {
    jobId,
    run: run === null ? null : { storeId: run.storeId, runId: run.runId, name: run.name },
    facts: [
      ...fact("Ended", endedAt === null ? null : `${new Date(endedAt).toISOString().slice(0, 16).replace("T", " ")} UTC`),
      ...fact("Took", durationMs === null ? null : formatDuration(durationMs)),
      ...Object.entries(kpis)
        .slice(0, 12)
        .map(([label, value]): RetrainFact => ({ label, value: numberText(value) })),
      ...fact("Cost", cost === null ? null : money(cost)),
      ...fact("Commit", commit?.slice(0, 10)),
    ],
  };
}

/** Git may be away or fail as well, so that nothing is said of a repository. */
function noCommit({ checks }: RetrainPlan): string {
  const isAsked = !checks.some(({ id, result }) => id === "trust" && result === "block");
  return isAsked ? "none is known" : "not asked for, because the folder is not trusted";
}

function atWorkOf({ atWork }: RetrainPlan): string | null {
  return atWork === undefined ? null : `${sayStatus(atWork.status)}, by the check of ${sayTime(atWork.checked_at)} UTC: ${atWork.verdict}`;
}

function factsOf(plan: RetrainPlan): readonly RetrainFact[] {
  const { commit, facts, spec, estimate, tags } = plan;
  const { python, health } = facts;
  const { cpus, gpus, memory, instance, timeoutMs } = spec.resources;
  const resources = [
    cpus === null ? "" : cpus === 1 ? "1 CPU" : `${String(cpus)} CPUs`,
    gpus === null ? "" : gpus === 1 ? "1 GPU" : `${String(gpus)} GPUs`,
    memory === null ? "" : `${memory} of memory`,
    instance === null ? "" : `instance ${instance}`,
  ].filter(Boolean);
  const { cost, durationMs, basedOn, note } = estimate;
  const based = basedOn === 1 ? "1 earlier training" : `${String(basedOn)} earlier trainings`;
  return [
    ...fact(
      "Commit",
      commit === null
        ? noCommit(plan)
        : `${commit.commit.slice(0, 10)}${commit.dirty ? ", with changes that are not committed" : ", nothing changed since"}`,
    ),
    ...fact("Model at work", atWorkOf(plan)),
    ...fact("Engine", health.message),
    ...fact("Python", python === null ? null : `${python.path}${python.version === null ? "" : ` (${python.version})`}, ${python.from}`),
    ...fact("Resources", resources.join(", ")),
    ...fact("Time limit", timeoutMs === null ? "none" : formatDuration(timeoutMs)),
    ...fact("Estimate", durationMs === null ? (note ?? "not known yet") : `about ${formatDuration(durationMs)}, from ${based}`),
    ...fact(
      "Price",
      cost === null
        ? durationMs === null
          ? null
          : note
        : `about ${money(cost)}, at ${money({ amount: cost.perHour, currency: cost.currency })} an hour`,
    ),
    ...fact("Tags of its runs", Object.keys(tags).join(", ")),
  ];
}
