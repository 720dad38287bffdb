import { AppError } from "../../core/base/appError";
import { isLoopbackUrl, serverAddress } from "../node/httpJson";

/** Where a model is served. */
export interface ServeAddress {
  /** What the server binds. */
  readonly host: string;
  readonly port: number;
  /** Where it is asked from this machine; without a slash at its end. */
  readonly url: string;
  /** Whether only this machine reaches it. */
  readonly isLoopback: boolean;
}

/** Names by which a server binds all addresses of a machine, and where one asks then. */
const EVERYWHERE: Readonly<Record<string, string>> = { "0.0.0.0": "127.0.0.1", "[::]": "[::1]" };

/** @throws AppError `usage` for what MLflow cannot listen on. */
export function serveAddress(address: string | null, name: string): ServeAddress {
  const shown = `The address of the target "${name}"`;
  if (address === null) {
    throw new AppError("usage", `${shown} is missing: it is where the model is served, such as http://127.0.0.1:5001.`);
  }
  const url = new URL(serverAddress(address, shown));
  if (url.protocol !== "http:" || url.port === "" || url.pathname !== "/") {
    throw new AppError("usage", `${shown} has to be http, a host and a port, such as http://127.0.0.1:5001.`, {
      remedy: "MLflow itself serves without encryption and without a path; put a proxy before it where both are needed.",
    });
  }
  return addressOn(url.hostname, Number(url.port));
}

/** The same host at another port. */
export function addressOn(host: string, port: number): ServeAddress {
  const url = `http://${EVERYWHERE[host] ?? host}:${port}`;
  return { host, port, url, isLoopback: EVERYWHERE[host] === undefined && isLoopbackUrl(url) };
}
