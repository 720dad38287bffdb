import type { RetrainForm, RetrainRunRef } from "../../src/protocol/retrain";

/** What the page asks of its host. */
export interface RetrainCalls {
  setForm(params: { readonly form: RetrainForm }): Promise<void>;
  replan(): Promise<void>;
  cancelPlanning(): Promise<void>;
  start(params: { readonly hash: string }): Promise<void>;
  exportPlan(params: { readonly hash: string; readonly to: "file" | "clipboard" }): Promise<void>;
  openRun(params: Pick<RetrainRunRef, "storeId" | "runId">): Promise<void>;
  openConfig(): Promise<void>;
  setLogin(): Promise<void>;
  cancelJob(): Promise<void>;
  openLog(): Promise<void>;
  openPlan(): Promise<void>;
  again(): Promise<void>;
  compare(params: { readonly with: "champion" | "previous" }): Promise<void>;
  openWeb(): Promise<void>;
}
