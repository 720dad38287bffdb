import { sayDate } from "../../../config/dates";
import { ownValue } from "../../../base/ownValue";
import type { Fact } from "../../../lint/lintFacts";
import type { GateFacts, GateFile } from "../gateFacts";
import { releasesOf } from "../releasesOf";
import { draft, type GateDraft, inFile, notJudged } from "./gateDraft";

const DAY_MS = 86_400_000;

/**
 * Whether live data is still what the model knows. A model that is not at work yet has none to be judged; one that is at work and was not looked at for
 * twice the time between two checks may have failed long ago.
 */
export function driftCheck(facts: GateFacts, file: GateFile): GateDraft {
  const { drift, now } = facts;
  const running = isRunning(facts, file);
  const watched = [inFile(file, facts.wish.config, ["monitoring"])];
  if (!drift.known) {
    return notJudged("drift", "the drift of live data", drift.why, { from: "staging", evidence: watched });
  }
  if (!running.known) {
    return notJudged("drift", "whether the model is at work already", running.why, { from: "staging", evidence: watched });
  }
  const last = drift.value;
  if (last === null) {
    return running.value
      ? notJudged("drift", "the drift of live data", "the model is at work, and was never checked", {
          from: "staging",
          evidence: watched,
          remedy: "Run mlops monitor, and keep its results.",
        })
      : draft({
          id: "drift",
          result: "pass",
          message: "The model is not at work yet, so that there is no live data to judge.",
          evidence: watched,
        });
  }
  const evidence = [{ file: last.file, value: `${last.status}, ${day(last.checkedAt)}` }];
  const said = `The check of ${sayDate(day(last.checkedAt))} says: ${last.verdict}`;
  if (last.checkedAt > now + DAY_MS) {
    return notJudged("drift", "the drift of live data", `the newest check is of ${sayDate(day(last.checkedAt))}, which is still to come`, {
      from: "staging",
      evidence,
    });
  }
  if (last.status === "fail") {
    const other = otherAtWork(facts, file);
    const { status } = last.withoutScores;
    if (other !== null && !last.isOld && (status === "ok" || status === "warn")) {
      return draft({
        id: "drift",
        result: "warn",
        message: `${said} Version ${other.atWork} is at work, and this is ${other.judged}, whose own figures are judged beside this. Of the data it says: ${last.withoutScores.verdict}`,
        evidence,
      });
    }
    return draft({
      id: "drift",
      result: "block",
      from: "staging",
      message: said,
      evidence,
      remedy: "Train on newer data, let monitoring.reference name what the new version was trained on, and run mlops monitor again.",
    });
  }
  if (running.value && last.isOld) {
    return draft({
      id: "drift",
      result: "block",
      from: "staging",
      message: `The model is at work, and was last checked on ${sayDate(day(last.checkedAt))}, longer ago than twice monitoring.checks.every.`,
      evidence,
      remedy: "Run mlops monitor, and look why it did not run.",
    });
  }
  if (last.status === "unjudged") {
    return running.value
      ? notJudged("drift", "the drift of live data", last.verdict, {
          from: "staging",
          evidence,
          remedy: "Mend what the check says, and run mlops monitor again.",
        })
      : draft({ id: "drift", result: "warn", message: said, evidence });
  }
  return draft({ id: "drift", result: last.status === "warn" ? "warn" : "pass", message: said, evidence });
}

/** At work where the file says so, where the target's alias names a version, or where the log has a release to the target that succeeded. */
function isRunning({ wish, registry, deployments }: GateFacts, file: GateFile): Fact<boolean> {
  const product = file.config.value;
  const alias = ownValue(product.deploy?.targets ?? {}, wish.target)?.alias;
  if (product.stage === "production" || (registry.known && alias !== undefined && registry.value.aliases.has(alias))) {
    return { known: true, value: true };
  }
  if (!deployments.known) {
    return deployments;
  }
  const isReleased = releasesOf(deployments.value, file, wish).some(({ state }) => state === "succeeded" || state === "rolled_back");
  if (isReleased || registry.known || alias === undefined) {
    return { known: true, value: isReleased };
  }
  return registry;
}

/**
 * The version at work, as the log or the target's alias tells, or what was released last to another target where this one has none; null where it is the
 * one that is judged or nobody can tell.
 */
function otherAtWork(
  { wish, registry, deployments }: GateFacts,
  file: GateFile,
): { readonly atWork: string; readonly judged: string } | null {
  const { name = wish.config, deploy, model } = file.config.value;
  const judged = wish.version ?? model?.version;
  if (!deployments.known || judged === undefined) {
    return null;
  }
  const alias = ownValue(deploy?.targets ?? {}, wish.target)?.alias;
  const byAlias = registry.known && alias !== undefined ? registry.value.aliases.get(alias) : undefined;
  const elsewhere = deployments.value.findLast((entry) => entry.product === name && entry.model === model?.name && entry.serves !== null);
  const atWork = releasesOf(deployments.value, file, wish).at(-1)?.serves ?? byAlias ?? elsewhere?.serves ?? null;
  return atWork === null || atWork === judged ? null : { atWork, judged };
}

function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
