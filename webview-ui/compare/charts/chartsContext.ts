import type { CompareView } from "../../../src/protocol/compare";
import type { HoveredRun } from "../../shared/charts/hoveredRun";
import type { Picture, PictureFormat } from "../../shared/charts/chartPicture";
import { t } from "../../shared/l10n";
import type { ChartsHost } from "./chartsHost";
import type { CurveReader } from "./curveReader";

/** What all charts of the page share. */
export interface ChartsContext {
  readonly host: ChartsHost;
  readonly curves: CurveReader;
  readonly hover: HoveredRun;
}

/** Hands a picture to the host, which asks where to save it. */
export async function savePicture(host: ChartsHost, name: string, picture: Picture | null): Promise<void> {
  if (picture !== null) {
    await host.call("savePicture", { name, format: picture.format, data: picture.data });
  }
}

export function formatOf(event: Event): PictureFormat {
  return (event as CustomEvent<{ format: PictureFormat }>).detail.format;
}

/** The name of the runs that share a value. */
export function groupName(view: CompareView): (label: string | null) => string {
  const key = view.options.groupBy?.key ?? "";
  return (label) => (label === null ? t("no {0}", key) : `${key} = ${label}`);
}
