import { FILE_HEADERS_ONLY, createTwoFilesPatch } from "diff";

/** What a fix would change, as `git apply` and `patch -p1` read it. */
export function unifiedDiff(file: string, before: string, after: string): string {
  // The empty header puts a tab behind a name, without which a name with a blank ends at the blank.
  const header = file.includes(" ") ? "" : undefined;
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, header, header, { context: 3, headerOptions: FILE_HEADERS_ONLY });
}
