import type { Severity } from "../lint/ruleMeta";
import { choice, either, list, map, number, object, scalar, text } from "./schema/field";
import type { Infer } from "./schema/field";

const SEVERITIES = {
  off: "The rule is silent.",
  error: "A finding is an error.",
  warning: "A finding is a warning.",
  info: "A finding is a hint.",
} as const;

/** All of a `.mlops/policy.yaml`: what an organisation sets once for all its models. */
export const POLICY_FIELDS = object("What an organisation sets once for all its models.", {
  version: number("Version of this file format; always 1.", { min: 1, max: 1, integer: true }),
  extends: text("Another policy in this workspace, whose settings hold where this one has none.", "path", {
    example: "../platform/mlops-policy.yaml",
  }),
  rules: map(
    "How much a rule weighs, by its code or name, in place of what it weighs by itself.",
    either("How much the rule weighs.", [
      choice("How much the rule weighs in each stage.", SEVERITIES),
      map("How much the rule weighs (`severity`), and its options.", scalar("The severity or an option.")),
    ]),
    { example: "{COST03: off, RESP07: {severity: warning, inactive_days: 120}}" },
  ),
  stack: object("The tools that all models share.", {
    registry: text("Registry of models.", null, { example: "mlflow" }),
    pipeline: text("Tool that makes models.", null, { example: "dvc" }),
    python: text("Version of Python.", null, { example: '"3.11"' }),
    serving: text("Tool that serves models.", null, { example: "ray_serve" }),
  }),
  prices: object("What machines cost.", {
    currency: text("Currency, as three letters.", null, { example: "EUR" }),
    instances: map("Price an hour, by kind of machine.", number("Price an hour.", { min: 0 }), { example: "{gpu-a10: 1.30}" }),
  }),
  idle: object("When a graphics processor counts as idle.", {
    gpu_below: number("Use in percent below which it is idle.", { min: 0, max: 100 }),
    for: text("How long the use must stay below.", "duration", { example: "20m" }),
  }),
  effort: object("How much of a person's attention work by hand takes.", {
    minutes_per_action: number("Minutes for one training, deployment or check that a person starts; 20 where nothing else is said.", {
      min: 0,
    }),
  }),
  people: map("Who may sign in which role.", list("E-mail addresses.", text("E-mail address.", "email"), { single: true }), {
    example: "{compliance: [ines@example.org]}",
  }),
  pipelines: list(
    "Which pipeline files of other tools must name an owner and other facts.",
    object(
      "Some pipeline files and what they must name.",
      {
        files: text("Pattern of the files.", null, { example: '"**/dvc.yaml"' }),
        require: list("What each file must name.", text("A field, such as owner, purpose or personal_data."), { single: true }),
      },
      { short: "files" },
    ),
    { single: true },
  ),
});

/** A policy as it stands in its file. */
export type PolicyFile = Infer<typeof POLICY_FIELDS>;

export interface RulePolicy {
  /** Null where the rule's own weight holds. */
  readonly severity: Severity | "off" | null;
  /** What a rule calls its options, e.g. `inactive_days`. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

export interface PipelinePolicy {
  readonly files: string;
  readonly require: readonly string[];
}

/** A policy as rules need it, with defaults. */
export interface Policy {
  /** By code or name of the rule, as written. */
  readonly rules: ReadonlyMap<string, RulePolicy>;
  readonly stack: {
    readonly registry: string | null;
    readonly pipeline: string | null;
    readonly python: string | null;
    readonly serving: string | null;
  };
  readonly prices: {
    readonly currency: string | null;
    /** An hour, by kind of machine. */ readonly instances: ReadonlyMap<string, number>;
  };
  readonly idle: { /** Percent. */ readonly gpuBelow: number; /** A duration such as "20m". */ readonly for: string };
  readonly effort: { /** Of a person's attention, for one training, deployment or check by hand. */ readonly minutesPerAction: number };
  /** E-mail addresses by role. */
  readonly people: ReadonlyMap<string, readonly string[]>;
  /** The first pattern that fits a file counts. */
  readonly pipelines: readonly PipelinePolicy[];
}

/** What a pipeline file of another tool must name where no policy says so. */
export const DEFAULT_REQUIRE: readonly string[] = ["owner", "purpose", "personal_data"];

/** Where there is no policy. */
export const EMPTY_POLICY: Policy = toPolicy({});

/** Fills in the defaults; what is unreadable counts as not written. */
export function toPolicy(file: PolicyFile): Policy {
  return {
    rules: new Map(entries(file.rules).map(([rule, value]) => [rule, toRulePolicy(value)])),
    stack: {
      registry: file.stack?.registry ?? null,
      pipeline: file.stack?.pipeline ?? null,
      python: file.stack?.python ?? null,
      serving: file.stack?.serving ?? null,
    },
    prices: { currency: file.prices?.currency ?? null, instances: new Map(entries(file.prices?.instances)) },
    idle: { gpuBelow: file.idle?.gpu_below ?? 5, for: file.idle?.for ?? "20m" },
    effort: { minutesPerAction: file.effort?.minutes_per_action ?? 20 },
    people: new Map(entries(file.people).map(([role, people]) => [role, people.filter((one) => one !== undefined)])),
    pipelines: (file.pipelines ?? []).flatMap((one) =>
      one?.files === undefined
        ? []
        : [{ files: one.files, require: one.require?.filter((field) => field !== undefined) ?? DEFAULT_REQUIRE }],
    ),
  };
}

type WrittenRule = NonNullable<NonNullable<PolicyFile["rules"]>[string]>;

function toRulePolicy(value: WrittenRule): RulePolicy {
  if (typeof value === "string") {
    return { severity: value, options: {} };
  }
  const options = entries(value).filter(
    (entry): entry is [string, string | number | boolean] => entry[0] !== "severity" && entry[1] !== null,
  );
  return { severity: toSeverity(value["severity"]), options: Object.fromEntries(options) };
}

function toSeverity(word: unknown): Severity | "off" | null {
  return word === "off" || word === "error" || word === "warning" || word === "info" ? word : null;
}

/** The own part of a record without what is undefined, so that names such as `__proto__` do no harm. */
function entries<T>(record: Readonly<Record<string, T | undefined>> | undefined): [string, T][] {
  return Object.entries(record ?? {}).filter((entry): entry is [string, T] => entry[1] !== undefined);
}

/**
 * A policy over the one that it extends: its own settings win, key by key. Lists of people of a role are replaced, not joined, so that a
 * team can also shorten them; its own pipeline patterns come first, because the first that fits counts.
 */
export function mergePolicies(base: PolicyFile, own: PolicyFile): PolicyFile {
  const pipelines = [...(own.pipelines ?? []), ...(base.pipelines ?? [])];
  return {
    ...base,
    ...own,
    extends: own.extends,
    rules: { ...base.rules, ...defined(own.rules) },
    stack: { ...base.stack, ...defined(own.stack) },
    prices: {
      ...base.prices,
      ...defined(own.prices),
      instances: { ...base.prices?.instances, ...defined(own.prices?.instances) },
    },
    idle: { ...base.idle, ...defined(own.idle) },
    effort: { ...base.effort, ...defined(own.effort) },
    people: { ...base.people, ...defined(own.people) },
    pipelines,
  };
}

/** Without keys whose value is undefined, which would hide those of the base. */
function defined<T extends object>(block: T | undefined): Partial<T> {
  return Object.fromEntries(Object.entries(block ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}
