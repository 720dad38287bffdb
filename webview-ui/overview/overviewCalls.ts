import type { OverviewHost } from "../../src/protocol/overview";

type ParamsOf<K extends keyof OverviewHost> = Parameters<OverviewHost[K]>[0];

/** What the page asks of its host. */
export interface OverviewCalls {
  refresh(): Promise<unknown>;
  cancel(): Promise<unknown>;
  act(params: ParamsOf<"act">): Promise<unknown>;
  openFile(params: ParamsOf<"openFile">): Promise<unknown>;
  openRun(params: ParamsOf<"openRun">): Promise<unknown>;
  newModel(): Promise<unknown>;
  openPolicy(): Promise<unknown>;
  copyText(params: ParamsOf<"copyText">): Promise<unknown>;
}
