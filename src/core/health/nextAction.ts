import type { NextAction } from "./productHealth";

/** What to do next at a product's file. @param config null for a model that no file owns. */
export function actionFor(
  config: string | null,
  kind: NextAction["kind"],
  label: string,
  { detail = null, line = null }: Partial<Pick<NextAction, "detail" | "line">> = {},
): NextAction {
  return { kind, label, config, detail, line };
}
