import { AppError, toUserText } from "../../base/appError";
import type { CancelSignal } from "../../base/cancel";
import type { WorkspaceFiles } from "./lintPorts";

/** The text of a product's file that somebody asked for by name. @throws AppError `usage` where it cannot be read at all. */
export async function readConfigText(config: string, files: Pick<WorkspaceFiles, "readText">, signal: CancelSignal): Promise<string> {
  let text: string | null;
  try {
    text = await files.readText(config, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new AppError("usage", `${config} cannot be read: ${toUserText(error)}`, { cause: error });
  }
  if (text === null) {
    throw new AppError("usage", `There is no file ${config}.`, { remedy: "Name the mlops.yaml of a product." });
  }
  return text;
}
