import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { WorkspaceFiles } from "../../core/lint/workspace/lintPorts";
import { findProducts, type FoundProduct } from "../monitor/findProducts";
import { printable } from "../printable";

/** The product that a word means. @throws AppError `usage` where it means none, or a folder with several. */
export async function findOneProduct(
  word: string,
  cwd: string,
  openFiles: (root: string) => WorkspaceFiles,
  signal: CancelSignal,
): Promise<{ readonly root: string; readonly product: FoundProduct }> {
  const scopes = await findProducts({ args: [word], all: false, cwd }, openFiles, signal);
  const found = scopes.flatMap(({ root, products }) => products.map((product) => ({ root, product })));
  const [first] = found;
  const shown = printable(word.slice(0, 200));
  if (first === undefined) {
    throw new AppError("usage", `"${shown}" holds no mlops.yaml.`, { remedy: "Name a product, its mlops.yaml, or its folder." });
  }
  if (found.length > 1) {
    const paths = found.slice(0, 5).map(({ product }) => printable(product.path));
    throw new AppError("usage", `"${shown}" holds ${found.length} products.`, { remedy: `Name one: ${paths.join(", ")}.` });
  }
  return first;
}
