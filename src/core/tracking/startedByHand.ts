import { MLFLOW_TAG, type Run } from "./run";

/** Accounts of machines that train on a schedule or after a push. */
const MACHINE = /^(?:root|runner|airflow|jenkins|gitlab-runner|buildkite-agent|circleci|github-actions|vsts|ray|prefect|dagster|\d+)$/i;

/** Whether an account is one of machines, so that what it did was no work of a person. */
export function isMachineAccount(user: string): boolean {
  return MACHINE.test(user);
}

/** Whether a person started a run: from a notebook, or as a script under a person's account. Null where the run does not tell. */
export function startedByHand({ tags, userId }: Pick<Run, "tags" | "userId">): boolean | null {
  switch (tags.get(MLFLOW_TAG.sourceType)) {
    case "NOTEBOOK":
      return true;
    case "JOB":
      return false;
    case "LOCAL":
    case "PROJECT": {
      const user = tags.get(MLFLOW_TAG.user) ?? userId;
      return user === "" || isMachineAccount(user) ? null : true;
    }
    default:
      return null;
  }
}
