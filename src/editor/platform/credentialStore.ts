import type * as vscode from "vscode";

/** What a user entered for a server; kept in the system's key store, never in settings, logs or messages. */
export type StoredCredentials =
  { readonly kind: "bearer"; readonly token: string } | { readonly kind: "basic"; readonly username: string; readonly password: string };

export class CredentialStore {
  constructor(private readonly secrets: vscode.SecretStorage) {}

  async get(url: string): Promise<StoredCredentials | undefined> {
    const text = await this.secrets.get(keyOf(url));
    if (text === undefined) {
      return undefined;
    }
    return parse(text);
  }

  async set(url: string, credentials: StoredCredentials | undefined): Promise<void> {
    if (credentials === undefined) {
      await this.secrets.delete(keyOf(url));
    } else {
      await this.secrets.store(keyOf(url), JSON.stringify(credentials));
    }
  }
}

/** Nothing where it is damaged: what is wrong with it would be told with a part of it. */
function parse(text: string): StoredCredentials | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { kind, token, username, password } = (typeof value === "object" && value !== null ? value : {}) as Record<string, unknown>;
  if (kind === "bearer" && typeof token === "string") {
    return { kind, token };
  }
  return kind === "basic" && typeof username === "string" && typeof password === "string" ? { kind, username, password } : undefined;
}

function keyOf(url: string): string {
  return `mlops.server:${url}`;
}
