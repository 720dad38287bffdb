import type { ComplianceHost } from "../../src/protocol/compliance";

type ParamsOf<K extends keyof ComplianceHost> = Parameters<ComplianceHost[K]>[0];

/** What the page asks of its host. */
export interface ComplianceCalls {
  refresh(): Promise<unknown>;
  open(params: ParamsOf<"open">): Promise<unknown>;
  export(params: ParamsOf<"export">): Promise<unknown>;
  requestSignOff(params: ParamsOf<"requestSignOff">): Promise<unknown>;
}
