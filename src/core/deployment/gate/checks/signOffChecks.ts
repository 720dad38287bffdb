import { sayDate } from "../../../config/dates";
import type { Product } from "../../../config/product";
import { SIGN_OFF_FOLDER } from "../../../governance/readSignOff";
import type { NeededSignOff, SignOffSubject } from "../../../governance/signOffStanding";
import { isHighRisk } from "../../../lint/highRisk";
import type { GateFacts, GateFile } from "../gateFacts";
import { draft, type GateDraft, inFile, notJudged } from "./gateDraft";
import { arePeople, standingEvidence } from "./versionChecks";
import { subjectWords } from "../../../governance/subjectWords";

/** Each decision that is needed, and for high risk two people for the launch. */
export function signOffChecks({ signOffs, wish }: GateFacts, file: GateFile): readonly GateDraft[] {
  const product = file.config.value;
  const evidence = [{ file: null, source: SIGN_OFF_FOLDER }];
  if (!signOffs.known) {
    return [notJudged("sign-offs", "the sign-offs", signOffs.why, { from: "production", evidence })];
  }
  const { needed, problems } = signOffs.value;
  const lost = mustBeNeeded(product).filter((subject) => !needed.some((one) => one.subject === subject));
  return [
    ...problems.map((problem, index) =>
      notJudged(index === 0 ? "sign-offs" : `sign-offs#${index + 1}`, "all sign-offs", problem, { from: "production", evidence }),
    ),
    ...lost.map((subject) =>
      notJudged(`sign-off:${subject}`, `the sign-off of the ${subjectWords(subject)}`, "nobody looked for it", {
        from: "production",
        evidence,
      }),
    ),
    // What is a duty beside, such as a review, is told once it is due.
    ...needed.filter(({ blocks, isDue }) => blocks || isDue).map((one) => neededCheck(one, file, wish.config)),
    ...(isHighRisk(product) ? [twoPeople(needed, file, wish.config)] : []),
  ];
}

/** What the file itself asks for, so that a decision is not passed over because nobody looked for it. */
function mustBeNeeded(product: Product): readonly SignOffSubject[] {
  return [
    "launch",
    ...(product.gdpr?.dpia?.needed === "yes" ? (["dpia"] as const) : []),
    ...(product.fria?.needed === "yes" ? (["fria"] as const) : []),
  ];
}

function neededCheck(
  { subject, role, ask, why, blocks, standing, isMet, problem }: NeededSignOff,
  file: GateFile,
  config: string,
): GateDraft {
  const id = `sign-off:${subject}${role === null ? "" : `:${role}`}`;
  const whom = ask.length === 0 ? "" : ` Ask ${ask.slice(0, 5).join(", ")}.`;
  const evidence = [standing === null ? inFile(file, config, ["stage"]) : standingEvidence(standing)];
  if (standing === null || !isMet) {
    const isLost = standing?.state === "unknown";
    return draft({
      id,
      result: !blocks ? "warn" : isLost ? "could_not_judge" : "block",
      from: "production",
      message: `${problem ?? `The sign-off of the ${subjectWords(subject)} is not there.`}${standing === null ? ` ${why}` : ""}`,
      evidence,
      remedy: standing?.remedy ?? `Request it with a draft that the person fills in and commits.${whom}`,
    });
  }
  const notes = [
    ...(standing.state === "expiring" && standing.expires !== null ? [`it ends on ${sayDate(standing.expires)}`] : []),
    ...(standing.signature === "signed"
      ? []
      : [
          standing.signature === "unsigned"
            ? "its commit is not cryptographically signed"
            : "nobody could tell whether its commit is signed",
        ]),
  ];
  const by = standing.who.email ?? standing.who.name ?? "nobody in particular";
  return draft({
    id,
    result: notes.length === 0 ? "pass" : "warn",
    message: `The sign-off of the ${subjectWords(subject)}${role === null ? "" : ` by the ${role} role`} was given by ${by}${notes.length === 0 ? "" : `; ${notes.join(" and ")}`}.`,
    evidence,
    remedy:
      notes.length === 0
        ? null
        : standing.state === "expiring"
          ? `Ask for a new one in time.${whom}`
          : "Sign commits with a key for stronger evidence.",
  });
}

/** One person with two roles is one pair of eyes. */
function twoPeople(needed: readonly NeededSignOff[], file: GateFile, config: string): GateDraft {
  const holds = (role: string): NeededSignOff["standing"] =>
    needed.find((one) => one.subject === "launch" && one.role === role && one.isMet)?.standing ?? null;
  const [requirements, compliance] = [holds("requirements"), holds("compliance")];
  const evidence = [requirements, compliance].flatMap((one) => (one === null ? [] : [standingEvidence(one)]));
  if (requirements !== null && compliance !== null && arePeople(requirements, compliance)) {
    return draft({
      id: "two-people",
      result: "pass",
      message: "Two people approved the launch, one for the requirements and one for compliance.",
      evidence,
    });
  }
  const isSame = requirements !== null && compliance !== null;
  return draft({
    id: "two-people",
    result: "block",
    from: "production",
    message: isSame
      ? `${requirements.who.email ?? "One person"} approved the launch for the requirements and for compliance; a high-risk model needs two people.`
      : "A high-risk model needs the approval of two people, one for the requirements and one for compliance.",
    evidence: evidence.length === 0 ? [inFile(file, config, ["risk"])] : evidence,
    remedy: "Have another person decide in the role that lacks one.",
  });
}
