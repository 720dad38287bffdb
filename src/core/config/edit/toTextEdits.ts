import { applyEdits, type TextEdit } from "../../base/textEdit";
import type { ConfigChange } from "../../lint/fix";
import { type ConfigPath, pathText } from "../configPath";
import { EditPieces } from "./editPieces";
import { noteEdit } from "./noteEdit";
import { isList, isMap, isSame, keyFor, type PlainData, toPlain, withChange } from "./plainData";
import { resolveChange, type Step } from "./resolveChange";
import { PRODUCT_SHAPE, type Shape } from "./shape";
import { writeStep } from "./writeStep";
import { YamlText } from "./yamlText";

export type ChangedText = { readonly ok: true; readonly edits: readonly TextEdit[] } | { readonly ok: false; readonly why: string };

/**
 * Turns changes of a configuration into edits of its text that keep comments, quotes, anchors, layout and line ends. Each result is read
 * again: a text that would not hold exactly the old data with the change is never given out.
 * @returns no edits where the text already is as the changes want it, and a reason where a person has to make the change.
 */
export function toTextEdits(text: string, changes: readonly ConfigChange[], shape: Shape = PRODUCT_SHAPE): ChangedText {
  const pieces = new EditPieces(text);
  let yaml = new YamlText(text);
  if (yaml.problem !== null) {
    return { ok: false, why: yaml.problem };
  }
  for (const change of changes) {
    const { data } = yaml;
    const resolved = resolveChange(data, change, shape);
    if (!resolved.ok) {
      return resolved;
    }
    for (const step of resolved.steps.flatMap((one) => finerSteps(data, one))) {
      const written = writeStep(yaml, step, shape);
      if (!written.ok) {
        return written;
      }
      pieces.apply(written.edits);
      const after = new YamlText(pieces.text);
      if (after.problem !== null || !isSame(after.data, expectedData(yaml.data, step))) {
        return { ok: false, why: `${pathText(step.path)} is written in a way that cannot be changed without harm; change it by hand.` };
      }
      yaml = after;
      if (step.kind === "put" && step.comment !== undefined) {
        yaml = withNote(yaml, step.path, step.comment, pieces);
      }
    }
  }
  return { ok: true, edits: pieces.toEdits() };
}

/** A comment that would change what the text says is left out. */
function withNote(yaml: YamlText, path: ConfigPath, comment: string, pieces: EditPieces): YamlText {
  const edits = noteEdit(yaml, path, comment);
  const after = new YamlText(applyEdits(yaml.text, edits));
  if (edits.length === 0 || after.problem !== null || !isSame(after.data, yaml.data)) {
    return yaml;
  }
  pieces.apply(edits);
  return after;
}

/** A block over a block is written key by key, and a list item by item, so that comments within stay. */
export function finerSteps(data: PlainData, step: Step): readonly Step[] {
  if (step.kind !== "put") {
    return [step];
  }
  const old = step.path.reduce<PlainData>(
    (here, part) => (isList(here) ? here[Number(part)] : isMap(here) ? here.get(keyFor(here, String(part))) : undefined),
    data,
  );
  const value = toPlain(step.value);
  if (isSame(old, value)) {
    return [];
  }
  if (isMap(old) && isMap(value) && old.size > 0 && value.size > 0) {
    const gone = [...old.keys()].filter((key) => !value.has(String(key)));
    return [
      ...Object.entries(step.value as object).flatMap(([key, item]) =>
        finerSteps(data, { kind: "put", path: [...step.path, key], value: item as never }),
      ),
      ...gone.map((key): Step => ({ kind: "delete", path: [...step.path, String(key)] })),
    ];
  }
  if (isList(old) && isList(value) && old.length > 0 && value.length > 0) {
    const items = step.value as readonly never[];
    const gone = old.slice(value.length).map((_, index): Step => ({ kind: "delete", path: [...step.path, old.length - 1 - index] }));
    return [...items.flatMap((item, index) => finerSteps(data, { kind: "put", path: [...step.path, index], value: item })), ...gone];
  }
  return [step];
}

/** What the data must be after a step. */
export function expectedData(data: PlainData, step: Step): PlainData {
  switch (step.kind) {
    case "put":
      return withChange(data, step.path, () => toPlain(step.value));
    case "delete":
      return withChange(data, step.path, () => undefined);
    case "rename":
      return withChange(data, step.path.slice(0, -1), (block) => {
        const old = isMap(block) ? block : new Map<unknown, PlainData>();
        return new Map([...old].map(([key, value]) => [String(key) === step.path.at(-1) ? step.key : key, value]));
      });
  }
}
