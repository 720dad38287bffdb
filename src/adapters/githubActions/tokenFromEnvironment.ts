/**
 * The token for a host in the variables of GitHub's own command line: GH_TOKEN and GITHUB_TOKEN for github.com and ghe.com,
 * GH_ENTERPRISE_TOKEN and GITHUB_ENTERPRISE_TOKEN for the server that GH_HOST names. A token goes to no other host, because a repository can
 * name any host as its origin.
 * Source: https://cli.github.com/manual/gh_help_environment
 */
export function tokenFromEnvironment(env: Readonly<Record<string, string | undefined>>, host: string): string | null {
  const isCloud = host === "github.com" || host.endsWith(".ghe.com");
  const names = isCloud ? ["GH_TOKEN", "GITHUB_TOKEN"] : ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"];
  const isMeant = isCloud || env["GH_HOST"]?.trim().toLowerCase() === host;
  return isMeant ? (names.map((name) => env[name]?.trim()).find((value) => value !== undefined && value !== "") ?? null) : null;
}
