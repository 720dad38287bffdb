import type { ConfigPath } from "../../config/configPath";
import type { Fix } from "../fix";
import { indexed } from "../indexed";
import type { LintFacts } from "../lintFacts";
import type { LintRule, RuleFinding } from "../lintRule";
import { isGiven } from "../isGiven";
import { safeSetFix, setFix, TODO } from "../setFix";

export const dataNotVersioned: LintRule = {
  meta: {
    code: "EFF04",
    name: "data-not-versioned",
    challenge: "effort",
    severity: { development: "info", staging: "warning", production: "warning" },
    summary: "Each set of data says which version of it is meant, and is that one.",
    why: "Files of data are overwritten. Only a hash, DVC or a version in a store proves what a model was trained and judged with, and lets a training be repeated on the same rows. A hash of other rows proves nothing, and hides that approvals were given for those.",
    article: null,
    suppressible: true,
    noFix: "The file is not tracked by DVC and could not be read for its hash; only you know its version.",
    appliesTo: "product",
  },
  check({ product, facts, config, stage }) {
    const data = indexed(product.data);
    if (data.length === 0) {
      const fixes = config.source.has(["data"]) ? [] : [setFix("Add a place to name the data", ["data"], [{ path: TODO, use: "train" }])];
      return [{ message: "No data is named; you cannot prove what the model was trained on.", at: ["data"], fixes }];
    }
    return data.flatMap(([index, { path, use, version }]): readonly RuleFinding[] => {
      const actual = use === "live" ? null : otherHash(facts, path, version?.sha256);
      if (actual !== null) {
        const at = ["data", index, "version", "sha256"];
        const message = `${path ?? ""} is another file than the one whose SHA-256 is written here; what was decided about that one says nothing of this one.`;
        return [
          {
            message,
            at,
            severity: stage === "development" ? "warning" : "error",
            fixes: [setFix(`Write the SHA-256 of ${path ?? ""} as it is now`, at, actual)],
          },
        ];
      }
      // Live data grows all the time, so it has no version.
      if (use === "live" || version?.dvc === true || isGiven(version?.sha256) || isGiven(version?.id)) {
        return [];
      }
      const at = ["data", index, "version"];
      const subject = isGiven(path) ? path : "Data";
      const proof = use === undefined || use === "train" ? "it was trained on" : "it was judged with";
      return [{ message: `${subject} is not versioned; you cannot prove what ${proof}.`, at, fixes: fixes(facts, path, at) }];
    });
  },
};

/** The hash of a file that is not the written one; null where it is, or where nobody can tell. */
function otherHash(facts: LintFacts, path: string | undefined, written: string | undefined): string | null {
  if (!isGiven(path) || !isGiven(written)) {
    return null;
  }
  const file = facts.path(path);
  const actual = file.known ? file.value.sha256 : null;
  return actual !== null && actual.toLowerCase() !== written.trim().toLowerCase() ? actual : null;
}

/** DVC first, because it also keeps the old versions. */
function fixes(facts: LintFacts, path: string | undefined, at: ConfigPath): readonly Fix[] {
  if (!isGiven(path)) {
    return [];
  }
  const tracked = facts.dvcTracked(path);
  if (tracked.known && tracked.value) {
    return [safeSetFix(`Mark ${path} as tracked by DVC`, at, { dvc: true })];
  }
  const file = facts.path(path);
  return file.known && file.value.sha256 !== null ? [safeSetFix(`Add the SHA-256 of ${path}`, at, { sha256: file.value.sha256 })] : [];
}
