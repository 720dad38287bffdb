import type { CompareView } from "../../../src/protocol/compare";
import type { HoveredRun } from "../../shared/charts/hoveredRun";
import type { Picture, PictureFormat } from "../../shared/charts/chartPicture";
import { takeOutPicture } from "../../shared/charts/takeOutPicture";
import { t } from "../../shared/l10n";
import type { ChartsHost } from "./chartsHost";
import type { CurveReader } from "./curveReader";

/** What all charts of the page share. */
export interface ChartsContext {
  readonly host: ChartsHost;
  readonly curves: CurveReader;
  readonly hover: HoveredRun;
}

/** Hands a picture of a chart out through the comparison's host. */
export function takeOut(
  host: ChartsHost,
  name: string,
  event: Event,
  make: (format: PictureFormat) => Picture | null | Promise<Picture | null>,
): Promise<void> {
  return takeOutPicture(
    {
      copyText: (params) => host.call("copyText", params),
      savePicture: (params) => host.call("savePicture", params, { timeoutMs: 0 }),
    },
    name,
    event,
    make,
  );
}

/** The name of the runs that share a value. */
export function groupName(view: CompareView): (label: string | null) => string {
  const key = view.options.groupBy?.key ?? "";
  return (label) => (label === null ? t("no {0}", key) : `${key} = ${label}`);
}
