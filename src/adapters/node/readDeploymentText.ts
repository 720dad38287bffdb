import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { Deployment } from "../../core/deployment/deployment";

const STATES = new Set<string>(["running", "succeeded", "failed", "rolled_back", "interrupted", "cancelled"]);

/** @param id of the folder it lies in. @throws AppError `file/unreadable` for a file that no deployment can be read from. */
export function readDeploymentText(text: string, id: string, path: string): Deployment {
  const damaged = (why: string): AppError => new AppError("file/unreadable", `The file ${oneLine(path)} is damaged: ${why}.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw damaged(error instanceof Error ? oneLine(error.message, 120) : "no JSON");
  }
  if (typeof value === "object" && value !== null && "schema" in value && value.schema !== 1) {
    throw new AppError("file/unreadable", `The file ${oneLine(path)} was written by a newer version.`);
  }
  const found = value as Partial<Deployment> | null;
  const texts = [found?.target, found?.type, found?.model, found?.version, found?.planHash, found?.product, found?.intent];
  const isWhole =
    found?.id === id &&
    texts.every((one) => typeof one === "string") &&
    typeof found.startedAt === "number" &&
    Array.isArray(found.steps) &&
    STATES.has(found.state ?? "");
  if (!isWhole) {
    throw damaged("it does not hold what a deployment needs");
  }
  return found as Deployment;
}
