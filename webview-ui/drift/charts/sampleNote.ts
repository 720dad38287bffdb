import type { DriftView } from "../../../src/protocol/drift";
import { t } from "../../shared/l10n";

/** What every chart says that does not rest on all rows, also where it stands alone as a picture; null where all rows were read. */
export function sampleNote({ reference, current }: Pick<DriftView, "reference" | "current">): string | null {
  const samples = [
    reference?.sample == null ? "" : t("Reference: {0}", reference.sample),
    current?.sample == null ? "" : t("Current: {0}", current.sample),
  ].filter(Boolean);
  return samples.length === 0 ? null : samples.join(" ");
}

/** A heading as a picture bears it. */
export function sampledHeading(heading: string, sample: string | null): string {
  return sample === null ? heading : t("{0} (of a sample)", heading);
}
