import type { ServeApplication, ServeDetails } from "./serveDetails";

/** Hosts by which a proxy of Ray says that it listens on all addresses, or on its own machine only. */
const UNNAMED = /^(?:|0\.0\.0\.0|::|127(?:\.\d{1,3}){3}|localhost|::1)$/;
const PORT = 8000;

/**
 * Where an application answers, without a slash at its end; null where it does not answer over HTTP.
 * @param dashboard whose host is taken where the proxy names none that others could ask.
 */
export function applicationUrl(details: ServeDetails, application: ServeApplication, dashboard: string): string | null {
  const { http_options: http, proxy_location: location } = details;
  const prefix = application.route_prefix ?? null;
  if (prefix === null || http == null || location === "Disabled") {
    return null;
  }
  const host = http.host ?? "";
  const name = UNNAMED.test(host) ? new URL(dashboard).hostname : host.includes(":") ? `[${host}]` : host;
  const scheme = http.ssl_certfile == null ? "http" : "https";
  return `${scheme}://${name}:${http.port ?? PORT}${http.root_path ?? ""}${prefix}`.replace(/\/+$/, "");
}

/** An address that is written whole, or one below another. */
export function urlBelow(base: string, path: string | null): string {
  return path === null ? base : /^https?:\/\//i.test(path) ? path : `${base}/${path.replace(/^\/+/, "")}`;
}
