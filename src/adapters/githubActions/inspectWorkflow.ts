import type { CancelSignal } from "../../core/base/cancel";
import { toUserText } from "../../core/base/appError";
import type { EngineFacts } from "../../core/training/trainingEngine";
import { writeTarget } from "./dispatchInputs";
import { type DispatchWorkflow, OWN_INPUTS, readDispatchWorkflow } from "./dispatchWorkflow";
import type { GithubApi } from "./githubApi";
import { FILE, REPOSITORY, WORKFLOW } from "./records";

type Found = Pick<EngineFacts, "health" | "warnings" | "blockers"> & { readonly target: Readonly<Record<string, string>> };

/** Nothing can be started, for this reason. */
export function refusedFacts(why: string, fields: EngineFacts["fields"] = []): EngineFacts {
  return { health: { ok: false, message: why }, fields, warnings: [], consents: [], blockers: [why], python: null };
}

interface Place {
  /** The workflow's file name. */
  readonly file: string;
  /** As mlops.yaml has it. */
  readonly ref: string | null;
  /** The file as it is in the workspace; null where it is not there. */
  readonly local: string | null;
}

/**
 * Looks at a workflow on GitHub. Without a ref in mlops.yaml the repository's default branch is trained: what was merged, on each machine the same.
 * @param dispatchUrl where a dispatch would go.
 */
export async function inspectWorkflow(api: GithubApi, place: Place, dispatchUrl: string, signal: CancelSignal): Promise<EngineFacts> {
  const { file, local } = place;
  const here = local === null ? null : readDispatchWorkflow(local, file);
  try {
    const { found, there } = await look(api, place, here, dispatchUrl, signal);
    return { consents: [], python: null, fields: fieldsOf(here ?? there), ...found };
  } catch (error) {
    signal.throwIfAborted();
    return refusedFacts(toUserText(error), fieldsOf(here));
  }
}

/** Without the inputs that we fill. */
export function fieldsOf(workflow: DispatchWorkflow | null): EngineFacts["fields"] {
  const own: ReadonlySet<string> = new Set(Object.values(OWN_INPUTS));
  return workflow?.inputs.filter(({ name }) => !own.has(name)) ?? [];
}

async function look(
  api: GithubApi,
  { file, ref: wanted, local }: Place,
  here: DispatchWorkflow | null,
  dispatchUrl: string,
  signal: CancelSignal,
): Promise<{ readonly found: Found; readonly there: DispatchWorkflow | null }> {
  const { owner, name, host } = api.repository;
  const called = `${owner}/${name}`;
  const [repository, workflow] = await Promise.all([
    api.ofRepository("GET", "", REPOSITORY, { what: `the repository ${called}`, signal }),
    api.ofRepository("GET", "/actions/workflows/{workflow_id}", WORKFLOW, {
      what: `the workflow "${file}" of ${called}`,
      params: { workflow_id: file },
      signal,
      accept: [404],
    }),
  ]);
  const ref = wanted ?? repository.data?.default_branch ?? "main";
  const there = await workflowAt(api, file, ref, signal);
  const blockers: string[] = [];
  const warnings: string[] = [];
  if (repository.data?.archived === true || repository.data?.disabled === true) {
    blockers.push(`${called} is archived or disabled on ${host}, so that nothing runs in it.`);
  }
  if (repository.data?.permissions?.push === false) {
    blockers.push(`The login may read ${called} but start nothing in it: it needs the right to write.`);
  }
  if (workflow.data === null) {
    const where = `.github/workflows/${file}`;
    blockers.push(
      `GitHub knows no workflow "${file}" in ${called}. It takes those of the default branch: commit and push ${where} there, or correct train.github_actions.workflow.`,
    );
  } else if (workflow.data.state !== "active") {
    const why = workflow.data.state === "disabled_inactivity" ? ", because nothing happened in the repository for 60 days" : "";
    blockers.push(`The workflow "${file}" is switched off on GitHub${why}. Switch it on at ${workflow.data.html_url}`);
  }
  switch (there.kind) {
    case "no ref":
      blockers.push(`${called} has no branch or tag "${ref}" on ${host}: push it, or correct train.github_actions.ref.`);
      break;
    case "unseen":
      warnings.push(`The workflow's file cannot be seen on "${ref}" with this login, so that only GitHub can tell whether it fits.`);
      break;
    case "seen":
      if (local !== null && normal(local) !== normal(there.text)) {
        warnings.push(`The workflow "${file}" is another one on GitHub ("${ref}") than here; the one on GitHub is run.`);
      }
  }
  const read = there.kind === "seen" ? readDispatchWorkflow(there.text, file) : null;
  const decisive = read ?? here;
  if (decisive !== null) {
    judge(decisive, file, { blockers, warnings });
  }
  const isNew = repository.headers["x-github-enterprise-version"] === undefined;
  const inputs = decisive?.inputs.map((input) => input.name) ?? [];
  const own = Object.values(OWN_INPUTS).filter((one) => inputs.includes(one));
  const unfit = read === null ? [] : (here?.inputs ?? []).filter((input) => !inputs.includes(input.name));
  for (const input of unfit) {
    blockers.push(`The input "${input.name}" is not in the workflow on GitHub ("${ref}") yet: push the file first.`);
  }
  const branch = wanted === null ? `its default branch "${ref}"` : `"${ref}"`;
  const message = `GitHub runs ${file} of ${called} on ${branch}, with what is pushed there; changes that are only here are not trained.`;
  const health = { ok: blockers.length === 0, message: blockers[0] ?? message };
  return { found: { health, blockers, warnings, target: writeTarget({ url: dispatchUrl, ref, own, isNew }) }, there: read };
}

function judge(
  workflow: DispatchWorkflow,
  file: string,
  { blockers, warnings }: { readonly blockers: string[]; readonly warnings: string[] },
): void {
  if (workflow.unreadable !== null) {
    blockers.push(`The workflow "${file}" cannot be read: ${workflow.unreadable}`);
  } else if (!workflow.isStartable) {
    blockers.push(`The workflow "${file}" cannot be started from here: it needs "workflow_dispatch:" under "on:".`);
  } else if (!workflow.showsJob) {
    warnings.push(
      `The runs of "${file}" do not show which job started them, so that one may not be found again after a crash. Give it an input "${OWN_INPUTS.job}" and "run-name: Training \${{ inputs.${OWN_INPUTS.job} }}".`,
    );
  }
}

type SeenFile = { readonly kind: "seen"; readonly text: string } | { readonly kind: "unseen" } | { readonly kind: "no ref" };

/** A login that may start workflows need not be one that may read files. */
async function workflowAt(api: GithubApi, file: string, ref: string, signal: CancelSignal): Promise<SeenFile> {
  const call = { what: `the file "${file}"`, params: { file, ref }, signal, accept: [403, 404] };
  const { data, said } = await api.ofRepository("GET", "/contents/.github/workflows/{file}", FILE, call);
  if (data === null) {
    return { kind: /no commit found for the ref/i.test(said) ? "no ref" : "unseen" };
  }
  return data.encoding === "base64" ? { kind: "seen", text: Buffer.from(data.content, "base64").toString("utf8") } : { kind: "unseen" };
}

function normal(text: string): string {
  return text.replaceAll("\r\n", "\n").trimEnd();
}
