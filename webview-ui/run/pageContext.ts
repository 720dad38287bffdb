import type { RunPageHost, RunPageIntent, RunPageView } from "../../src/protocol/runPage";
import type { RpcPeer } from "../../src/protocol/rpc";
import type { CurveLoader } from "./curveLoader";
import type { OnScreen } from "./onScreen";

/** What the parts of the page share. */
export interface PageContext {
  readonly host: RpcPeer<RunPageView, RunPageHost>;
  readonly curves: CurveLoader;
  readonly onScreen: OnScreen;
  /** Asks the host to do something; a failure is shown on the page. */
  act(intent: RunPageIntent): void;
}
