import { unlessCancelled, type CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { DriftSettings } from "../../core/drift/driftReport";
import type { DriftEvents, DriftRequest, DriftService, DriftSession } from "../../core/drift/driftService";
import type { DriftOptions } from "../../protocol/drift";
import type { DriftSubject } from "./driftSubject";

/** Above so many rows a side is a sample, so that memory stays bounded. */
const READ: DriftRequest["read"] = { maxRows: 5_000_000, sampleRows: 1_000_000, seed: 42 };
/** The whole, and the one window that is looked at. */
const MOST_OPEN = 2;

/** Which rows are compared. */
export interface DriftCut {
  readonly segment: DriftOptions["segment"];
  /** Of the current side. */
  readonly time: { readonly column: string; readonly from: number; readonly to: number } | null;
}

/** The tables that a panel has open: a change of method or limit reads nothing again, and going back to a cut neither. */
export class DriftTables implements Disposable {
  private readonly open = new Map<string, Promise<DriftSession>>();

  constructor(
    private readonly service: () => Promise<DriftService>,
    private readonly subject: DriftSubject,
  ) {}

  /** @param early with these settings a first column is judged before all is read; null where no such column will be shown. */
  async get(cut: DriftCut, early: DriftSettings | null, events: DriftEvents, signal: CancelSignal): Promise<DriftSession> {
    const key = JSON.stringify(cut);
    const known = this.open.get(key);
    if (known !== undefined) {
      this.open.delete(key); // What was used last is last.
      this.open.set(key, known);
      return unlessCancelled(known, signal);
    }
    const opening = this.service().then((service) => service.open(this.requestOf(cut, early), events, signal));
    this.open.set(key, opening);
    opening.catch(() => this.open.get(key) === opening && this.open.delete(key));
    while (this.open.size > MOST_OPEN) {
      this.close([...this.open.keys()][0] ?? "");
    }
    return opening;
  }

  dispose(): void {
    for (const key of [...this.open.keys()]) {
      this.close(key);
    }
  }

  private close(key: string): void {
    this.open.get(key)?.then(
      (session) => session.dispose(),
      () => undefined, // It never opened.
    );
    this.open.delete(key);
  }

  private requestOf({ segment, time }: DriftCut, early: DriftSettings | null): DriftRequest {
    const { reference, current, labels } = this.subject;
    const where = segment === null ? {} : { where: { column: segment.column, equals: segment.value } };
    return {
      reference: { ...reference, ...where },
      current: { ...current, ...where, ...(time === null ? {} : { window: time }) },
      labels,
      read: READ,
      hash: true,
      ...(early === null ? {} : { early }),
    };
  }
}
