import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../../scripts/node.mjs";
import { documentTemplate } from "../../src/core/lint/documentTemplates";
import { LintFolder } from "./lintFolder";

const COMPLETE = readFileSync(join(root, "test/fixtures/lint/complete.yaml"), "utf8");

/** Written by people, not left as it was made. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  "docs/a4-1.md":
    "# General description\n\n## Interaction with other systems\n\nIt reads the ATS.\n\n## Hardware\n\nAny machine with 4 GB.\n\n## User interface\n\nA list of ten names.\n",
  "docs/a4-2.md":
    "# Development\n\n## Design logic, choices and trade-offs\n\nA ranking by likely fit.\n\n## Architecture and computing power\n\nOne GPU for two hours.\n\n## Changes planned in advance\n\nA retraining every six months.\n",
  "docs/a4-3.md": "# Monitoring\n\nWeekly checks; limits are told to recruiters.\n",
  "docs/a4-4.md": "# Metrics\n\nRecruiters read the first ten.\n",
  "docs/a4-7.md": "# Standards\n\nISO/IEC 25012 for data.\n",
  "docs/ifu.md": "# Instructions for use\n\nRead the first ten and decide yourself.\n",
  "docs/stop.md": "# Stop\n\nSet the flag ranking.off.\n",
  "docs/oversight-training.md": "# Training\n\nTwo hours with examples.\n",
  "docs/dpia.md": "# DPIA\n\nDescription, necessity, risks, measures.\n",
  "docs/base-model.md": "# Base model\n\nSee the provider's documents.\n",
  "docs/on-call.md": "# On call\n\nEverybody in turn.\n",
  "docs/rollback.md": "# Way back\n\nMove the alias.\n",
  "docs/incident.md": "# Incidents\n\nCall first.\n",
  "docs/erasure.md": "# Erasure\n\nDelete and retrain.\n",
  "docs/privacy-notice.md": "# Notice\n\nWe rank applications.\n",
  "docs/notice.md": "# Notice\n\nA model takes part.\n",
  "docs/qms.md": "# Quality\n\nAs in the handbook.\n",
  "CHANGELOG.md": "# Changes\n\n- 14: new labels.\n",
  "dvc.yaml": "stages: {train: {cmd: python train.py, deps: [data/train.parquet], outs: [model]}}\n",
  "requirements.lock": "scikit-learn==1.7.0\n",
  "reports/eval.json":
    '{"model_version": "14", "commit": "3f2c1ab", "date": "2026-11-10", "ndcg_10": 0.671, "selection_rate_ratio": {"by": {"sex": {"f": 0.93, "m": 1.0}}}}\n',
  "reports/bias.html": "<p>none</p>\n",
  "reports/data-quality.json": "{}\n",
  "reports/robustness.json": "{}\n",
  "contracts/cloud-x.pdf": "%PDF-1.4\n",
  "data/train.parquet.dvc": "outs: [{md5: aaaa, path: train.parquet}]\n",
};

/** The complete, high-risk product of the design with all its documents, in a repository. */
export function complianceFolder(config = COMPLETE): LintFolder {
  const folder = new LintFolder().write({ "mlops.yaml": config, ...DOCUMENTS });
  folder.git("init", "-q", "-b", "main");
  folder.git("add", ".");
  commitOn(folder, "2026-11-12T10:00:00Z", "Describe the model");
  return folder;
}

/** @param when RFC 3339: the commit's day, so that the same files have the same history each time. */
export function commitOn(folder: LintFolder, when: string, message: string, author = "Ana Ruiz <ana@example.org>"): string {
  const [, name = "", email = ""] = /^(.*) <(.*)>$/.exec(author) ?? [];
  folder.git("-c", `user.name=${name}`, "-c", `user.email=${email}`, "commit", "-q", "-m", message, `--date=${when}`, `--author=${author}`);
  return folder.git("rev-parse", "HEAD").trim();
}

/** A document as a quick fix makes it: headings and places for answers. */
export const UNFILLED = documentTemplate("General description", ["Interaction with other systems", "Hardware", "User interface"]);

/** A sign-off as a person leaves it, of the launch by Mia unless something else is said. */
export function signOffText(commit: string, more: Readonly<Record<string, unknown>> = {}): string {
  return `${JSON.stringify({
    subject: "launch",
    who: { name: "Mia Berg", email: "mia@example.org", role: "requirements" },
    when: "2026-11-13T09:00:00Z",
    commit,
    model: {
      name: "applicant-ranking",
      version: "14",
      digest: "sha256:7d865e959b2466918c9863afca942d0fb89d7c9ac0c99bafc3749504ded97730",
    },
    config_sha256: "0".repeat(64),
    decision: "approve",
    statement: "I read the test report and the risks, and I want this released.",
    expires: "2027-05-13",
    ...more,
  })}\n`;
}
