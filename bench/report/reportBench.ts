import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { openReport, sha256Of } from "../../src/cli/report/openReport";
import { openMonitoredFiles } from "../../src/cli/monitor/openMonitoring";
import { toCompliancePage } from "../../src/core/governance/page/toCompliancePage";
import { gatherReport } from "../../src/core/governance/report/gatherReport";
import { writeReport } from "../../src/core/governance/report/writeReport";
import { complianceFolder } from "../../test/builders/complianceFolder";
import { type Figure, median } from "../figures";

const TODAY = "2026-11-30";
const ROUNDS = 5;
const never = new AbortController().signal;
const stores = { open: () => Promise.reject(new Error("There is no store here.")) };
const sink = { write: () => Promise.resolve(), isTerminal: false, columns: undefined };

/** Reports over many complete, high-risk models of one repository, and what the compliance page of one needs, each time looked up anew. */
export async function reportBench(folder: string, count: number): Promise<readonly Figure[]> {
  const one = complianceFolder();
  const configs = Array.from({ length: count }, (_, index) => `model-${index}/mlops.yaml`);
  for (const config of configs) {
    const place = join(folder, config, "..");
    mkdirSync(place, { recursive: true });
    cpSync(one.path, place, { recursive: true, filter: (source) => !source.includes(`${one.path}/.git`) });
    writeFileSync(join(folder, config), one.read("mlops.yaml").replaceAll("applicant-ranking", config.slice(0, config.indexOf("/"))));
  }
  one.dispose();
  const git = (...args: readonly string[]): void =>
    void execFileSync("git", ["-c", "user.name=a", "-c", "user.email=a@example.org", ...args], { cwd: folder });
  git("init", "-q");
  git("add", ".");
  git("commit", "-q", "-m", "Models");
  const host = { env: {}, cwd: folder, signal: never, now: () => Date.parse(`${TODAY}T12:00:00Z`), stdout: sink, stderr: sink };
  const open = (): ReturnType<typeof openReport> => openReport(folder, openMonitoredFiles()(folder), { host, stores, version: "1.0.0" });
  const hashes = new Set<string>();
  const all: number[] = [];
  const pages: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const opened = open();
    const { ports } = opened;
    const start = performance.now();
    let texts = "";
    for (const config of configs) {
      const facts = await gatherReport({ config, version: null, today: TODAY }, ports, never);
      texts += writeReport(facts, { format: "html", audience: "internal", itemsCheckedOn: ports.items.checkedOn, sha256: sha256Of });
    }
    all.push(performance.now() - start);
    hashes.add(sha256Of(texts));
    // As the page does when it is opened again: git is known, files are as they were.
    const begin = performance.now();
    toCompliancePage(await gatherReport({ config: configs[0] ?? "", version: null, today: TODAY }, ports, never));
    pages.push(performance.now() - begin);
    opened.dispose();
  }
  return [
    { name: "complete, high-risk models", value: count, unit: "" },
    { name: "different bytes in the rounds", value: hashes.size - 1, unit: "", target: { below: 1 } },
    { name: `HTML report of each, everything looked up anew, median of ${ROUNDS}`, value: median(all) / 1000, unit: "s" },
    { name: "what the page of one shows, git known", value: median(pages) / 1000, unit: "s", target: { below: 0.3 } },
  ];
}
