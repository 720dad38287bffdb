import { couldNotCheck } from "../couldNotCheck";
import type { CouldNotCheck, LintContext, LintRule, RuleFinding } from "../lintRule";
import { isGiven } from "../isGiven";
import { safeSetFix, setFix, TODO } from "../setFix";

const ENVIRONMENT = ["train", "environment"] as const;
const DIGEST = ["model", "digest"] as const;

export const notPinned: LintRule = {
  meta: {
    code: "EFF03",
    name: "not-pinned",
    challenge: "effort",
    severity: { development: "info", staging: "warning", production: "error" },
    summary: "A lock file pins the environment, and a digest pins the model.",
    why: "Packages change between two trainings, and a model's name can be given to other files. With a lock file a training can be repeated, and with a digest anybody can check that the model in use is the one that was approved.",
    article: null,
    suppressible: true,
    noFix: "The registry does not say the model's digest; take it from the model's files.",
    appliesTo: "product",
  },
  check: (context) => [...environment(context), ...digest(context)],
};

function environment({ config, product, facts }: LintContext): readonly (RuleFinding | CouldNotCheck)[] {
  const file = product.train?.environment;
  const fact = isGiven(file) ? facts.path(file) : null;
  if (fact?.known === false) {
    return [couldNotCheck(`whether the lock file "${file ?? ""}" exists`, fact.why)];
  }
  if (fact?.value.kind === "file" || fact?.value.kind === "folder") {
    return [];
  }
  const locks = facts.lockFiles.known ? facts.lockFiles.value : [];
  const make = locks.length === 1 ? safeSetFix : setFix;
  const links = locks.map((path) => make(`Link the lock file ${path}`, ENVIRONMENT, path));
  const place = config.source.has(ENVIRONMENT) ? [] : [setFix("Add a place to link the lock file", ENVIRONMENT, TODO)];
  return [
    {
      message: isGiven(file)
        ? `The lock file "${file}" does not exist, so the environment is not pinned; results may not repeat.`
        : "The environment is not pinned by a lock file; results may not repeat.",
      at: ENVIRONMENT,
      fixes: links.length > 0 ? links : place,
    },
  ];
}

function digest({ config, product, facts, stage }: LintContext): readonly RuleFinding[] {
  // While nothing has been registered there is nothing to pin.
  if (isGiven(product.model?.digest) || (stage === "development" && product.model === undefined)) {
    return [];
  }
  const version = product.model?.version;
  const known = facts.registryVersions.known ? facts.registryVersions.value.find((one) => one.version === version)?.digest : null;
  const place = config.source.has(DIGEST) ? [] : [setFix("Add a place for the model's digest", DIGEST, TODO)];
  return [
    {
      message: `${version === undefined ? "The model" : `Version ${version} of the model`} is not pinned by a digest; another one may take its place.`,
      at: DIGEST,
      fixes: isGiven(known) ? [safeSetFix(`Take the digest of version ${version ?? ""} from the registry`, DIGEST, known)] : place,
    },
  ];
}
