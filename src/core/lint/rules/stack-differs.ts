import type { ConfigPath } from "../../config/configPath";
import { plainPath } from "../dataPaths";
import type { Fix } from "../fix";
import type { LintContext, LintRule, RuleFinding } from "../lintRule";
import { setFix } from "../setFix";

export const stackDiffers: LintRule = {
  meta: {
    code: "STACK01",
    name: "stack-differs",
    challenge: "effort",
    severity: { development: "off", staging: "warning", production: "warning" },
    summary: "The model uses the tools that the policy names for all models.",
    why: "Each tool more has to be learned, run and kept safe. With one stack for all, whoever knows one model can help with another.",
    article: null,
    suppressible: true,
    noFix: "The tool stands in another file; change it there, or ask for an exception.",
    appliesTo: "product",
  },
  check: (context) => [...registry(context), ...pipeline(context), ...serving(context)],
};

function registry({ product, policy }: LintContext): readonly RuleFinding[] {
  const used = product.model?.registry;
  const { registry: wanted } = policy.stack;
  const at = ["model", "registry"];
  return used === undefined || wanted === null || isSame(used, wanted)
    ? []
    : [differs("registry", used, wanted, at, [setFix(`Use ${wanted}`, at, wanted)])];
}

/** Why there is no fix, or the place where a person makes the change. */
type Elsewhere = Pick<RuleFinding, "noFix" | "related">;

/** The tool of the linked file; where that is not known, what starts the training. */
function pipeline({ product, policy, facts }: LintContext): readonly RuleFinding[] {
  const path = plainPath(product.pipeline ?? "");
  const linked = facts.pipelines.known ? facts.pipelines.value.find((one) => plainPath(one.path) === path) : undefined;
  const used = linked?.tool ?? (product.train?.engine === "local" ? undefined : product.train?.engine);
  const at: ConfigPath = linked === undefined ? ["train", "engine"] : ["pipeline"];
  const other: Elsewhere =
    linked === undefined
      ? { noFix: "Another engine needs fields of its own; write them by hand, or ask for an exception." }
      : { related: [{ path: linked.path, line: null, message: `This is a file of ${linked.tool}.`, isGenerated: false }] };
  const { pipeline: wanted, python } = policy.stack;
  return [
    ...(used === undefined || wanted === null || isSame(used, wanted)
      ? []
      : [{ ...differs("pipeline tool", used, wanted, at, []), ...other }]),
    ...(linked?.python == null || python === null || isSameVersion(linked.python, python)
      ? []
      : [{ ...differs("version of Python", linked.python, python, ["pipeline"], []), ...other }]),
  ];
}

function serving({ product, policy }: LintContext): readonly RuleFinding[] {
  const { serving: wanted } = policy.stack;
  return Object.entries(product.deploy?.targets ?? {}).flatMap(([name, target]) => {
    const used = target?.type;
    // An alias in the registry serves nothing by itself.
    return used === undefined || used === "mlflow_alias" || wanted === null || isSame(used, wanted)
      ? []
      : [
          {
            ...differs("way of serving", used, wanted, ["deploy", "targets", name, "type"], []),
            noFix: "A target of another kind has other fields; write it by hand, or ask for an exception.",
          },
        ];
  });
}

function differs(what: string, used: string, wanted: string, at: ConfigPath, fixes: readonly Fix[]): RuleFinding {
  return { message: `The ${what} is ${used}; the stack of the policy has ${wanted}.`, at, fixes };
}

/** Names of tools are written in many ways: "GitHub Actions", "github_actions". */
function isSame(left: string, right: string): boolean {
  const plain = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, "");
  return plain(left) === plain(right);
}

/** "3.11" covers "3.11.4", "==3.11.*" and ">=3.11" say the same in other words. */
function isSameVersion(used: string, wanted: string): boolean {
  const plain = (version: string): string => version.replace(/[^\d.]/g, "").replace(/\.+$/, "");
  const [one, other] = [plain(used), plain(wanted)];
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}
