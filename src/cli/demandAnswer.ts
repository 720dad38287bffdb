import { AppError } from "../core/base/appError";
import type { CliHost } from "./cliHost";

/** @throws AppError `usage` where a plan would have to be confirmed, and nobody can be asked. */
export function demandAnswer(
  { yes, planOnly }: { readonly yes: boolean; readonly planOnly: boolean },
  { ask }: Pick<CliHost, "ask">,
): void {
  if (!yes && !planOnly && ask === undefined) {
    throw new AppError("usage", "Nobody sits at a terminal who could say yes to the plan.", {
      remedy: "Give --yes to carry it out, or --plan-only to see it.",
    });
  }
}
