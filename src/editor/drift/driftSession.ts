import { AppError, isAppError, toUserText } from "../../core/base/appError";
import { isCancelled, type CancelSignal } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import type { ColumnDrift, DriftReport, DriftSettings } from "../../core/drift/driftReport";
import type { DriftEvents, DriftService, DriftSession as OpenTables } from "../../core/drift/driftService";
import { toColumnDetail } from "../../core/drift/view/toColumnDetail";
import { toDriftView } from "../../core/drift/view/toDriftView";
import type { MethodNames } from "../../core/drift/view/toScore";
import { toSegmentRow } from "../../core/drift/view/toSegmentRow";
import { toToolRow } from "../../core/drift/view/toToolRow";
import type { DriftColumnDetail, DriftOptions, DriftSegment, DriftPage, DriftToolRow, DriftView } from "../../protocol/drift";
import { changedChoices, optionsOf, settingsOf, shownOf } from "./driftChoices";
import { DriftFindings } from "./driftFindings";
import { nothingYet, type DriftSubject, type KpiCut } from "./driftSubject";
import { DriftTables } from "./driftTables";
import type { DriftSubjectId, DriftTarget } from "./driftTarget";

/** While columns come in, the page is told this often, in milliseconds. */
const PUBLISH_MS = 200;

export interface DriftSessionParts {
  readonly service: () => Promise<DriftService>;
  readonly methods: MethodNames;
  /** Looks up what is compared. @param reading in place of how its file says that it is read. @throws AppError when a file or the product is not there. */
  readonly resolve: (subject: DriftSubjectId, reading: DriftOptions["reading"] | null, signal: CancelSignal) => Promise<DriftSubject>;
  /** A path as people know it. */
  readonly toPath: (path: string) => string;
  /** Tells when a file, or its folder, is no longer what was read. */
  readonly watch: (paths: readonly string[], onChange: (path: string) => void) => Disposable;
  readonly logError: (error: unknown) => void;
}

/** What somebody has asked about, with the tables to answer it from. */
interface Shown {
  readonly subject: DriftSubject;
  readonly tables: OpenTables;
  readonly findings: DriftFindings;
}

