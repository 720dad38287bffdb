import { requestSignOff } from "./requestSignOff";
import { verifyFolder } from "./verifyFolder";

/** What `mlops verify` and `request-sign-off` do, loaded when it is asked for. */
export const verifyPrograms = { verify: verifyFolder, requestSignOff };
