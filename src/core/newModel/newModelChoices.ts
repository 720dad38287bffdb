import { sayDate } from "../config/dates";
import type { OwnerCandidate } from "../lint/lintFacts";
import type { Choice, NewModelFacts } from "./newModelQuestion";

/** More would only be scrolled through; what is typed narrows them down. */
const MOST_FILES = 200;
const DATA =
  /\.(?:parquet|csv|tsv|jsonl?|ndjson|arrow|feather|avro|orc|npz|npy|h5|hdf5|tfrecord|xlsx)(?:\.gz)?$|(?:^|\/)data\/[^/]+\.dvc$/i;

export const LATER: Choice = {
  value: null,
  label: "Decide later",
  detail: "A place to fill in is written, and lint reminds of it.",
};

export function peopleChoices(people: readonly OwnerCandidate[]): readonly Choice[] {
  const known = people.flatMap(({ email, name, source, commits, lastCommit }): readonly Choice[] => {
    if (email === null) {
      return [];
    }
    const active = lastCommit === null ? [] : [`${commits} ${commits === 1 ? "commit" : "commits"}, the last on ${sayDate(lastCommit)}`];
    const description = [...(source === "codeowners" ? ["CODEOWNERS"] : []), ...active].join(" · ");
    return [{ value: email, label: name === null ? email : `${name} <${email}>`, ...(description === "" ? {} : { description }) }];
  });
  return [...known, LATER];
}

export function pipelineChoices(pipelines: NewModelFacts["pipelines"]): readonly Choice[] {
  const none: Choice = { value: null, label: "None yet", detail: "A place to fill in is written, and lint reminds of it." };
  return [...pipelines.map(({ path, tool }) => ({ value: path, label: path, description: tool })), none];
}

/** Files that hold data by their name. */
export function dataChoices(files: readonly string[]): readonly Choice[] {
  const data = files.filter((path) => DATA.test(path) && !/(?:^|\/)(?:package(?:-lock)?|tsconfig|[^/]*\.schema)\.json$/.test(path));
  return [...data.slice(0, MOST_FILES).map((path) => ({ value: path.replace(/\.dvc$/, ""), label: path.replace(/\.dvc$/, "") })), LATER];
}
