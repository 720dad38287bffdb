import type * as vscode from "vscode";

import type { CancelSignal } from "../../core/base/cancel";
import type { Disposable } from "../../core/base/disposable";
import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { DeploymentEntry } from "../../core/deployment/deployment";
import type { RepositoryMoment } from "../../core/deployment/view/releaseMarks";
import type { KpisOverTime, KpisOverTimeWish } from "../../core/monitoring/kpisOverTime";
import type { MonitoringPorts } from "../../core/monitoring/monitoringCheck";
import type { DriftService } from "../../core/drift/driftService";
import type { TableReading } from "../../core/tabular/tableReading";
import type { ModelVersion } from "../../core/tracking/registeredModel";
import type { CheckProduct } from "../monitoring/checkRunner";
import type { MonitoredFolder } from "../monitoring/monitoringBoard";

/** What the composition root hands to drift and monitoring. */
export interface DriftServices extends Disposable {
  /** Threads that read and compare tables; they start with the first comparison. */
  readonly drift: () => Promise<DriftService>;
  /** A folder of the workspace on disk. */
  readonly folderOf: (root: string) => MonitoredFolder;
  readonly check: CheckProduct;
  /** The world as a check of a folder's products sees it. */
  readonly portsOf: (root: string) => MonitoringPorts;
  readonly modelVersions: (model: string, signal: CancelSignal) => Promise<readonly ModelVersion[]>;
  readonly kpisOverTime: (wish: KpisOverTimeWish, signal: CancelSignal) => Promise<KpisOverTime>;
  /** Columns of a file that hold dates although the file does not say so. */
  readonly dateColumns: (path: string, signal: CancelSignal, reading: TableReading) => Promise<readonly string[]>;
  /** What the log beside a product's file says of its releases, up to where it does not verify. @param config relative to the root. */
  readonly releases: (root: string, config: string, signal: CancelSignal) => Promise<readonly DeploymentEntry[]>;
  /** Starts git, so that it is asked in trusted folders only. */
  readonly git: {
    readonly marks: (folder: string, from: number, to: number, signal: CancelSignal) => Promise<readonly RepositoryMoment[]>;
    readonly head: (folder: string, signal: CancelSignal) => Promise<string | null>;
  };
  readonly alone: <T>(key: string, work: () => Promise<T>) => Promise<T | null>;
  readonly calendar: RegulationCalendar;
  readonly now: () => Date;
  readonly extensionUri: vscode.Uri;
}
