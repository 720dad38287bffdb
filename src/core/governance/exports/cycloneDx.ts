import { indexed } from "../../lint/indexed";
import { isGiven } from "../../lint/isGiven";
import type { ReportAudience } from "../report/complianceReport";
import { signOffWord } from "../report/gaps";
import type { ReportFacts } from "../report/reportFacts";
import { SEAL_PLACE } from "../report/reportSeal";
import { sayField } from "../report/sayField";
import { holdsToday } from "../signOffStanding";
import { givenOf, measuredFigures, redactor, redactStrings } from "./exportFacts";
import { licenceOf } from "./licences";

const APPROACHES = ["supervised", "unsupervised", "reinforcement-learning", "semi-supervised", "self-supervised"] as const;
const MODEL = "model";

interface Contact {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly team?: string | undefined;
}

/**
 * A bill of materials of one version of a model (CycloneDX 1.7, JSON), with its seal still open. What the file does not say is left out.
 * @param sha256 of a text, hex: the serial number follows from the content, so that the same content has the same number.
 */
export function cycloneDx(facts: ReportFacts, audience: ReportAudience, sha256: (text: string) => string): string {
  const clean = redactor(facts, audience);
  const bom = redactStrings(
    pruned({
      bomFormat: "CycloneDX",
      specVersion: "1.7",
      serialNumber: "",
      version: 1,
      metadata: { timestamp: "", tools: { components: [toolOf(facts.tool)] }, component: reference(facts) },
      components: [component(facts, clean)],
      declarations: declarations(facts),
    }),
    clean,
  ) as Record<string, unknown>;
  const content = { ...bom, $schema: "http://cyclonedx.org/schema/bom-1.7.schema.json", serialNumber: serial(sha256(JSON.stringify(bom))) };
  const line = `"timestamp": "${facts.today}T00:00:00Z", "properties": [{ "name": "mlops:seal", "value": "${SEAL_PLACE}" }]`;
  return `${JSON.stringify(content, null, 1).replace('"timestamp": ""', () => line)}\n`;
}

