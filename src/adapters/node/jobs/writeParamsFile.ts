import { dirname, join } from "node:path";

import { parseDocument } from "yaml";

import { AppError } from "../../../core/base/appError";
import { oneLine } from "../../../core/base/oneLine";
import type { JobDraft } from "../../../core/training/trainingEngine";
import { createFile, makeFolder, textOf } from "../atomicFile";

/** Writes the values of a training as its `{params_file}`: the product's own file with what differs set; nothing where the command takes none. */
export async function writeParamsFile({ spec, params, overrides, lists = [] }: JobDraft, path: string): Promise<void> {
  if (!spec.command.some((part) => part.includes("{params_file}"))) {
    return;
  }
  const source = spec.paramsFile === null ? null : join(spec.root, spec.paramsFile);
  const text = source === null ? "{}" : await textOf(source);
  const document = parseDocument(text ?? "{}", { schema: "core" });
  if (text === null || document.errors.length > 0) {
    throw new AppError("usage", `The file of parameters ${oneLine(spec.paramsFile ?? "")} cannot be read.`);
  }
  for (const [name, value] of Object.entries(spec.paramsFile === null ? params : overrides)) {
    const keys = document.has(name) ? [name] : name.split(".");
    document.setIn(keys, lists.includes(name) ? (JSON.parse(String(value)) as unknown) : value);
  }
  await makeFolder(dirname(path));
  await createFile(path, path.endsWith(".json") ? `${JSON.stringify(document.toJS(), undefined, 2)}\n` : document.toString());
}
