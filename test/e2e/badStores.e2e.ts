import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { fixture, type E2eSuite } from "./suite";

/** Servers that are not what they should be, by the name that the tree shows. */
const servers: Readonly<Record<string, RequestListener>> = {
  "web page": (_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Sign in</body></html>");
  },
  "no login": (_request, response) => {
    response.writeHead(401, { "www-authenticate": 'Basic realm="mlflow"', "content-type": "text/plain" }).end("You are not authenticated.");
  },
  "no right": (_request, response) => {
    response.writeHead(403, { "content-type": "text/plain" }).end("Permission denied");
  },
  // Takes the request and never answers.
  silent: () => undefined,
};

const stores: { uri: string; name: string; timeoutSeconds: number }[] = [];
const folder = mkdtempSync(join(tmpdir(), "mlops-bad-stores-"));

/** A good database among stores that cannot be read: each says why, in words, and takes nothing else from the screen. */
export const suite: E2eSuite = {
  workspace: folder,
  settings: { "mlops.stores": stores },
  before: async () => {
    makeBadFolders();
    const started: Server[] = [];
    for (const [name, answer] of Object.entries(servers)) {
      const server = createServer(answer);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      started.push(server);
      stores.push({ uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, name, timeoutSeconds: 2 });
    }
    stores.push({ uri: "http://127.0.0.1:9", name: "nobody there", timeoutSeconds: 2 });
    return () => {
      for (const server of started) {
        server.closeAllConnections();
        server.close();
      }
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    };
  },
  tests: {
    "says of each store why it cannot be read, and shows the good one": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      // One view with all the height, so that every row is drawn.
      await workbench.view("Models").locator(".pane-header").click();
      for (const sentence of [
        /web page instead of data|with a web page/,
        /login|sign in|credentials/i,
        /permission|not allowed|may not/i,
        /No answer|did not answer|does not answer/i,
        /refused|nobody listens|not running|cannot be reached/i,
        /not MLflow|no MLflow/i,
        /damaged|malformed|not a database|cannot be read/i,
      ]) {
        await workbench.row(sentence, experiments).waitFor();
      }
      await workbench.row("vision", experiments).waitFor();
      await workbench.screenshotInThemes("bad-stores");
    },

    "loses only the run whose file is broken": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      await workbench.runCommand("MLOps: List All Stores Together");
      const experiments = workbench.view("Experiments");
      await workbench.view("Models").locator(".pane-header").click();
      await workbench.row("vision", experiments).waitFor();
      await workbench.screenshot("bad-stores-merged");
    },
  },
};

function makeBadFolders(): void {
  cpSync(fixture("mlflow/v3-sqlite"), join(folder, "good"), { recursive: true });
  mkdirSync(join(folder, "shop"));
  const shop = new DatabaseSync(join(folder, "shop", "mlflow.db"));
  shop.exec("create table orders(id integer)");
  shop.close();
  mkdirSync(join(folder, "cut"));
  cpSync(fixture("mlflow/v3-sqlite/mlflow.db"), join(folder, "cut", "mlflow.db"));
  truncateSync(join(folder, "cut", "mlflow.db"), 20_000);
  cpSync(fixture("mlflow/v3-file"), join(folder, "half"), { recursive: true });
  const mlruns = join(folder, "half", "mlruns");
  // The order of a folder's entries differs between machines, and some experiments have no run.
  const runFolders = readdirSync(mlruns).flatMap((experiment) =>
    readdirSync(join(mlruns, experiment))
      .filter((name) => /^[0-9a-f]{32}$/.test(name))
      .map((name) => join(mlruns, experiment, name)),
  );
  const run = runFolders.toSorted()[0];
  if (run === undefined) {
    throw new Error("The fixture has no run.");
  }
  writeFileSync(join(run, "meta.yaml"), "run_id: [unclosed\n");
}
