import { toFailure } from "../../core/base/appError";
import { isCancelled } from "../../core/base/cancel";
import { DisposableStore, type Disposable } from "../../core/base/disposable";
import { Emitter } from "../../core/base/emitter";
import { toCompliancePage } from "../../core/governance/page/toCompliancePage";
import type { NeededSignOff } from "../../core/governance/signOffStanding";
import type { ReportAudience } from "../../core/governance/report/complianceReport";
import type { ReportFacts } from "../../core/governance/report/reportFacts";
import type { ReportFormat } from "../../core/governance/report/writeReport";
import type { ComplianceView, CompliancePageData } from "../../protocol/compliance";
import type { ComplianceFolder } from "./complianceServices";
import type { ComplianceTarget } from "./complianceTarget";

export interface ComplianceSessionParts {
  readonly folderOf: (root: string) => ComplianceFolder;
  /** YYYY-MM-DD. */
  readonly today: () => string;
  readonly logError: (error: unknown) => void;
}

/** The compliance page of one version, without its panel. The latest look counts; what was shown stays until the next is there. */
export class ComplianceSession implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly viewChanged = this.disposables.add(new Emitter<ComplianceView>());
  readonly onDidChangeView = this.viewChanged.event;
  private work = new AbortController();
  private shown: { readonly facts: ReportFacts; readonly page: CompliancePageData } | null = null;
  private isBusy = false;
  private failure: ComplianceView["failure"] = null;

  constructor(
    readonly target: ComplianceTarget,
    private readonly parts: ComplianceSessionParts,
  ) {
    this.disposables.add({ dispose: () => this.work.abort() });
  }

  get view(): ComplianceView {
    const { target, shown, isBusy, failure } = this;
    return {
      product: shown?.facts.product.name ?? target.config,
      config: target.config,
      version: shown?.facts.version ?? target.version,
      ...{ isBusy, failure },
      page: shown?.page ?? null,
    };
  }

  /** Looks anew at everything that the page shows. */
  async load(): Promise<void> {
    this.work.abort();
    const work = new AbortController();
    this.work = work;
    this.isBusy = true;
    this.changed();
    try {
      const { root, config, version } = this.target;
      const facts = await this.parts.folderOf(root).gather({ config, version, today: this.parts.today() }, work.signal);
      work.signal.throwIfAborted();
      this.shown = { facts, page: toCompliancePage(facts) };
      this.failure = null;
    } catch (error) {
      if (isCancelled(error) || work.signal.aborted) {
        return;
      }
      this.parts.logError(error);
      this.failure = toFailure(error);
    }
    this.isBusy = false;
    this.changed();
  }

  /** Whether the page shows this place, so that a message can open nothing else. */
  isShownPlace(file: string, line: number | null): boolean {
    const page = this.shown?.page;
    const places = [
      ...(page?.groups ?? []).flatMap(({ headings }) => headings.flatMap(({ items }) => items.flatMap((item) => item.places))),
      ...(page?.signOffs ?? []).flatMap(({ place }) => place ?? []),
      ...(page?.changes.rows ?? []).flatMap(({ place }) => place ?? []),
    ];
    return (file === this.target.config && line === null) || places.some((place) => place.file === file && place.line === line);
  }

  /** The decision that the page shows as needed; null for one that it does not show. */
  needed(subject: string, role: string | null): NeededSignOff | null {
    const needed = this.shown?.facts.register.needed ?? [];
    const same = needed.filter((one) => one.subject === subject);
    return same.find((one) => one.role === role) ?? same.find(({ isMet }) => !isMet) ?? null;
  }

  /** The text of a report on what the page shows; null before it shows anything. */
  write(format: ReportFormat, audience: ReportAudience): string | null {
    return this.shown === null ? null : this.parts.folderOf(this.target.root).write(this.shown.facts, format, audience);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private changed(): void {
    this.viewChanged.fire(this.view);
  }
}
