import * as v from "valibot";

import type { ComplianceHost } from "../../protocol/compliance";

type ParamsOf<K extends keyof ComplianceHost> = Parameters<ComplianceHost[K]>[0];

// The page is ours, but a message decides what the host opens and writes, so that its shape is checked all the same.
const schemas = {
  open: v.object({ file: v.pipe(v.string(), v.maxLength(4096)), line: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))) }),
  export: v.object({
    format: v.picklist(["markdown", "html", "json", "modelcard", "cyclonedx"]),
    audience: v.picklist(["internal", "external"]),
  }),
  requestSignOff: v.object({
    subject: v.pipe(v.string(), v.regex(/^[a-z]{1,20}$/)),
    role: v.nullable(v.pipe(v.string(), v.regex(/^[a-z_]{1,40}$/))),
  }),
};

export const parseOpen = (value: unknown): ParamsOf<"open"> => v.parse(schemas.open, value);
export const parseExport = (value: unknown): ParamsOf<"export"> => v.parse(schemas.export, value);
export const parseRequestSignOff = (value: unknown): ParamsOf<"requestSignOff"> => v.parse(schemas.requestSignOff, value);
