import { AppError } from "../core/base/appError";
import type { Experiment } from "../core/tracking/experiment";
import { didYouMean } from "./closestWord";
import { printable } from "./printable";

/**
 * The experiments whose runs are asked for: all, or the one with that name, else with that id.
 * @throws AppError `usage` for a name that none has or that several have, and for a deleted experiment without --deleted.
 */
export function chooseExperiments(
  experiments: readonly Experiment[],
  wanted: string | undefined,
  withDeleted: boolean,
): readonly Experiment[] {
  const visible = experiments.filter(({ lifecycleStage }) => withDeleted || lifecycleStage === "active");
  if (wanted === undefined) {
    return visible;
  }
  const shown = `"${printable(wanted.slice(0, 200))}"`;
  const matches = (list: readonly Experiment[]): readonly Experiment[] => {
    const named = list.filter(({ name }) => name === wanted);
    return named.length > 0 ? named : list.filter(({ experimentId }) => experimentId === wanted);
  };
  const found = matches(visible);
  if (found.length > 1) {
    throw new AppError("usage", `${found.length} experiments are named ${shown}.`, {
      remedy: `Give the id of one: ${found.map(({ experimentId }) => experimentId).join(", ")}.`,
    });
  }
  if (found.length === 1) {
    return found;
  }
  if (matches(experiments).length > 0) {
    throw new AppError("usage", `The experiment ${shown} is deleted.`, { remedy: "Add --deleted to list its runs." });
  }
  throw new AppError(
    "usage",
    `There is no experiment with the name or id ${shown}.${didYouMean(
      wanted,
      visible.map(({ name }) => printable(name)),
    )}`,
    {
      remedy: "Run mlops experiments to see them all.",
    },
  );
}
