import { AppError } from "../../core/base/appError";
import type { CostDimension } from "../../core/cost/costReport";
import type { OptionValues } from "../command";
import { localDay } from "../localDay";
import { readToday } from "../monitor/monitorOptions";
import { printable } from "../printable";

const DIMENSIONS: readonly CostDimension[] = ["product", "model", "experiment", "person"];

export interface CostRequest {
  readonly format: "text" | "json" | "markdown";
  readonly by: CostDimension;
  readonly waste: boolean;
  /** YYYY-MM; null where none was asked for. */
  readonly month: string | null;
  readonly thisMonth: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** @throws AppError `usage` for a value that makes no sense. */
export function readCostRequest(options: OptionValues, clock: number): CostRequest {
  const [json, markdown] = [options.has("json"), options.has("markdown")];
  if (json && markdown) {
    throw new AppError("usage", "The formats json and markdown exclude each other.", { remedy: "Choose one." });
  }
  const by = options.text("by") ?? "product";
  const dimension = DIMENSIONS.find((one) => one === by);
  if (dimension === undefined) {
    throw new AppError("usage", `--by does not take "${printable(by.slice(0, 100))}".`, { remedy: `Write ${DIMENSIONS.join(", ")}.` });
  }
  const month = options.text("month") ?? null;
  if (month !== null && !/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) {
    throw new AppError("usage", "--month takes a month as YYYY-MM.", { remedy: "For example --month 2026-11." });
  }
  const now = readToday(options.text("today")) ?? clock;
  return {
    ...{ by: dimension, month, now, waste: options.has("waste"), thisMonth: localDay(now).slice(0, 7) },
    format: json ? "json" : markdown ? "markdown" : "text",
  };
}
