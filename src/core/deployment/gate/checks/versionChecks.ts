import { sameAddress } from "../../../lint/person";
import type { Fact } from "../../../lint/lintFacts";
import type { SignOffRegister, SignOffStanding } from "../../../governance/signOffStanding";
import type { ModelVersion } from "../../../tracking/registeredModel";
import type { GateEvidence } from "../gate";
import type { GateFacts, GateFile } from "../gateFacts";
import { draft, type GateDraft, inFile, notJudged } from "./gateDraft";

/** Tag in which trainings of this product keep the digest. Compared, never trusted alone. */
const DIGEST_TAG = "mlops.digest";

/** What is released: the product's own model, in the version that file and registry know. */
export function versionChecks(facts: GateFacts, file: GateFile, version: string | null): readonly GateDraft[] {
  const { wish } = facts;
  const { product, at } = { product: file.config.value, at: (path: readonly string[]): GateEvidence => inFile(file, wish.config, path) };
  const name = product.model?.name;
  if (name === undefined || version === null) {
    const lacks = name === undefined ? "model.name, the registered model" : "model.version, and no version was asked for";
    return [notJudged("version", "which version is released", `${wish.config} lacks ${lacks}`, { evidence: [at(["model"])] })];
  }
  const drafts: GateDraft[] = [];
  if (product.stage === "retired") {
    drafts.push(
      draft({
        id: "stage",
        result: "block",
        message: `${wish.config} says that the model is retired.`,
        evidence: [at(["stage"])],
        remedy: "Release a model that is in use, or set its stage.",
      }),
    );
  }
  const written = product.model?.version;
  if (written !== undefined && written !== version) {
    drafts.push(
      draft({
        id: "version:file",
        result: "block",
        from: "production",
        message: `${wish.config} describes version ${written}; this is ${version}.`,
        evidence: [at(["model", "version"])],
        remedy: `Write model.version: "${version}" with what belongs to it, and have that approved.`,
      }),
    );
  }
  return [...drafts, inRegistry(facts, name, version)];
}

function inRegistry({ registry }: GateFacts, name: string, version: string): GateDraft {
  const shown = `version ${version} of ${name}`;
  if (!registry.known) {
    return notJudged("version", `whether the registry has ${shown}`, registry.why, { evidence: [{ file: null, source: "registry" }] });
  }
  const found = registry.value.version;
  if (found === null) {
    return draft({
      id: "version",
      result: "block",
      message: `The registry has no ${shown}.`,
      evidence: [{ file: null, source: "registry" }],
      remedy: "Register it, or choose a version that is there.",
    });
  }
  const evidence: GateEvidence = {
    file: null,
    source: "registry",
    value: `${found.modelName} ${found.version}`,
    ...(found.runId === null ? {} : { run: found.runId }),
  };
  return found.status === "READY"
    ? draft({ id: "version", result: "pass", message: `The registry has ${shown}.`, evidence: [evidence] })
    : draft({
        id: "version",
        result: "block",
        message: `The registry says that ${shown} is not ready: ${found.status}${found.statusMessage === "" ? "" : `, ${found.statusMessage}`}.`,
        evidence: [evidence],
        remedy: "Wait until it is registered, or register it anew.",
      });
}

/** Whether the files of the version are those that file and registry name. */
export function digestCheck(facts: GateFacts, file: GateFile): GateDraft {
  const { digest, registry, wish } = facts;
  const written = file.config.value.model?.digest;
  const evidence = [inFile(file, wish.config, ["model", "digest"])];
  if (!digest.known) {
    return notJudged("digest", "which files the version has", digest.why, { evidence });
  }
  const tag = registry.known ? tagOf(registry.value.version) : null;
  const computed: GateEvidence = { file: null, source: "the version's files", value: digest.value };
  for (const [who, other] of [
    [wish.config, written],
    ["its tag in the registry", tag],
  ] as const) {
    if (other !== undefined && other !== null && !sameDigest(other, digest.value)) {
      return draft({
        id: "digest",
        result: "block",
        message: `The files of the version are ${short(digest.value)}; ${who} says ${short(other)}.`,
        evidence: [...evidence, computed],
        remedy: "Find out who changed the files. Where the new ones are meant, write their digest and have them approved.",
      });
    }
  }
  return draft({
    id: "digest",
    result: "pass",
    message: `The files of the version are ${short(digest.value)}.`,
    evidence: [...evidence, computed],
  });
}

function tagOf(version: ModelVersion | null): string | null {
  return version?.tags.get(DIGEST_TAG)?.trim() ?? null;
}

/** Whether each approval is of these very files. */
export function approvedDigestChecks(register: Fact<SignOffRegister>, digest: Fact<string>): readonly GateDraft[] {
  if (!register.known || !digest.known) {
    return []; // Both are told where they are judged themselves.
  }
  const launches = register.value.needed.flatMap(({ subject, standing, isMet }) =>
    subject === "launch" && isMet && standing !== null ? [standing] : [],
  );
  return distinct(launches).flatMap((standing): readonly GateDraft[] => {
    const { digest: approved } = standing.model;
    const evidence = [standingEvidence(standing)];
    const who = standing.who.email ?? "nobody in particular";
    const id = `approved:${standing.file.slice(standing.file.lastIndexOf("/") + 1)}`;
    if (approved === null) {
      return [
        notJudged(id, `whether ${who} approved these files`, `${standing.file} names no digest of the model`, {
          from: "production",
          evidence,
          remedy: `Ask for a sign-off that names the digest ${digest.value}.`,
        }),
      ];
    }
    return sameDigest(approved, digest.value)
      ? []
      : [
          draft({
            id,
            result: "block",
            from: "production",
            message: `${who} approved a model of the digest ${short(approved)}; this one has ${short(digest.value)}.`,
            evidence: [...evidence, { file: null, source: "the version's files", value: digest.value }],
            remedy: "Release the model that was approved, or ask for a sign-off of this one.",
          }),
        ];
  });
}

/** What was signed, for people to look up. */
export function standingEvidence({ file, sha256, who, decision }: SignOffStanding): GateEvidence {
  const value = [who.email, decision].filter((part) => part !== null).join(": ");
  return { file, ...(value === "" ? {} : { value }), ...(sha256 === null ? {} : { sha256 }) };
}

/** One person's sign-off may stand for several needs. */
function distinct(standings: readonly SignOffStanding[]): readonly SignOffStanding[] {
  return [...new Map(standings.map((standing) => [standing.file, standing])).values()];
}

/** Whether two people are meant; `.mailmap` counts. */
export function arePeople(left: SignOffStanding, right: SignOffStanding): boolean {
  return left.person !== null && right.person !== null && !sameAddress(left.person, right.person);
}

export function sameDigest(left: string, right: string): boolean {
  const plain = (text: string): string =>
    text
      .trim()
      .toLowerCase()
      .replace(/^sha256:/, "");
  return plain(left) === plain(right);
}

function short(digest: string): string {
  const plain = digest.trim().replace(/^sha256:/, "");
  return `sha256:${plain.slice(0, 12)}${plain.length > 12 ? "…" : ""}`;
}
