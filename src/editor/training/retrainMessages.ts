import * as v from "valibot";

import type { RetrainHost } from "../../protocol/retrain";
import { retrainFormSchema } from "./retrainTarget";

type ParamsOf<K extends keyof RetrainHost> = Parameters<RetrainHost[K]>[0];

// The page is ours, but a message decides what the host starts, opens and writes, so that its shape is checked all the same.
const name = v.pipe(v.string(), v.maxLength(4096));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const schemas = {
  setForm: v.object({ form: retrainFormSchema }),
  start: v.object({ hash }),
  exportPlan: v.object({ hash, to: v.picklist(["file", "clipboard"]) }),
  openRun: v.object({ storeId: name, runId: name }),
  compare: v.object({ with: v.picklist(["champion", "previous"]) }),
};

export const parseSetForm = (value: unknown): ParamsOf<"setForm"> => v.parse(schemas.setForm, value);
export const parseStart = (value: unknown): ParamsOf<"start"> => v.parse(schemas.start, value);
export const parseExportPlan = (value: unknown): ParamsOf<"exportPlan"> => v.parse(schemas.exportPlan, value);
export const parseOpenRun = (value: unknown): ParamsOf<"openRun"> => v.parse(schemas.openRun, value);
export const parseCompare = (value: unknown): ParamsOf<"compare"> => v.parse(schemas.compare, value);
