import type { DeployForm } from "../../src/protocol/deploy";

/** What the page asks of its host. */
export interface DeployCalls {
  setForm(params: { readonly form: DeployForm }): Promise<void>;
  replan(): Promise<void>;
  cancelPlanning(): Promise<void>;
  start(params: { readonly hash: string; readonly confirmation: string }): Promise<void>;
  cancel(): Promise<void>;
  rollBack(): Promise<void>;
  again(): Promise<void>;
  openEvidence(params: { readonly file: string; readonly line: number | null }): Promise<void>;
  openConfig(): Promise<void>;
  requestSignOff(): Promise<void>;
  openCompliance(): Promise<void>;
  exportPlan(params: { readonly hash: string; readonly to: "file" | "clipboard" }): Promise<void>;
}
