import type * as vscode from "vscode";

import type { EditorSchema } from "../../core/config/editorSchema";
import { POLICY_FIELDS } from "../../core/config/policy";
import { ALIASES, PRODUCT_FIELDS } from "../../core/config/product";
import { type ConfigKind, configKindOf } from "../../core/lint/workspace/lintTarget";
import type { ConfigParts, LintPlace } from "./configParts";

/** An open configuration with the world around it. */
export interface ConfigDocument {
  readonly kind: ConfigKind;
  readonly schema: EditorSchema;
  /** Undefined for a file outside of the folders that are open. */
  readonly place: LintPlace | undefined;
}

/** @returns undefined for a file of something else. */
export function configDocument({ uri }: vscode.TextDocument, { lint, calendar }: ConfigParts): ConfigDocument | undefined {
  const kind = configKindOf(uri.path);
  if (kind === null) {
    return undefined;
  }
  const schema = kind === "product" ? { fields: PRODUCT_FIELDS, aliases: ALIASES } : { fields: POLICY_FIELDS, aliases: [] };
  return { kind, schema: { ...schema, calendar }, place: lint.worldOf(uri) };
}
