import * as vscode from "vscode";

import { openSignOffs } from "../core/governance/openSignOffs";
import { modelCommit } from "../core/lint/workspace/modelCommit";
import type { SignOffFolder } from "../editor/governance/signOffServices";
import type { FolderPorts } from "../editor/lint/folderLint";
import { withOpenTexts } from "../editor/lint/withOpenTexts";

/** Sign-offs of one folder: its files with the texts that people see, and git where it is trusted. @param userEmail under which git would write a commit. */
export function openSignOffFolder(
  root: string,
  ports: FolderPorts,
  userEmail: (root: string, signal: AbortSignal) => Promise<string | null>,
): SignOffFolder {
  const openText = (path: string): string | undefined => {
    const uri = vscode.Uri.joinPath(vscode.Uri.file(root), ...path.split("/")).toString();
    return vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri)?.getText();
  };
  const files = withOpenTexts(ports.files, openText);
  const { repositories, registry } = ports;
  const signOffs = openSignOffs({
    files,
    decisions: (folder, signal) => repositories.decisions(folder, signal),
    modelCommit: (config, product, signal) => modelCommit(registry, config, product, signal),
  });
  let asked: Promise<string | null> | undefined;
  const usual: SignOffFolder["usual"] = async (email, signal) => {
    const history = await repositories.decisions("", signal);
    return history.known ? history.value.canonical(email, null, signal) : email.toLowerCase();
  };
  return {
    ...{ root, files, usual },
    register: (config, today, signal) => signOffs.register(config, today, signal),
    me: async (signal) => {
      asked ??= userEmail(root, new AbortController().signal);
      const email = await asked;
      return email === null ? null : usual(email, signal);
    },
    forget: (path) => ports.forget(path),
    forgetFacts: () => {
      asked = undefined;
      ports.forgetFacts();
    },
    dispose: () => ports.dispose(),
  };
}
