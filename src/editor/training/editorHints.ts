import * as vscode from "vscode";

interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath(resource?: vscode.Uri): { readonly path: string };
    resolveEnvironment(path: { readonly path: string }): Promise<{ readonly executable: { readonly uri?: vscode.Uri } } | undefined>;
  };
}

/** The interpreter that the Python extension uses for a folder; null where there is no such extension, or it has chosen none. */
export async function pythonOfExtension(folder: string): Promise<string | null> {
  const extension = vscode.extensions.getExtension<PythonApi>("ms-python.python");
  if (extension === undefined) {
    return null;
  }
  try {
    const api = extension.isActive ? extension.exports : await extension.activate();
    const chosen = api.environments?.getActiveEnvironmentPath(vscode.Uri.file(folder));
    const resolved = chosen === undefined ? undefined : await api.environments?.resolveEnvironment(chosen);
    return resolved?.executable.uri?.fsPath ?? null;
  } catch {
    return null; // The extension is broken or of another version: a Python is looked for without it.
  }
}

/**
 * A token of VS Code's own sign-in, for github.com and for nothing else: a repository can name any host as its origin. The first wish of a
 * window asks the person to sign in, unless it must not; whoever declines is not asked again.
 */
export function githubSignIn(): (host: string, mayAsk?: boolean) => Promise<string | null> {
  let isAsked = false;
  return async (host, mayAsk = true) => {
    if (host !== "github.com" || !vscode.workspace.isTrusted) {
      return null;
    }
    const scopes = ["repo", "workflow"];
    const known = await vscode.authentication.getSession("github", scopes, { silent: true });
    if (known !== undefined || isAsked || !mayAsk) {
      return known?.accessToken ?? null;
    }
    isAsked = true;
    try {
      return (await vscode.authentication.getSession("github", scopes, { createIfNone: true })).accessToken;
    } catch {
      return null; // Declined: the plan says that nobody is signed in.
    }
  };
}
