import { AppError } from "../../core/base/appError";
import { ForeignRedirectError, SilenceError } from "./httpReply";

const CERTIFICATE_REASONS: ReadonlyMap<string, string> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "its certificate is self-signed"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "its certificate was signed by an authority that this machine does not know"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its certificate was signed by an authority that this machine does not know"],
  ["UNABLE_TO_GET_ISSUER_CERT", "its certificate was signed by an authority that this machine does not know"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "its certificate was signed by an authority that this machine does not know"],
  ["CERT_HAS_EXPIRED", "its certificate has expired"],
  ["CERT_NOT_YET_VALID", "its certificate is not valid yet"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "its certificate was issued for another host name"],
  ["CERT_UNTRUSTED", "its certificate is not trusted"],
  ["CERT_REVOKED", "its certificate was revoked"],
]);

const NETWORK_REASONS: ReadonlyMap<string, string> = new Map([
  ["ECONNREFUSED", "nothing listens at this address"],
  ["ENOTFOUND", "the host name is not known"],
  ["EAI_AGAIN", "the host name could not be looked up"],
  ["ECONNRESET", "the connection was cut off"],
  ["EPIPE", "the connection was cut off"],
  ["ETIMEDOUT", "the connection timed out"],
  ["EHOSTUNREACH", "there is no route to the host"],
  ["ENETUNREACH", "there is no network"],
]);

/** Turns a failure below HTTP into a sentence. The address is the only part of the request that is told. */
export function toNetworkError(error: unknown, url: string): Error {
  if (!(error instanceof Error) || error.name === "AbortError") {
    return error instanceof Error ? error : new Error(String(error));
  }
  if (error instanceof SilenceError) {
    return new AppError("store/timeout", `The server at ${url} sent nothing for ${Math.round(error.afterMs / 100) / 10} seconds.`, {
      remedy: "Check that it is running and not overloaded, then retry, or raise the time limit in the settings.",
      cause: error,
    });
  }
  if (error instanceof ForeignRedirectError) {
    return new AppError("store/bad-reply", `The server at ${url} sends its callers on to ${error.origin}, which was not contacted.`, {
      remedy: "If that is your MLflow server, use its address instead; if it is a login page, set credentials that the proxy accepts.",
      cause: error,
    });
  }
  const code = codeOf(error);
  const certificate = CERTIFICATE_REASONS.get(code);
  if (certificate !== undefined) {
    return new AppError("store/unreachable", `The server at ${url} cannot be trusted: ${certificate}.`, {
      remedy: "Give the certificate of its authority (a PEM file) in the connection's settings, or correct the address.",
      cause: error,
    });
  }
  if (code === "EPROTO" || code.startsWith("ERR_SSL_")) {
    return new AppError("store/unreachable", `No secure connection to ${url} could be made (${code}).`, {
      remedy: "If the server speaks plain HTTP, write http:// instead of https://.",
      cause: error,
    });
  }
  if (code === "HPE_INVALID_CONSTANT" || code.startsWith("HPE_")) {
    return new AppError("store/bad-reply", `What answers at ${url} does not speak HTTP.`, {
      remedy: "Check the address and the port; a server with a certificate needs https://.",
      cause: error,
    });
  }
  const reason = NETWORK_REASONS.get(code) ?? (code === "" ? error.message : code);
  return new AppError("store/unreachable", `The server at ${url} cannot be reached: ${reason}.`, {
    remedy: "Check that it is running and that the address is right, then retry.",
    cause: error,
  });
}

/** A host with several addresses fails with an AggregateError, whose parts carry the code. */
function codeOf(error: Error): string {
  const own = (error as { code?: unknown }).code;
  if (typeof own === "string") {
    return own;
  }
  const parts: unknown = (error as { errors?: unknown }).errors;
  const first: unknown = Array.isArray(parts) ? parts[0] : undefined;
  return first instanceof Error ? codeOf(first) : "";
}
