import { AppError } from "../base/appError";
import type { CancelSignal } from "../base/cancel";
import { oneLine } from "../base/oneLine";
import type { Product } from "../config/product";
import { findPolicy } from "../lint/workspace/findPolicy";
import type { WorkspaceFiles } from "../lint/workspace/lintPorts";
import { readProduct } from "../lint/workspace/readProduct";
import { folderOf } from "../lint/workspace/workspacePath";
import { gatherSignOffs, type SignOffSources } from "./gatherSignOffs";
import { neededSignOffs } from "./neededSignOffs";
import type { SignOffRegister } from "./signOffStanding";

/** The world of one workspace, as editor, gate and command line give it. */
export interface SignOffWorld extends Pick<SignOffSources, "decisions"> {
  readonly files: WorkspaceFiles;
  /** The commit of the run that made the model's version, where a tracker at hand knows. */
  readonly modelCommit?: (config: string, product: Product, signal: CancelSignal) => Promise<string | null>;
}

export interface SignOffs {
  /**
   * How all sign-offs of a product stand.
   * @param config the product's file, relative to the workspace. @param today YYYY-MM-DD, or an RFC 3339 time, by which exceptions are judged to the minute.
   * @throws AppError `file/unreadable` where the product's file is not there.
   */
  register(config: string, today: string, signal: CancelSignal): Promise<SignOffRegister>;
}

/** The sign-offs of a workspace. Nothing is remembered here: files and git's answers are kept by the ports. */
export function openSignOffs(world: SignOffWorld): SignOffs {
  const { files } = world;
  return {
    register: async (config, today, signal) => {
      const text = await files.readText(config, signal);
      if (text === null) {
        throw new AppError("file/unreadable", `The file ${oneLine(config)} is not there.`);
      }
      const [{ value: product }, policy] = await Promise.all([
        readProduct(config, text, files, signal),
        findPolicy(folderOf(config), files, signal),
      ]);
      const modelCommit = (cancel: CancelSignal, version = product.model?.version): Promise<string | null> =>
        world.modelCommit?.(config, { ...product, model: { ...product.model, version } }, cancel) ?? Promise.resolve(null);
      const judged = await gatherSignOffs({ product, policy, config, today, modelCommit }, world, signal);
      return {
        product: product.name ?? config,
        config,
        needed: neededSignOffs(product, policy, judged, today),
        all: judged.standings,
        binding: judged.binding,
        problems: [...new Set(judged.standings.filter(({ state }) => state === "unknown").map(({ reason }) => reason))],
      };
    },
  };
}
