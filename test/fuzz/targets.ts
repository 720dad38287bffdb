import { configTargets } from "./configTargets";
import type { FuzzTarget } from "./fuzzTarget";
import { messageTargets } from "./messageTargets";
import { recordTargets } from "./recordTargets";
import { serverTargets } from "./serverTargets";
import { storeTargets } from "./storeTargets";
import { tableTargets } from "./tableTargets";

/** Everything that reads bytes which somebody else wrote. `.mailmap` is not among it: git reads that. */
export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  ...configTargets,
  ...recordTargets,
  ...tableTargets,
  ...storeTargets,
  ...serverTargets,
  ...messageTargets,
];
