import type { GithubDescription } from "../builders/githubDescription";

export interface FakeEnvironment {
  readonly id: number;
  readonly name: string;
  readonly reviewers: readonly string[];
  /** Whoever started a run may not review it. */
  readonly preventsSelfReview: boolean;
}

export interface SeenReview {
  readonly run: number;
  readonly environment: string;
  readonly state: string;
  readonly comment: string;
}

export interface ReviewBody {
  readonly environment_ids: readonly number[];
  readonly state: string;
  readonly comment: string;
}

function mayReview({ actor }: ReviewedRun, { reviewers, preventsSelfReview }: FakeEnvironment, login: string | null): boolean {
  return login !== null && reviewers.includes(login) && !(preventsSelfReview && actor === login);
}

/** A run as far as its reviews go. */
export interface ReviewedRun {
  readonly id: number;
  readonly actor: string;
  status: string;
  waitsFor: FakeEnvironment[];
}

/** One environment that a run waits for, as GitHub tells it to whoever is signed in. */
export function pendingRecord(
  run: ReviewedRun,
  environment: FakeEnvironment,
  login: string | null,
  description: GithubDescription,
): unknown {
  return {
    environment: { id: environment.id, name: environment.name },
    wait_timer: 0,
    wait_timer_started_at: null,
    current_user_can_approve: mayReview(run, environment, login),
    reviewers: environment.reviewers.map((reviewer) => ({
      type: "User",
      reviewer: { ...description.sample("simple-user"), login: reviewer },
    })),
  };
}

/** Takes a review, or refuses it as GitHub does. @returns status and answer. */
export function reviewRun(
  run: ReviewedRun,
  { environment_ids: ids, state, comment }: ReviewBody,
  login: string | null,
  reviews: SeenReview[],
): [status: number, answer: unknown] {
  const asked = run.waitsFor.filter(({ id }) => ids.includes(id));
  if (asked.length === 0) {
    return [422, { message: "No pending deployment requests to approve or reject" }];
  }
  if (!asked.every((environment) => mayReview(run, environment, login))) {
    return [422, { message: "There were one or more errors approving deployment requests" }];
  }
  reviews.push(...asked.map(({ name }) => ({ run: run.id, environment: name, state, comment })));
  run.waitsFor = run.waitsFor.filter(({ id }) => !ids.includes(id));
  run.status = state === "approved" ? "in_progress" : "completed";
  return [200, []];
}