/** One comparison, without its panel: holds the tables, computes what the page shows, knows what is out of date. */
export class DriftSession implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly viewChanged = this.disposables.add(new Emitter<DriftView>());
  private readonly progressChanged = this.disposables.add(new Emitter<Parameters<DriftPage["progress"]>[0]>());
  private readonly targetChanged = this.disposables.add(new Emitter<DriftTarget>());
  readonly onDidChangeView = this.viewChanged.event;
  /** Nothing else has changed since the last view. */
  readonly onDidChangeProgress = this.progressChanged.event;
  readonly onDidChangeTarget = this.targetChanged.event;
  private choices: DriftTarget["choices"];
  private focus: DriftTarget["focus"];
  private subject: DriftSubject | undefined;
  private tables: DriftTables | undefined;
  private opened: OpenTables | undefined;
  private findings: DriftFindings;
  private work = new AbortController();
  private watching: Disposable | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Columns came in since the last view. */
  private hasMore = false;
  private revision = 0;
  /** What was shown before this revision was another comparison. */
  private firstRevision = 0;
  private current: DriftView;

  constructor(
    target: DriftTarget,
    private readonly parts: DriftSessionParts,
  ) {
    this.subjectId = target.subject;
    this.choices = target.choices;
    this.focus = target.focus;
    this.findings = new DriftFindings();
    this.current = this.draw();
  }

  readonly subjectId: DriftSubjectId;

  get view(): DriftView {
    return this.current;
  }

  get target(): DriftTarget {
    return { subject: this.subjectId, choices: this.choices, focus: this.focus };
  }

  /** Reads everything anew. */
  load(): void {
    this.tables?.dispose();
    this.watching?.dispose();
    this.tables = this.subject = this.watching = this.opened = undefined;
    this.start(new DriftFindings());
  }

  /** Shows another column or KPI of the same comparison. */
  focusOn(focus: NonNullable<DriftTarget["focus"]>): void {
    this.focus = { ...focus, asked: (this.focus?.asked ?? 0) + 1 };
    this.targetChanged.fire(this.target);
  }

  setOptions(revision: number, options: DriftOptions): void {
    this.demand(revision);
    const before = this.choices;
    this.choices = changedChoices(before, options, this.current, this.parts.methods);
    if (JSON.stringify(this.choices.reading) === JSON.stringify(before.reading)) {
      this.start(this.findings.again());
    } else {
      // Read in another way, the files hold other columns.
      this.load();
    }
    this.targetChanged.fire(this.target);
  }

  /** What was judged so far stays. */
  cancel(): void {
    if (this.findings.progress !== null) {
      this.work.abort();
      this.findings.progress = null;
      this.findings.stopped = "Reading was stopped, so that this is not all. Reload reads the rest.";
      this.publish();
    }
  }

  async detail(revision: number, name: string, signal: CancelSignal): Promise<DriftColumnDetail> {
    const { subject, tables, findings } = this.demand(revision);
    const column = columnOf(findings, name);
    const methods = column.result === null ? [] : await tables.methods(name, this.settings(subject), signal);
    return toColumnDetail({ column, labels: subject.labels, windows: findings.windows, methods, names: this.parts.methods });
  }

  async tools(revision: number, name: string, signal: CancelSignal): Promise<readonly DriftToolRow[]> {
    const { subject, tables, findings } = this.demand(revision);
    const column = columnOf(findings, name);
    return (await tables.tools(name, this.settings(subject), signal)).map((result) => toToolRow(result, column));
  }

  async segments(revision: number, column: string, signal: CancelSignal): Promise<readonly DriftSegment[]> {
    const { subject, tables } = this.demand(revision);
    return (await tables.segments(column, this.settings(subject), signal)).map(toSegmentRow);
  }

  /** All that the page shows, for an export or a note. @throws AppError while not all is judged. */
  reportAt(revision: number): { readonly report: DriftReport; readonly findings: DriftFindings; readonly subject: DriftSubject } {
    const { findings, subject } = this.demand(revision);
    if (findings.report === null) {
      throw new AppError("usage", "Not all columns are judged yet.", { remedy: "Wait until reading has ended, then try again." });
    }
    return { report: findings.report, findings, subject };
  }

  /** The absolute path of a file that the page names. @throws AppError for a file that is not compared. */
  fileOf(path: string): string {
    const { reference, current } = this.findings;
    const found = [...(reference?.files ?? []), ...(current?.files ?? [])].find((file) => this.parts.toPath(file.path) === path);
    if (found === undefined) {
      throw outdated();
    }
    return found.path;
  }

  /** The file in which the limits stand; null for two files that somebody compared. */
  get config(): string | null {
    return this.subjectId.kind === "product" ? this.subjectId.config : null;
  }

  /** A note was written, or the model was released or trained again. */
  historyChanged(): void {
    const { subject, findings } = this;
    if (subject?.history != null && findings.report !== null) {
      this.run(
        findings.readHistory(subject.history, this.cut(subject), this.detectors(subject), this.work.signal).then(() => this.publish()),
      );
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.work.abort();
    this.watching?.dispose();
    this.tables?.dispose();
    this.disposables.dispose();
  }

  private start(findings: DriftFindings): void {
    this.work.abort();
    const { signal } = (this.work = new AbortController());
    this.findings = findings;
    this.firstRevision = this.revision + 1;
    findings.progress = { text: "Looking for the data", done: 0, total: 0 };
    this.publish();
    this.run(
      this.compare(findings, signal).catch((error: unknown) => {
        if (isCancelled(error) || signal.aborted) {
          return;
        }
        this.parts.logError(error);
        findings.progress = null;
        findings.problem = isAppError(error)
          ? { message: error.message, remedy: error.remedy ?? null }
          : { message: toUserText(error), remedy: "The log says more: run MLOps: Show Log." };
        this.publish();
      }),
    );
  }

  private async compare(findings: DriftFindings, signal: CancelSignal): Promise<void> {
    const subject = (this.subject ??= await this.parts.resolve(this.subjectId, this.choices.reading ?? null, signal));
    signal.throwIfAborted();
    const tables = (this.tables ??= new DriftTables(this.parts.service, subject));
    const events: DriftEvents = {
      onProgress: (progress) => {
        if (!signal.aborted) {
          findings.progress = progress;
          this.publishSoon(false);
        }
      },
      onColumn: (column) => {
        if (!signal.aborted) {
          findings.judged(column);
          this.publishSoon();
        }
      },
    };
    const segment = this.choices.segment ?? null;
    const shown = shownOf(this.choices, subject);
    const settings = this.settings(subject);
    const whole = await tables.get({ segment, time: null }, shown === null ? settings : null, events, signal);
    this.watch(whole);
    findings.kinds = whole.columns;
    const options = optionsOf(this.choices, subject, findings);
    const cut = shown === null || options.timeColumn === null ? null : { column: options.timeColumn, ...shown };
    const opened = cut === null ? whole : await tables.get({ segment, time: cut }, settings, events, signal);
    this.opened = opened;
    findings.opened(opened);
    this.publish();

    findings.finished(await opened.report(settings, events, signal));
    this.publish();

    if (options.window !== null && options.timeColumn !== null) {
      const wish = { column: options.timeColumn, by: options.window, minRows: subject.windowMinRows };
      await findings.readWindows(JSON.stringify([segment, wish, settings]), () => whole.windows(wish, settings, events, signal));
    } else {
      findings.dropWindows();
    }
    this.publish();
    if (subject.history !== null) {
      findings.progress = { text: "Reading what is known over time", done: 0, total: 0 };
      this.publishSoon();
      await findings.readHistory(subject.history, this.cut(subject), this.detectors(subject), signal);
    }
    signal.throwIfAborted();
    findings.progress = null;
    this.publish();
  }

  private cut(subject: DriftSubject): KpiCut | null {
    const { window, timeColumn } = optionsOf(this.choices, subject, this.findings);
    return window === null || timeColumn === null ? null : { columns: this.findings.kinds, time: timeColumn, by: window };
  }

  private detectors(subject: DriftSubject): DriftOptions["detectors"] {
    return optionsOf(this.choices, subject, this.findings).detectors;
  }

  private watch(tables: OpenTables): void {
    if (this.watching === undefined) {
      const config = this.config;
      const data = [...tables.reference.files, ...tables.current.files].map(({ path }) => path);
      this.watching = this.parts.watch([...data, ...(config === null ? [] : [config])], (path) => {
        this.findings.changed = `${this.parts.toPath(path)} has changed since it was read.`;
        this.publish();
      });
    }
  }

  private settings(subject: DriftSubject): DriftSettings {
    return settingsOf(this.choices, subject, this.parts.methods, optionsOf(this.choices, subject, this.findings).timeColumn);
  }

  private demand(revision: number): Shown {
    const { subject, opened, findings } = this;
    if (revision < this.firstRevision || revision > this.revision) {
      throw outdated();
    }
    if (subject === undefined || opened === undefined) {
      throw new AppError("usage", "The data are not read yet.", { remedy: "Wait a moment, then try again." });
    }
    return { subject, tables: opened, findings };
  }

  private draw(): DriftView {
    const { subject, findings, choices } = this;
    const known = subject ?? nothingYet(this.subjectId, this.parts.toPath);
    return toDriftView(
      {
        revision: this.revision,
        title: known.title,
        product: known.product,
        commit: known.commit,
        settings: this.settings(known),
        options: optionsOf(choices, known, findings),
        ...findings.toInput(),
      },
      this.parts.methods,
      this.parts.toPath,
    );
  }

  /** More of the same: whoever asked about what was there need not ask again. */
  private publishSoon(hasMore = true): void {
    this.hasMore ||= hasMore;
    this.timer ??= setTimeout(() => (this.hasMore ? this.show() : this.tell()), PUBLISH_MS);
  }

  /** What is being done, without drawing anew all that is as before. */
  private tell(): void {
    this.timer = undefined;
    const { progress } = this.findings;
    this.current = { ...this.current, progress };
    this.progressChanged.fire({ revision: this.current.revision, progress });
  }

  private publish(): void {
    this.revision += 1;
    this.show();
  }

  private show(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.hasMore = false;
    this.current = this.draw();
    this.viewChanged.fire(this.current);
  }

  private run(work: Promise<void>): void {
    work.catch((error: unknown) => {
      if (!isCancelled(error)) {
        this.parts.logError(error);
      }
    });
  }
}

function columnOf(findings: DriftFindings, name: string): ColumnDrift {
  const found = findings.columns.find((column) => column.name === name);
  if (found === undefined) {
    throw outdated();
  }
  return found;
}

function outdated(): AppError {
  return new AppError("usage", "The comparison has changed in the meantime.", { remedy: "Look at it again, then repeat what you did." });
}
