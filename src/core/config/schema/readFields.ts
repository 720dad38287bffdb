import { list, text } from "./field";

/** How a text file is read, where that cannot be found out, or is found out wrongly. Parquet files say it all themselves. */
export const READ_FIELDS = {
  separator: text("Character between two fields of a CSV file, or tab; found out where nothing is written.", "character", {
    example: '";"',
  }),
  encoding: text(
    "Encoding of text files, by the name that the web uses; UTF-8, or what the file's first bytes say, where nothing is written.",
    null,
    {
      example: "windows-1252",
    },
  ),
  missing: list("Texts that stand for a missing value, beside the empty field.", text("One such text."), {
    single: true,
    example: '[NA, "-"]',
  }),
} as const;
