import type * as vscode from "vscode";

import type { BrowseNode } from "../../core/browse/node";

/** What the page is asked for with: a registered model or version, or a product's file. */
export type ComplianceArgument = BrowseNode | vscode.Uri | string;

export const OPEN_COMPLIANCE = "mlops.compliance.open";
