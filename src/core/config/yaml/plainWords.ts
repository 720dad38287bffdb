/** What YAML 1.1 tools such as Python's read as yes or no, although YAML 1.2 keeps most of it as text. */
const YAML_1_1_YES_NO = /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF|true|True|TRUE|false|False|FALSE)$/;

/** Whether some tools read this unquoted word as yes or no. */
export function isYesNoWord(word: string): boolean {
  return YAML_1_1_YES_NO.test(word);
}

/** Whether `text` in place of `source` would lose something: "1.10" is the number 1.1, and 12e5 is 1200000. */
export function losesDigits(value: number, source: string): boolean {
  return String(value) !== source;
}

/** As YAML text in double quotes, which hold any character. */
export function quoteYaml(text: string): string {
  return JSON.stringify(text);
}
