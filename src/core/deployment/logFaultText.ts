import type { ChainReading } from "../governance/hashChain";

/** Why the deployment log does not verify, a sentence. @param of whose log it is, where it does not stand beside. */
export function logFaultText({ line, why }: NonNullable<ChainReading<unknown>["fault"]>, of = ""): string {
  return `Line ${line} of the deployment log${of === "" ? "" : ` of ${of}`} does not verify: ${why}.`;
}
