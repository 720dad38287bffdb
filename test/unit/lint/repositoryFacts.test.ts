import { describe, expect, it } from "vitest";

import { Codeowners } from "../../../src/core/lint/codeowners";
import { GitActivity, type LoggedCommit } from "../../../src/core/lint/gitActivity";
import { toRepositoryFacts, unknownRepositoryFacts } from "../../../src/core/lint/repositoryFacts";

const DAY = 86_400_000;
const TODAY = Date.UTC(2026, 10, 24);

function commit(email: string, daysAgo: number, ...paths: string[]): LoggedCommit {
  return { email, name: email.split("@")[0] ?? "", time: TODAY - daysAgo * DAY, files: paths.map((path) => ({ path, from: null })) };
}

const LOG = [
  commit("49699333+dependabot[bot]@users.noreply.github.com", 1, "churn/requirements.txt"),
  commit("leo@x.org", 2, "churn/mlops.yaml"),
  commit("ana@x.org", 3, "churn/train.py"),
  commit("ana@x.org", 4, "churn/train.py"),
  commit("mia@x.org", 300, "churn/train.py"),
  commit("sam@x.org", 5, "other/train.py"),
];

function facts(isComplete: boolean, codeowners: string | null): ReturnType<typeof toRepositoryFacts> {
  return toRepositoryFacts({
    activity: new GitActivity(LOG, isComplete ? null : TODAY - 200 * DAY),
    codeowners: codeowners === null ? null : new Codeowners(codeowners),
    config: "churn/mlops.yaml",
    training: ["churn/train.py"],
    today: "2026-11-24",
  });
}

describe("toRepositoryFacts", () => {
  it("offers CODEOWNERS first, then the folder's authors by commits, and no bots", () => {
    const { owners } = facts(true, "churn/ @org/growth MIA@x.org");
    expect(owners.known && owners.value.map((owner) => [owner.email ?? owner.handle, owner.source, owner.commits])).toEqual([
      ["@org/growth", "codeowners", 0],
      ["mia@x.org", "codeowners", 1],
      ["ana@x.org", "git", 2],
      ["leo@x.org", "git", 1],
    ]);
  });

  it("knows who worked on the training in the last 180 days, and when it changed", () => {
    const { pipelineAuthors, lastTrainingChange, configAuthor } = facts(true, null);
    expect(pipelineAuthors).toEqual({ known: true, value: ["ana@x.org"] });
    expect(lastTrainingChange).toEqual({ known: true, value: "2026-11-21" });
    expect(configAuthor).toEqual({ known: true, value: "leo@x.org" });
  });

  it("says of nobody that they never committed where the history is cut", () => {
    expect(facts(true, null).lastCommitOf("new@x.org")).toEqual({ known: true, value: null });
    expect(facts(false, null).lastCommitOf("new@x.org").known).toBe(false);
    expect(facts(false, null).lastCommitOf("MIA@x.org")).toEqual({ known: true, value: "2026-01-28" });
  });

  it("knows nothing without a repository, and says why", () => {
    const { owners, lastCommitOf } = unknownRepositoryFacts("this is no git repository");
    expect(owners).toEqual({ known: false, why: "this is no git repository" });
    expect(lastCommitOf("a@b.c").known).toBe(false);
  });
});
