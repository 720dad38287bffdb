import { styleText } from "node:util";

import type { Verification } from "../../core/governance/verifyRecords";
import { printable } from "../printable";

/** What was found, for people: the first broken link first. */
export function verifyText(found: Verification, isColored: boolean): string {
  const paint = (color: "red" | "yellow" | "green", text: string): string =>
    isColored ? styleText(color, text, { validateStream: false }) : text;
  const { faults, unknown, notes } = found;
  const lines = [
    ...faults.flatMap(({ message, remedy }) => [`${paint("red", "broken")}   ${printable(message)}`, `         ${printable(remedy)}`]),
    ...unknown.map((sentence) => `${paint("yellow", "unknown")}  ${printable(sentence)}`),
    ...notes.map((sentence) => `note     ${printable(sentence)}`),
  ];
  return `${[...lines, ...(lines.length === 0 ? [] : [""]), summary(found, paint)].join("\n")}\n`;
}

function summary(found: Verification, paint: (color: "red" | "yellow" | "green", text: string) => string): string {
  const { result, products, sign_offs: signOffs, logs, lines, reports, faults } = found;
  const counted = `${countWord(products, "product")}, ${countWord(signOffs, "sign-off")}, ${countWord(logs, "log")} of ${countWord(lines, "line")}, ${countWord(reports, "report")}`;
  switch (result) {
    case "fine":
      return `${paint("green", "All is as it was written")}: ${counted}.`;
    case "broken":
      return `${paint("red", `${countWord(faults.length, "record")} ${faults.length === 1 ? "is" : "are"} not as written`)}: ${counted}.`;
    case "could_not_judge":
      return `${paint("yellow", "Not all could be judged")}: ${counted}.`;
  }
}

function countWord(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}
