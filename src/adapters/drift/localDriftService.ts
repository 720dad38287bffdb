import { DriftAnalysis } from "../../core/drift/driftAnalysis";
import type { DriftService } from "../../core/drift/driftService";
import type { Table, TableReader } from "../../core/tabular/tableReader";
import { openSide } from "./openSide";
import { pacedSide } from "./pacedSide";
import { readingProgress } from "./readingProgress";

/** Compares tables in the caller's own thread: for a command line in one file, which has no thread's file beside it. */
export function localDriftService(reader: TableReader): DriftService {
  return {
    open: async (request, events, signal) => {
      const { labels, read, hash } = request;
      const progress = readingProgress(request, (told) => events.onProgress?.(told));
      const tables: Table[] = [];
      try {
        const reference = await openSide(
          reader,
          { source: request.reference, label: labels.reference, read, hash, columns: null },
          progress.reference,
          signal,
        );
        tables.push(reference.table);
        const current = await openSide(
          reader,
          { source: request.current, label: labels.current, read, hash, columns: null },
          progress.current,
          signal,
        );
        tables.push(current.table);
        const analysis = new DriftAnalysis({ reference: pacedSide(reference.side), current: pacedSide(current.side) }, () =>
          performance.now(),
        );
        return {
          reference: reference.side.summary,
          current: current.side.summary,
          columns: current.side.columns,
          report: (settings, told, cancel) => analysis.report(settings, told, cancel),
          methods: (column, settings, cancel) => analysis.methods(column, settings, cancel),
          tools: (column, settings, cancel) => analysis.tools(column, settings, cancel),
          windows: (wish, settings, told, cancel) => analysis.windows(wish, settings, told, cancel),
          chunks: (wish, settings, told, cancel) => analysis.chunks(wish, settings, told, cancel),
          segments: (column, settings, cancel) => analysis.segments(column, settings, cancel),
          dispose: () => tables.forEach((table) => table.dispose()),
        };
      } catch (error) {
        tables.forEach((table) => table.dispose());
        throw error;
      }
    },
    dispose: () => undefined,
  };
}
