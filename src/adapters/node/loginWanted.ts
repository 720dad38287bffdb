import { isAppError } from "../../core/base/appError";
import type { EngineFacts } from "../../core/training/trainingEngine";

/** The part of an engine's facts that asks for a login, where an error says that the server accepted none. @param address may throw. */
export function loginWanted(error: unknown, address: () => string): Pick<EngineFacts, "loginAt"> {
  return isAppError(error, "store/unauthorized") || isAppError(error, "store/forbidden") ? { loginAt: address() } : {};
}
