/** Keys and list indexes from the root of a file to a value, e.g. `["data", 0, "version"]`. */
export type ConfigPath = readonly (string | number)[];

/** As people write it: `data[0].version`. */
export function pathText(path: ConfigPath): string {
  return path.reduce<string>((text, part) => (typeof part === "number" ? `${text}[${part}]` : text === "" ? part : `${text}.${part}`), "");
}
