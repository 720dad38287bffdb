import * as v from "valibot";

import type { OverviewHost } from "../../protocol/overview";

type ParamsOf<K extends keyof OverviewHost> = Parameters<OverviewHost[K]>[0];

// The page is ours, but a message decides what the host opens and starts, so that its shape is checked all the same.
const name = v.pipe(v.string(), v.maxLength(8192));
const schemas = {
  act: v.object({
    row: name,
    place: v.variant("kind", [
      v.object({
        kind: v.literal("challenge"),
        challenge: v.picklist(["effort", "cost", "knowledge", "responsibility", "compliance"]),
      }),
      v.object({ kind: v.literal("wait"), index: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
    ]),
  }),
  openFile: v.object({ row: name }),
  openRun: v.object({ storeId: name, runId: name }),
  copyText: v.object({ text: v.pipe(v.string(), v.maxLength(1_000_000)) }),
};

export const parseAct = (value: unknown): ParamsOf<"act"> => v.parse(schemas.act, value);
export const parseOpenFile = (value: unknown): ParamsOf<"openFile"> => v.parse(schemas.openFile, value);
export const parseOpenRun = (value: unknown): ParamsOf<"openRun"> => v.parse(schemas.openRun, value);
export const parseCopyText = (value: unknown): ParamsOf<"copyText"> => v.parse(schemas.copyText, value);
