import { basename } from "node:path";

import * as v from "valibot";

import type { ChainReading } from "../../core/governance/hashChain";
import { readChainedLog } from "./chainedLog";
import { DEPLOYMENT_ENTRY, GATE_ENTRY, misfit } from "./recordSchemas";

const SCHEMAS: ReadonlyMap<string, v.GenericSchema> = new Map<string, v.GenericSchema>([
  ["deployments.jsonl", DEPLOYMENT_ENTRY],
  ["gate-log.jsonl", GATE_ENTRY],
]);

/**
 * Reads a log of deployments or of decisions of the gate. Anybody can make a chain whose hashes fit, so that what its lines hold is checked as well: the
 * first that does not fit is the fault.
 * @param path absolute. @returns an empty log where there is no file.
 */
export async function readRecordLog<T>(path: string): Promise<ChainReading<T>> {
  const reading = await readChainedLog<T>(path);
  const schema = SCHEMAS.get(basename(path)) ?? v.unknown();
  for (const [index, { line, entry }] of reading.lines.entries()) {
    const found = v.safeParse(schema, entry);
    if (!found.success) {
      return { lines: reading.lines.slice(0, index), fault: { line, why: misfit(found.issues) }, unfinished: null };
    }
  }
  return reading;
}
