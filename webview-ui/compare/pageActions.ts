import type { CompareExport, CompareHost, CompareOptions, CompareView } from "../../src/protocol/compare";

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

export interface ActionEnds {
  /** Tells the user where a call fails. */
  readonly call: (work: Promise<unknown>) => void;
  readonly reload: () => void;
  /** Charts as SVG texts, for the HTML page. */
  readonly pictures: () => readonly string[];
}

/** The actions on what a view shows: an index means a column or row of this very revision. @param shown indexes of the rows shown. */
export function createPageActions(
  host: HostCalls,
  view: CompareView | undefined,
  shown: readonly number[],
  { call, reload, pictures }: ActionEnds,
): PageActions {
  const revision = view?.revision ?? 0;
  return {
    changeOptions: (change) => {
      if (view !== undefined) {
        call(host.setOptions({ revision, options: { ...view.options, ...change } }));
      }
    },
    addRuns: () => call(host.addRuns({})),
    openRun: (run) => call(host.openRun({ revision, run })),
    removeRun: (run) => call(host.removeRun({ revision, run })),
    moveRun: (run, before) => call(host.moveRun({ revision, run, before })),
    showCommit: (run) => call(host.showCommit({ revision, run })),
    diffCommits: (left, right) => call(host.diffCommits({ revision, runs: [left, right] })),
    diffValues: (row, left, right) => call(host.diffValues({ revision, row, runs: [left, right] })),
    diffArtifacts: (path, left, right) => call(host.diffArtifacts({ revision, path, runs: [left, right] })),
    openArtifact: (path, run) => call(host.openArtifact({ revision, path, run })),
    copyText: (text) => call(host.copyText({ text })),
    exportTable: (format, to) => call(host.exportTable({ revision, format, rows: shown, to, charts: format === "html" ? pictures() : [] })),
    reload,
  };
}
