import { readFile } from "node:fs/promises";
import * as tls from "node:tls";
import { AppError } from "../../core/base/appError";
import type { RestConnection } from "./restConnection";

/** What a TLS connection needs beside the defaults. */
export interface TlsOptions {
  readonly ca?: string[];
  readonly cert?: string;
  readonly key?: string;
  readonly rejectUnauthorized?: boolean;
}

/** Reads the connection's certificate files. An own authority is added to the usual ones, it does not replace them. */
export async function readTlsOptions(connection: RestConnection): Promise<TlsOptions> {
  const ca = connection.caFile === undefined ? undefined : await readPem(connection.caFile, "certificate authority");
  const client = connection.clientCertFile === undefined ? undefined : await readPem(connection.clientCertFile, "client certificate");
  return {
    ...(ca === undefined ? {} : { ca: [...tls.rootCertificates, ca] }),
    ...(client === undefined ? {} : { cert: client, key: client }),
    ...(connection.insecureTls === true ? { rejectUnauthorized: false } : {}),
  };
}

async function readPem(path: string, what: string): Promise<string> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new AppError("usage", `The ${what} file ${path} cannot be read.`, {
      remedy: "Check the path in the connection's settings.",
      cause,
    });
  }
  if (!text.includes("-----BEGIN ")) {
    throw new AppError("usage", `The ${what} file ${path} is not a PEM file.`, {
      remedy: 'Give a text file with "-----BEGIN CERTIFICATE-----" in it.',
    });
  }
  return text;
}
