import type { Fact } from "../lintFacts";
import type { RegistryReader, Repositories } from "./lintPorts";

/** Repositories where git may not be asked, such as in a folder that the user does not trust. */
export function unknownRepositories(why: string): Repositories {
  const fact = Promise.resolve<Fact<never>>({ known: false, why });
  return { find: () => fact, textAt: () => fact, decisions: () => fact };
}

/** A registry where no store may be opened. */
export function unknownRegistry(why: string): RegistryReader {
  const fact = Promise.resolve<Fact<never>>({ known: false, why });
  return { versions: () => fact, commitOf: () => fact, manualRuns: () => fact, gpuUse: () => fact };
}
