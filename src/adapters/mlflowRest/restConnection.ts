/** How to sign in. The client prefers basic over bearer where an environment sets both, as MLflow's own client does. */
export type RestCredentials =
  | { readonly kind: "none" }
  | { readonly kind: "bearer"; readonly token: string }
  | { readonly kind: "basic"; readonly username: string; readonly password: string };

/** All that is needed to talk to one MLflow server. */
export interface RestConnection {
  /** Base address without trailing slash; may carry a path prefix. */
  readonly url: string;
  /** Asked before each request, so that a changed secret takes effect without a reload. */
  readonly credentials: () => Promise<RestCredentials>;
  readonly headers?: Readonly<Record<string, string>>;
  /** MLflow 3 workspace, sent as X-MLFLOW-WORKSPACE. */
  readonly workspace?: string;
  /** Path of a PEM file with the authority that signed the server's certificate. */
  readonly caFile?: string;
  /** Path of a PEM file that holds the client's certificate and its key. */
  readonly clientCertFile?: string;
  readonly insecureTls?: boolean;
  /** Milliseconds that a server may stay silent, before the answer and within it. Retries, together, stay within it as well. */
  readonly timeoutMs: number;
}
