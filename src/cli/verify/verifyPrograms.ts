import { verifyFolder } from "./verifyFolder";

/** What `mlops verify` does, loaded when it is asked for. */
export const verifyPrograms = { verify: verifyFolder };
