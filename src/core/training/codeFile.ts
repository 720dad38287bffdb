const CODE = /\.(?:py|ipynb|r|jl|sh|sql|[cm]?[jt]s)$/i;

/** Whether a file counts as code where nobody says which do. */
export function isCodeFile(path: string): boolean {
  return CODE.test(path);
}
