import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect, it } from "vitest";

import { root } from "../../scripts/node.mjs";
import { readEvaluationFigures } from "../../src/core/deployment/gate/evaluationFigures";
import { modelCard } from "../../src/core/governance/exports/modelCard";
import { reportFacts } from "../builders/reportFacts";

/** What Hugging Face's own library makes of a card; it refuses front matter that the hub would not take. */
const READ = `
import json, sys
from huggingface_hub import ModelCard
card = ModelCard(sys.stdin.read(), ignore_metadata_errors=False)
data = card.data
print(json.dumps({
    "model_name": data.model_name,
    "license": data.license,
    "base_model": data.base_model,
    "results": [[one.dataset_name, one.metric_type, one.metric_name, one.metric_value] for one in (data.eval_results or [])],
    "again": ModelCard(str(card), ignore_metadata_errors=False).data.to_dict() == data.to_dict(),
    "text": card.text.strip()[:40],
}))
`;

interface Read {
  readonly model_name: string | null;
  readonly license: string | null;
  readonly base_model: string | null;
  readonly results: readonly (readonly [dataset: string, type: string, name: string, value: number])[];
  readonly again: boolean;
  readonly text: string;
}

function readByHuggingFace(card: string): Read {
  const venv = process.env["MLOPS_VENV_DRIFT"];
  if (venv === undefined) {
    throw new Error('MLOPS_VENV_DRIFT is not set: run the live tests with "npm run test:live".');
  }
  const env = { ...process.env, HF_HUB_OFFLINE: "1", HF_HUB_DISABLE_TELEMETRY: "1" };
  return JSON.parse(execFileSync(join(venv, "bin", "python"), ["-c", READ], { input: card, encoding: "utf8", env })) as Read;
}

const COMPLETE = readFileSync(join(root, "test/fixtures/lint/complete.yaml"), "utf8");

it.each(["internal", "external"] as const)("a model card is what Hugging Face's library takes, with its figures (%s)", (audience) => {
  const figures = readEvaluationFigures('{"ndcg_10": 0.671, "selection_rate_ratio": {"by": {"sex": {"f": 0.93}}}}', "json");
  const facts = reportFacts(COMPLETE, { evaluation: { file: "reports/eval.json", problem: null, figures } });
  const read = readByHuggingFace(modelCard(facts, audience));
  expect(read).toMatchObject({ license: "other", base_model: "xlm-roberta-base", again: true });
  expect(read.results.map(([, type, , value]) => [type, value])).toEqual([
    ["ndcg-10", 0.671],
    ["selection-rate-ratio", 0.93],
  ]);
  expect(read.text).not.toBe("");
});

it("a card of a file that says hardly anything is taken, too", () => {
  expect(readByHuggingFace(modelCard(reportFacts("name: bare\n"), "internal")).results).toEqual([]);
});
