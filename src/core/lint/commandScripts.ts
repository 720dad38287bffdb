/** Files whose change makes another model. A script of a shell is left out: what it starts is not known from its name. */
const CODE = /\.(?:py|ipynb|r|rmd|jl|scala|sql)$/i;

/**
 * The names of the scripts that a command runs, without their folders, because each tool counts paths from another one.
 * @returns null where it cannot be told, such as for `make train` or a name that is filled in later.
 */
export function commandScripts(command: string): readonly string[] | null {
  const words = command.split(/[\s'"`;&|()]+/).filter((word) => word !== "");
  const names = words.flatMap((word, index) => {
    if (words[index - 1] === "-m" && /^[A-Za-z_][\w.]*$/.test(word)) {
      return [`${word.split(".").at(-1) ?? word}.py`];
    }
    return CODE.test(word) && !/[${}*<>]/.test(word) ? [word.replaceAll("\\", "/").split("/").at(-1) ?? word] : [];
  });
  return names.length === 0 || /\.(?:sh|bash|ps1)\b/.test(command) ? null : [...new Set(names)];
}
