import { applyEdits, editsFit, type TextEdit } from "../../base/textEdit";
import type { ConfigChange } from "../../lint/fix";
import { expectedData, finerSteps } from "./toTextEdits";
import { isSame, type PlainData } from "./plainData";
import { resolveChange } from "./resolveChange";
import { PRODUCT_SHAPE, type Shape } from "./shape";
import { writeStep } from "./writeStep";
import { YamlText } from "./yamlText";

/**
 * The edits of changes that have nothing to do with each other, from one reading of the text: a file of thousands of lines would
 * otherwise be read anew for each.
 * @returns null where they cannot be made together; one by one they may.
 */
export function setTogether(text: string, changes: readonly ConfigChange[], shape: Shape = PRODUCT_SHAPE): readonly TextEdit[] | null {
  const yaml = new YamlText(text);
  if (yaml.problem !== null) {
    return null;
  }
  const edits: TextEdit[] = [];
  let expected: PlainData = yaml.data;
  for (const change of changes) {
    const resolved = resolveChange(yaml.data, change, shape);
    for (const step of resolved.ok ? resolved.steps.flatMap((one) => finerSteps(yaml.data, one)) : []) {
      const written = writeStep(yaml, step, shape);
      if (!written.ok) {
        return null;
      }
      edits.push(...written.edits);
      expected = expectedData(expected, step);
    }
    // A comment has to find its place in the text that holds the value.
    if (!resolved.ok || change.kind !== "set" || change.comment !== undefined) {
      return null;
    }
  }
  if (!editsFit(text, edits)) {
    return null;
  }
  const after = new YamlText(applyEdits(text, edits));
  return after.problem === null && isSame(after.data, expected) ? edits : null;
}
