import { describe, expect, it } from "vitest";

import { ALL_RULES, PIPELINE_RULES } from "../../../src/core/lint/allRules";
import { couldNotCheckMeta } from "../../../src/core/lint/couldNotCheckMeta";
import type { RuleMeta } from "../../../src/core/lint/ruleMeta";
import { readManifest } from "../../architecture/project";

describe("the setting of rules", () => {
  it("proposes each rule by its name and its code, and nothing else", () => {
    const setting = readManifest().contributes.configuration.properties["mlops.lint.rules"] as {
      readonly propertyNames: { readonly enum: readonly string[] };
    };
    const metas: readonly RuleMeta[] = [...[...ALL_RULES, ...PIPELINE_RULES].map(({ meta }) => meta), couldNotCheckMeta];
    expect(setting.propertyNames.enum.toSorted()).toEqual(metas.flatMap(({ code, name }) => [code, name]).toSorted());
  });
});
