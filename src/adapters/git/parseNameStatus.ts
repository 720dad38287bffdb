import type { ChangedFile } from "../../core/tracking/gitHistory";

/** Reads `git diff --name-status -z`: a status, then one path, or two for a rename or a copy, each ended by NUL. */
export function parseNameStatus(output: string): readonly ChangedFile[] {
  const fields = output.split("\0");
  const files: ChangedFile[] = [];
  for (let index = 0; index + 1 < fields.length;) {
    const status = fields[index++] ?? "";
    const path = fields[index++] ?? "";
    switch (status.charAt(0)) {
      case "A":
        files.push({ before: null, after: path });
        break;
      case "D":
        files.push({ before: path, after: null });
        break;
      case "R":
        files.push({ before: path, after: fields[index++] ?? path });
        break;
      case "C":
        files.push({ before: null, after: fields[index++] ?? path });
        break;
      default:
        // Modified, or its type changed.
        files.push({ before: path, after: path });
    }
  }
  return files;
}