function serial(hash: string): string {
  // Version 8 of RFC 9562: what the bits mean is for the maker to say.
  return `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

function toolOf(tool: string): object {
  const [name = "mlops", version] = tool.split(" ");
  return { type: "application", name, version };
}

function nameOf({ product, path }: ReportFacts): string {
  return product.model?.name ?? product.name ?? path;
}

function reference(facts: ReportFacts): object {
  return { type: "machine-learning-model", "bom-ref": `${MODEL}-metadata`, name: nameOf(facts), version: facts.version ?? undefined };
}

function component(facts: ReportFacts, clean: (text: string) => string): object {
  const { product, version, digest } = facts;
  const hash = /^sha256:([0-9a-f]{64})$/i.exec(digest ?? "")?.[1]?.toLowerCase();
  const base = product.base_model;
  const owner = product.roles?.owner;
  return {
    type: "machine-learning-model",
    "bom-ref": MODEL,
    supplier: isGiven(product.gdpr?.controller) ? { name: product.gdpr.controller } : undefined,
    authors: contact(owner) === undefined ? undefined : [contact(owner)],
    name: nameOf(facts),
    version: version ?? undefined,
    description: product.purpose,
    hashes: hash === undefined ? undefined : [{ alg: "SHA-256", content: hash }],
    licenses: licences(product.model?.license),
    pedigree:
      !isGiven(base?.name) || base.name === "none"
        ? undefined
        : {
            ancestors: [{ type: "machine-learning-model", name: base.name, version: base.version, licenses: licences(base.license) }],
          },
    modelCard: modelCard(facts, clean),
    properties: properties(facts),
    tags: givenOf(product.tags),
  };
}

function licences(written: string | undefined): readonly object[] | undefined {
  if (!isGiven(written)) {
    return undefined;
  }
  const known = licenceOf(written);
  return [{ license: known === null ? { name: written } : { id: known.spdx } }];
}

function contact(role: Contact | undefined): object | undefined {
  const name = role?.name ?? role?.team;
  return isGiven(name) || isGiven(role?.email) ? { name: isGiven(name) ? name : undefined, email: role?.email } : undefined;
}

function modelCard(facts: ReportFacts, clean: (text: string) => string): object {
  const { product } = facts;
  const approach = APPROACHES.find((one) => product.tags?.includes(one) === true);
  const gaps = indexed(product.data).flatMap(([, { path, gaps: written, represents }]) => [
    ...(isGiven(represents) ? [`${path ?? "data"}: ${represents}`] : []),
    ...givenOf(written).map((gap) => `${path ?? "data"}: ${gap}`),
  ]);
  const figures = measuredFigures(facts);
  return {
    modelParameters: {
      approach: approach === undefined ? undefined : { type: approach },
      task: product.task,
      modelArchitecture: product.architecture,
      datasets: indexed(product.data).map(([, set]) => dataset(facts, set)),
    },
    quantitativeAnalysis: {
      performanceMetrics: figures.map(({ name, value, slice }) => ({ type: name, value: String(value), slice: slice ?? undefined })),
    },
    considerations: {
      users: givenOf(product.oversight?.people).map(clean),
      useCases: isGiven(product.purpose) ? [product.purpose] : [],
      technicalLimitations: [...givenOf(product.not_for).map((use) => `Not for: ${use}`), ...gaps],
      ethicalConsiderations: indexed(product.risks).flatMap(([, { what, measure }]) =>
        isGiven(what) ? [{ name: what, mitigationStrategy: measure }] : [],
      ),
      fairnessAssessments: indexed(product.data).flatMap(([, { bias }]) =>
        givenOf(bias?.groups).map((group) => ({ groupAtRisk: group, mitigationStrategy: bias?.handled })),
      ),
    },
  };
}

type DataSet = NonNullable<NonNullable<ReportFacts["product"]["data"]>[number]>;

function dataset({ product }: ReportFacts, set: DataSet): object {
  const party = (role: Contact | undefined): readonly object[] | undefined =>
    contact(role) === undefined ? undefined : [{ contact: contact(role) }];
  const personal = indexed(set.personal_fields).flatMap(([, field]) => (isGiven(field.name) ? [field.name] : []));
  const about = (["use", "origin", "represents", "license"] as const).flatMap((key) => (isGiven(set[key]) ? [`${key}: ${set[key]}`] : []));
  return {
    type: "dataset",
    name: set.path,
    classification: product.personal_data === "yes" && personal.length > 0 ? "personal data" : undefined,
    sensitiveData: personal,
    description: about.length === 0 ? undefined : about.join("; "),
    governance: {
      owners: party(product.roles?.owner),
      stewards: party(product.roles?.data_steward),
      custodians: party(product.roles?.operator),
    },
  };
}

/** What the law asks and the standard has no place for. */
function properties(facts: ReportFacts): readonly object[] {
  const { product, groups, register, commit, configSha256 } = facts;
  const items = groups.flatMap(({ items: of }) => of).filter(({ asked }) => asked !== "no");
  const pairs: readonly (readonly [string, string | null])[] = [
    ["mlops:stage", product.stage ?? null],
    ["mlops:commit", commit?.commit ?? null],
    ["mlops:config:sha256", configSha256],
    ["mlops:ai-act:risk", product.risk ?? null],
    ["mlops:ai-act:role", product.ai_act?.role ?? null],
    ["mlops:ai-act:annex-iii", sayField(product.ai_act?.annex_iii)],
    ["mlops:gdpr:personal-data", product.personal_data ?? null],
    ["mlops:gdpr:legal-basis", product.gdpr?.legal_basis?.ground ?? null],
    ...items.map(({ id, status }): readonly [string, string] => [`mlops:item:${id}`, status]),
    ...register.needed.map((need): readonly [string, string] => [
      `mlops:sign-off:${need.subject}${need.role === null ? "" : `:${need.role}`}`,
      signOffWord(need),
    ]),
  ];
  return pairs.flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
}

/** Decisions of people that hold today. */
function declarations({ register }: ReportFacts): object | undefined {
  const held = register.all.filter(holdsToday);
  return held.length === 0
    ? undefined
    : {
        assessors: held.map(({ who }, index) => ({
          "bom-ref": `assessor-${index + 1}`,
          thirdParty: false,
          organization: { contact: [contact({ name: who.name ?? undefined, email: who.email ?? undefined })] },
        })),
        attestations: held.map(({ subject, decision, when, statement }, index) => ({
          summary: `${subject}: ${decision?.replaceAll("_", " ") ?? ""} (${when?.slice(0, 10) ?? "no day"}). ${statement ?? ""}`.trim(),
          assessor: `assessor-${index + 1}`,
        })),
      };
}

/** Without keys that say nothing, empty lists and empty blocks. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(pruned).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (typeof value !== "object" || value === null) {
    return value === null ? undefined : value;
  }
  const entries = Object.entries(value)
    .map(([key, part]) => [key, pruned(part)] as const)
    .filter(([, part]) => part !== undefined);
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
