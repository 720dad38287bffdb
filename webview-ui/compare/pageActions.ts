import type { CompareExport, CompareHost, CompareOptions } from "../../src/protocol/compare";

/** What the page asks of its host; a plain object, so that stories and tests can stand in. */
export type HostCalls = {
  readonly [K in keyof CompareHost]: (params: Parameters<CompareHost[K]>[0]) => Promise<Awaited<ReturnType<CompareHost[K]>>>;
};

/** What menus and buttons of the page do. */
export interface PageActions {
  readonly changeOptions: (change: Partial<CompareOptions>) => void;
  readonly addRuns: () => void;
  readonly openRun: (run: number) => void;
  readonly removeRun: (run: number) => void;
  readonly moveRun: (run: number, before: number | null) => void;
  readonly showCommit: (run: number) => void;
  readonly diffCommits: (left: number, right: number) => void;
  readonly diffValues: (row: number, left: number, right: number) => void;
  readonly diffArtifacts: (path: string, left: number, right: number) => void;
  readonly openArtifact: (path: string, run: number) => void;
  readonly copyText: (text: string) => void;
  readonly exportTable: (format: CompareExport, to: "file" | "clipboard") => void;
  readonly reload: () => void;
}
