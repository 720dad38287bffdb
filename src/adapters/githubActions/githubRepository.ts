/** A repository on GitHub, on ghe.com or on a GitHub Enterprise Server. */
export interface GithubRepository {
  /** Name of the server as in a browser, with a port where it has one of its own. */
  readonly host: string;
  readonly owner: string;
  readonly name: string;
}

const NAME = /^[\w.-]{1,100}$/;
/** GitHub takes SSH at this name too, for networks that block port 22. */
const SSH_OVER_HTTPS = "ssh.github.com";

/**
 * Reads the address of a git remote: `https://host/owner/name.git`, `ssh://git@host:port/owner/name`, `git@host:owner/name.git`. A login in it
 * is passed over.
 * @returns null for what is no repository of a server, such as a folder.
 */
export function readRemoteUrl(text: string): GithubRepository | null {
  const plain = text.trim();
  const short = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(plain);
  if (short !== null && !/^[a-z][a-z\d+.-]*:\/\//i.test(plain)) {
    // A letter before a colon is a drive of Windows.
    return (short[1] ?? "").length < 2 ? null : repositoryOf(short[1] ?? "", short[2] ?? "");
  }
  const url = URL.canParse(plain) ? new URL(plain) : null;
  switch (url?.protocol) {
    case "https:":
    case "http:":
      return repositoryOf(url.host, url.pathname);
    case "ssh:":
    case "git:":
    case "git+ssh:":
      // The port is that of SSH and says nothing of the web.
      return repositoryOf(url.hostname, url.pathname);
    default:
      return null;
  }
}

function repositoryOf(host: string, path: string): GithubRepository | null {
  const [owner = "", name = "", ...rest] = path.replace(/^\/+|\/+$/g, "").split("/");
  const plain = name.replace(/\.git$/i, "");
  if (rest.length > 0 || !NAME.test(owner) || !NAME.test(plain) || /^\.+$/.test(plain) || host === "") {
    return null;
  }
  const lower = host.toLowerCase();
  return { host: lower === SSH_OVER_HTTPS || lower === "www.github.com" ? "github.com" : lower, owner, name: plain };
}

/** Where the REST API of a server is. */
export function apiUrlOf(host: string): string {
  if (host === "github.com") {
    return "https://api.github.com";
  }
  return host.endsWith(".ghe.com") ? `https://api.${host}` : `https://${host}/api/v3`;
}

/** The repository's page; also how a handle names the repository. */
export function webUrlOf({ host, owner, name }: GithubRepository): string {
  return `https://${host}/${owner}/${name}`;
}
