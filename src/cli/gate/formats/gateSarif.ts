import type { GateCheck, GateDecision, GateEvidence, GateResult } from "../../../core/deployment/gate/gate";
import { isStop } from "./gateWords";

const LEVELS: Readonly<Record<GateDecision, string>> = { pass: "none", warn: "warning", block: "error", could_not_judge: "error" };
const BASE = "SRCROOT";

/** SARIF 2.1.0, as code scanners read it: a result for each check that does not pass, at the places that it names. */
export function gateSarif(result: GateResult, version: string): string {
  const told = result.checks.filter((check) => check.result !== "pass");
  const rules = [...new Set(told.map(ruleOf))].sort();
  const { checks: _, ...about } = result;
  const run = {
    tool: {
      driver: {
        name: "mlops-gate",
        fullName: "MLOps Workbench deployment gate",
        version,
        semanticVersion: version,
        rules: rules.map((id) => ({ id })),
      },
    },
    columnKind: "utf16CodeUnits",
    // Where the folder lies is not said, so that two machines write the same.
    originalUriBaseIds: { [BASE]: { description: { text: "The folder of the workspace." } } },
    properties: about,
    results: told.map((check) => toResult(check, result, rules)),
  };
  const head = '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[';
  return `${head}${JSON.stringify(run)}]}\n`;
}

/** `lint:COMP05#2` and `kpi:f1` are findings of the rules `lint` and `kpi`, of which there are few. */
function ruleOf({ id }: GateCheck): string {
  return `gate/${/^[a-z-]+/.exec(id)?.[0] ?? "check"}`;
}

function toResult(check: GateCheck, { config, exception }: GateResult, rules: readonly string[]): object {
  const { id, result, message, remedy, evidence } = check;
  const places = evidence.filter((one) => one.file !== null);
  const ruleId = ruleOf(check);
  return {
    ruleId,
    ruleIndex: rules.indexOf(ruleId),
    level: LEVELS[result],
    message: { text: remedy === null ? message : `${message} ${remedy}` },
    locations: (places.length === 0 ? [{ file: config }] : places).map(toLocation),
    partialFingerprints: { "mlopsGate/v1": id },
    properties: { check: id, result, evidence },
    ...(exception !== null && isStop(check)
      ? {
          suppressions: [
            {
              kind: "external",
              status: "accepted",
              justification: `Emergency exception by ${exception.by.join(" and ")} until ${exception.until}`,
            },
          ],
        }
      : {}),
  };
}

function toLocation({ file, line }: Pick<GateEvidence, "file" | "line">): object {
  const uri = (file ?? "").split("/").map(encodeURIComponent).join("/");
  return {
    physicalLocation: { artifactLocation: { uri, uriBaseId: BASE }, ...(line === undefined ? {} : { region: { startLine: line } }) },
  };
}
