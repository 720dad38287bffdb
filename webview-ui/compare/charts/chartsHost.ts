import type { CompareHost } from "../../../src/protocol/compare";
import type { RpcPeer } from "../../../src/protocol/rpc";

/** What the charts need of the connection to the host. */
export type ChartsHost = Pick<RpcPeer<object, CompareHost>, "call">;
