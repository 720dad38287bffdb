import type { CancelSignal } from "../../core/base/cancel";
import type { RegulationCalendar } from "../../core/config/regulationCalendar";
import type { FolderPorts } from "./folderLint";

/** What the composition root hands to lint. */
export interface LintServices {
  readonly calendar: RegulationCalendar;
  /** The world as seen from a folder on disk. */
  readonly portsOf: (root: string) => FolderPorts;
  /** The address under which git would write a commit in a folder; null where there is none. */
  readonly userEmail: (root: string, signal: CancelSignal) => Promise<string | null>;
  readonly now: () => Date;
}
