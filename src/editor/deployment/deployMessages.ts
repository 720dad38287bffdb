import * as v from "valibot";

import type { DeployHost } from "../../protocol/deploy";
import { deployFormSchema } from "./deploySubject";

type ParamsOf<K extends keyof DeployHost> = Parameters<DeployHost[K]>[0];

// The page is ours, but a message decides what the host changes, opens and writes, so that its shape is checked all the same.
const name = v.pipe(v.string(), v.maxLength(4096));
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const schemas = {
  setForm: v.object({ form: deployFormSchema }),
  start: v.object({ hash, confirmation: name }),
  exportPlan: v.object({ hash, to: v.picklist(["file", "clipboard"]) }),
  openEvidence: v.object({ file: name, line: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))) }),
};

export const parseSetForm = (value: unknown): ParamsOf<"setForm"> => v.parse(schemas.setForm, value);
export const parseStart = (value: unknown): ParamsOf<"start"> => v.parse(schemas.start, value);
export const parseExportPlan = (value: unknown): ParamsOf<"exportPlan"> => v.parse(schemas.exportPlan, value);
export const parseOpenEvidence = (value: unknown): ParamsOf<"openEvidence"> => v.parse(schemas.openEvidence, value);
