import type { CancelSignal } from "../base/cancel";
import type { Disposable } from "../base/disposable";
import type { Portfolio, ProductHealth } from "./productHealth";

/** How far a reading is. */
export interface OverviewProgress {
  readonly done: number;
  readonly total: number;
}

/** All products of one folder of the workspace. What was read is kept until somebody says that it may have changed. */
export interface Overview extends Disposable {
  /**
   * Reads what is not known yet and judges all products. What cannot be read is a sentence among the problems and an `unknown` light.
   * @param onListed told the rows as soon as their files are read, with all lights `unknown`: who waits can look for a name meanwhile.
   * @throws only when cancelled, or when the folder itself cannot be listed.
   */
  portfolio(
    signal: CancelSignal,
    onProgress?: (progress: OverviewProgress) => void,
    onListed?: (rows: readonly ProductHealth[]) => void,
  ): Promise<Portfolio>;
  /**
   * Addresses in a portfolio that are those of whoever works here, as git and `.mailmap` tell; empty where git knows nobody or may not be asked.
   * For `waitsFor`.
   */
  myAddresses(portfolio: Portfolio, signal: CancelSignal): Promise<readonly string[]>;
  /** A file changed, came or went; relative to the folder, with forward slashes. Without a path, anything may have. */
  forget(path?: string): void;
  /** What git or the stores know may have changed. */
  forgetFacts(): void;
}

/** An overview with the folder that it is of. */
export interface OverviewFolder extends Overview {
  /** Absolute. */
  readonly root: string;
}
