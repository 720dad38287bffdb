import * as vscode from "vscode";

let decimal: string | undefined;

/** A number or an amount as the core writes it, such as "0.93" or "12.40 EUR", with the decimal separator of the person's language. */
export function sayNumber(text: string): string {
  decimal ??= new Intl.NumberFormat(vscode.env.language).formatToParts(0.1).find(({ type }) => type === "decimal")?.value ?? ".";
  return text.replace(/(?<=\d)\.(?=\d)/, decimal);
}
