import type { DriftReport } from "../../core/drift/driftReport";
import type { ChunkDrift, DriftProgress } from "../../core/drift/driftService";
import { defaultDriftSettings } from "../../core/drift/driftSettings";
import { chunksJson } from "../../core/drift/report/chunksJson";
import { chunksText } from "../../core/drift/report/chunksText";
import { toCsv } from "../../core/drift/report/toCsv";
import { toHtml } from "../../core/drift/report/toHtml";
import { toJson } from "../../core/drift/report/toJson";
import { toMarkdown } from "../../core/drift/report/toMarkdown";
import type { CommandContext } from "../command";
import { EXIT } from "../exitCode";
import { printable } from "../printable";
import { driftJunit } from "./driftJunit";
import { type DriftFormat, readChunks, readFormat, readMode, readRequest, readSettings } from "./driftOptions";
import { writeDriftText } from "./driftText";
import { openDriftService } from "./openDriftService";
import { readDriftConfig } from "./readDriftConfig";

/** `mlops drift`, once it is asked for. */
export async function compareTables(context: CommandContext): Promise<number> {
  const { options, host } = context;
  const format = readFormat(options);
  const mode = readMode(options);
  const config = options.text("config");
  const file =
    config === undefined ? { settings: defaultDriftSettings(mode ?? "own"), reading: {} } : await readDriftConfig(config, host.cwd, mode);
  const request = readRequest(options, host.cwd, file.reading);
  const settings = readSettings(options, file.settings);
  const wish = readChunks(options, format);
  const line = progressLine(context);
  const service = openDriftService();
  try {
    const session = await service.open(request, { onProgress: line.show }, host.signal);
    const report = await session.report(settings, { onProgress: line.show }, host.signal);
    const chunks = wish === null ? null : await session.chunks(wish, settings, { onProgress: line.show }, host.signal);
    await line.clear();
    await write(context, report, chunks, format);
    return report.dataset.drifted === null ? EXIT.couldNotJudge : report.dataset.drifted ? EXIT.findings : EXIT.fine;
  } finally {
    await line.clear();
    service.dispose();
  }
}

async function write(context: CommandContext, report: DriftReport, chunks: ChunkDrift | null, format: DriftFormat): Promise<void> {
  const { stdout } = context.host;
  switch (format) {
    case "text":
      return writeDriftText(context, report, chunks === null ? [] : chunksText(chunks));
    case "json":
      return stdout.write(`${JSON.stringify({ ...toJson(report), ...(chunks === null ? {} : { chunks: chunksJson(chunks) }) })}\n`);
    case "csv":
      return stdout.write(toCsv(report));
    case "markdown":
      return stdout.write(toMarkdown(report));
    case "html":
      return stdout.write(toHtml(report, { title: `Drift of ${report.current.label} against ${report.reference.label}`, charts: [] }));
    case "junit":
      return stdout.write(driftJunit(report));
  }
}

/** One line of a terminal that is written anew; nothing where nobody watches. */
function progressLine({ host, options }: CommandContext): {
  readonly show: (progress: DriftProgress) => void;
  readonly clear: () => Promise<void>;
} {
  const { stderr } = host;
  const isShown = stderr.isTerminal && !options.has("quiet");
  let written: Promise<void> | undefined;
  const put = (text: string): void => {
    // Whoever closed standard error wants no progress.
    written = stderr.write(text).catch(() => undefined);
  };
  return {
    show: ({ text, done, total }) => {
      if (isShown) {
        const percent = total > 0 ? ` ${Math.floor((done / total) * 100)} %` : "";
        put(`\r\u001b[K${printable(text).slice(0, Math.max(20, (stderr.columns ?? 80) - 8))}${percent}`);
      }
    },
    clear: async () => {
      if (written !== undefined) {
        put("\r\u001b[K");
        await written;
        written = undefined;
      }
    },
  };
}
