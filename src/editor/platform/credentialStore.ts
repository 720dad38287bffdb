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
    const value = JSON.parse(text) as StoredCredentials;
    return value;
  }

  async set(url: string, credentials: StoredCredentials | undefined): Promise<void> {
    if (credentials === undefined) {
      await this.secrets.delete(keyOf(url));
    } else {
      await this.secrets.store(keyOf(url), JSON.stringify(credentials));
    }
  }
}

function keyOf(url: string): string {
  return `mlops.server:${url}`;
}
