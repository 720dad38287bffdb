import type { DriftHost } from "../../src/protocol/drift";

/** The host as the page calls it. */
export type DriftCalls = {
  readonly [K in Exclude<keyof DriftHost, "connect">]: (params: Parameters<DriftHost[K]>[0]) => Promise<ReturnType<DriftHost[K]>>;
};
