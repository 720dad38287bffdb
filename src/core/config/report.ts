import type { TextRange } from "../base/textEdit";
import type { ConfigProblem } from "./configFile";
import type { ConfigNode } from "./yaml/configNode";

/** Tells a problem with a node. */
export type Report = (node: ConfigNode, message: string, fixes: ConfigProblem["fixes"], range?: TextRange) => void;
