import { AppError } from "../../core/base/appError";
import type { EngineFacts, JobDraft } from "../../core/training/trainingEngine";
import { OWN_INPUTS } from "./dispatchWorkflow";

/**
 * Limits of one dispatch; servers of one's own before the number was raised take ten.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/events-and-payloads#workflow_dispatch
 */
const MOST_INPUTS = 25;
const MOST_INPUTS_OF_OLD_SERVERS = 10;
const LONGEST_INPUTS = 65_535;

/** What `inspect` found out, as `EngineFacts.target` keeps it. */
export interface DispatchTarget {
  readonly url: string;
  readonly ref: string;
  /** Those of our own inputs that the workflow takes. */
  readonly own: readonly string[];
  /** Whether the server can answer with the run that it starts, and takes 25 inputs. */
  readonly isNew: boolean;
}

export function writeTarget({ url, ref, own, isNew }: DispatchTarget): Readonly<Record<string, string>> {
  return { url, ref, own: own.join(" "), isNew: isNew ? "yes" : "no" };
}

function readTarget({ target, blockers, health }: EngineFacts): DispatchTarget {
  const { url, ref, own = "", isNew } = target ?? {};
  if (url === undefined || ref === undefined) {
    throw new AppError("usage", blockers[0] ?? health.message);
  }
  return { url, ref, own: own.split(" ").filter((name) => name !== ""), isNew: isNew === "yes" };
}

/** The one request that starts the workflow. @throws AppError `usage` for what GitHub would not take. */
export function dispatchRequest(draft: JobDraft, facts: EngineFacts): { readonly url: string; readonly body: Record<string, unknown> } {
  const { url, ref, own, isNew } = readTarget(facts);
  const inputs = { ...paramInputs(draft, facts), ...ownInputs(draft, own) };
  const count = Object.keys(inputs).length;
  const most = isNew ? MOST_INPUTS : MOST_INPUTS_OF_OLD_SERVERS;
  if (count > most) {
    throw new AppError("usage", `The workflow would get ${count} inputs, and GitHub takes ${most}.`, {
      remedy: "Move some parameters to a file in the repository that the workflow reads.",
    });
  }
  const { length } = JSON.stringify(inputs);
  if (length > LONGEST_INPUTS) {
    throw new AppError("usage", `The inputs have ${length} characters together, and GitHub takes ${LONGEST_INPUTS}.`, {
      remedy: "Shorten the values, or move them to a file in the repository that the workflow reads.",
    });
  }
  return { url, body: { ref, inputs, ...(isNew ? { return_run_details: true } : {}) } };
}

/** Each input that the workflow declares and that has a value; as text, because GitHub hands over nothing else. */
function paramInputs(draft: JobDraft, { fields }: EngineFacts): Readonly<Record<string, string>> {
  const taken = new Set(fields.map(({ name }) => name));
  const strange = Object.keys(draft.overrides).find((name) => !taken.has(name));
  if (strange !== undefined) {
    throw new AppError("usage", `The workflow takes no input "${strange}".`, {
      remedy: "Add it under on.workflow_dispatch.inputs of the workflow, or leave the parameter out.",
    });
  }
  const inputs = new Map<string, string>();
  for (const { name, required } of fields) {
    const value = Object.hasOwn(draft.params, name) ? draft.params[name] : undefined;
    if (value !== undefined) {
      inputs.set(name, String(value));
    }
    // GitHub takes an empty text for none.
    if (required && (inputs.get(name) ?? "") === "") {
      throw new AppError("usage", `The workflow wants a value for "${name}".`, { remedy: "Give one among the parameters." });
    }
  }
  return Object.fromEntries(inputs);
}

function ownInputs(draft: JobDraft, own: readonly string[]): Readonly<Record<string, string>> {
  const all: readonly (readonly [string, string | undefined])[] = [
    [OWN_INPUTS.job, draft.jobId],
    [OWN_INPUTS.fingerprint, draft.tags["mlops.fingerprint"]],
    [OWN_INPUTS.context, JSON.stringify(draft.tags)],
  ];
  return Object.fromEntries(all.flatMap(([name, value]) => (own.includes(name) && value !== undefined ? [[name, value] as const] : [])));
}
