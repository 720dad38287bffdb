import { stopped } from "../../base/stopped";
import { holdsToday, type NeededSignOff, type SignOffSubject } from "../../governance/signOffStanding";
import { isHeld } from "../../lint/person";
import type { ProductEvidence } from "../evidence";
import { actionFor } from "../nextAction";
import { ownerOf } from "../ownerOf";
import type { ChallengeState, NextAction } from "../productHealth";
import { findingParts, type LightPart, worstPart } from "./lightPart";
import { subjectWords } from "../../governance/subjectWords";

/** Decisions on what the law asks; the others say who answers for the model. */
const LEGAL: ReadonlySet<SignOffSubject> = new Set(["risk", "dpia", "fria", "early"]);

/** Who answers for the product, and whether they have. */
export function responsibilityLight(evidence: ProductEvidence): ChallengeState {
  const { product, config, needed } = evidence;
  const owner = ownerOf(product);
  const isOwned = isHeld(product.roles?.owner);
  const mine = needed.filter(({ subject }) => !LEGAL.has(subject));
  return worstPart("responsibility", [
    ...exceptions(evidence),
    ...findingParts(evidence, "responsibility"),
    ...openSignOffs(mine, config),
    isOwned
      ? { light: "good", reason: `${owner ?? "Somebody"} answers for it${sayMet(mine)}.`, action: null }
      : { light: "attention", reason: "Nobody is named who answers for it.", action: actionFor(config, "assign_owner", "Name an owner") },
  ]);
}

/** What the law asks, as far as files and sign-offs tell: nothing that is open, which is less than being in line with the law. */
export function complianceLight(evidence: ProductEvidence): ChallengeState {
  const { product, config, needed } = evidence;
  const legal = needed.filter(({ subject }) => LEGAL.has(subject));
  const risk = product.risk === undefined || product.risk === "unsure" ? null : product.risk;
  return worstPart("compliance", [
    ...findingParts(evidence, "compliance"),
    ...openSignOffs(legal, config),
    risk === null
      ? {
          light: "unknown",
          reason: "The risk class is not decided.",
          action: actionFor(config, "open_finding", "Decide the risk class", { detail: "risk-class-undecided" }),
        }
      : { light: "good", reason: `No finding is open for the risk class ${risk}${sayMet(legal)}.`, action: null },
  ]);
}

/** An exception is shown wherever the product is: it lets something pass that would not. */
function exceptions({ standings, config }: ProductEvidence): readonly LightPart[] {
  const standing = standings.find((one) => one.subject === "exception" && holdsToday(one) && one.decision !== "reject");
  return standing === undefined
    ? []
    : [
        {
          light: "trouble",
          reason: `An emergency exception is in force: ${stopped(standing.reason)}`,
          action: actionFor(config, "open_finding", "Open the exception", { detail: standing.file }),
        },
      ];
}

function openSignOffs(needed: readonly NeededSignOff[], config: string): readonly LightPart[] {
  return needed
    .filter(({ isDue, isMet }) => isDue && !isMet)
    .map((one) => ({
      light: one.standing?.state === "unknown" ? "unknown" : one.standing?.state === "rejected" ? "trouble" : "attention",
      reason: stopped(one.problem ?? one.why),
      action: signOffAction(one, config),
    }));
}

/** A draft waits to be signed; anything else is asked for first. The program itself signs nothing. */
export function signOffAction({ subject, standing }: NeededSignOff, config: string): NextAction {
  return standing?.state === "draft" || standing?.state === "uncommitted"
    ? actionFor(config, "sign", `Decide on the ${subjectWords(subject)}`, { detail: subject })
    : actionFor(config, "request_sign_off", `Ask for a sign-off of the ${subjectWords(subject)}`, { detail: subject });
}

function sayMet(needed: readonly NeededSignOff[]): string {
  const due = needed.filter(({ isDue }) => isDue);
  return due.length === 0 ? "" : `; ${due.filter(({ isMet }) => isMet).length} of ${due.length} sign-offs hold`;
}
