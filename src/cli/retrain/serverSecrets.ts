import type { EngineSecrets } from "../../core/training/trainingEngine";

const NOTHING: EngineSecrets = { env: {}, token: null, login: null };

/**
 * The login for a server in the environment: `AIRFLOW_TOKEN`, or `AIRFLOW_USERNAME` with `AIRFLOW_PASSWORD`; `RAY_AUTH_TOKEN`. It goes to the
 * server that the same environment names (`AIRFLOW_URL`, `RAY_ADDRESS`) or to one on this machine, and to no other, because a repository can
 * name any server in its mlops.yaml.
 * @param address as the product's file names it.
 */
export function serverSecrets(
  env: Readonly<Record<string, string | undefined>>,
  server: "AIRFLOW" | "RAY",
  address: string,
): EngineSecrets {
  const get = (name: string): string | null => {
    const value = env[`${server}_${name}`]?.trim();
    return value === undefined || value === "" ? null : value;
  };
  const named = get(server === "RAY" ? "ADDRESS" : "URL");
  if (!URL.canParse(address) || !(isHere(new URL(address)) || (named !== null && isSame(named, address)))) {
    return NOTHING;
  }
  const username = get("USERNAME");
  const password = get("PASSWORD");
  const login = username === null || password === null ? null : { username, password };
  return { env: {}, token: get(server === "RAY" ? "AUTH_TOKEN" : "TOKEN"), login };
}

function isHere({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

function isSame(named: string, address: string): boolean {
  return URL.canParse(named) && placeOf(new URL(named)) === placeOf(new URL(address));
}

function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.replace(/\/+$/, "");
}
