import { AppError } from "../../core/base/appError";
import type { OptionValues } from "../command";

export interface DeployRequest {
  readonly intent: "deploy" | "rollback";
  readonly product: string;
  /** Null where the product has one only. */
  readonly target: string | null;
  /** Null for the file's own, or for the one before. */
  readonly version: string | null;
  readonly planOnly: boolean;
  readonly yes: boolean;
  readonly reason: string | null;
}

/** @throws AppError `usage` for a value that makes no sense, and for options that exclude each other. */
export function readDeployRequest(intent: DeployRequest["intent"], options: OptionValues): DeployRequest {
  const request: DeployRequest = {
    intent,
    product: options.args[0] ?? "",
    target: options.text("target") ?? null,
    version: readWord(options, intent === "deploy" ? "version" : "to"),
    planOnly: options.has("plan-only"),
    yes: options.has("yes"),
    reason: readWord(options, "reason"),
  };
  if (request.planOnly && request.yes) {
    throw new AppError("usage", "--plan-only and --yes exclude each other.", { remedy: "--plan-only changes nothing." });
  }
  return request;
}

function readWord(options: OptionValues, name: string): string | null {
  const text = options.text(name)?.trim() ?? null;
  if (text === "") {
    throw new AppError("usage", `--${name} is empty.`, { remedy: "Write a value, or leave it out." });
  }
  return text;
}
