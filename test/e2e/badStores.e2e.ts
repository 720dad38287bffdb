import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
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

/** The experiment that has a run whose file is broken. */
const BROKEN = "edge.cases/metrics";
const stores: { uri: string; name: string; timeoutSeconds: number }[] = [];
const folder = mkdtempSync(join(tmpdir(), "mlops-bad-stores-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});

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
      return Promise.resolve();
    };
  },
  tests: {
    "says of each store why it cannot be read, and shows the good one": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      // Only rows in sight exist: one view gets all the height, and one long list is shut.
      await workbench.giveHeightTo("Experiments");
      await workbench.row("half/mlruns", experiments).locator(".monaco-tl-twistie").click();
      for (const reason of [
        /No MLflow answer.*web page/,
        /Sign-in needed.*login/,
        /Not allowed.*login/,
        /No answer in time/,
        /Not reachable.*nothing listens/,
        /Not MLflow's/,
        /Cannot be read.*damaged|Cannot be read.*cut/,
      ]) {
        await workbench.row(reason, experiments).waitFor();
      }
      await workbench.row("vision", experiments).waitFor();
      await workbench.screenshotInThemes("bad-stores");
    },

    "lists all stores together although some cannot be read": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      // The palette knows the command once the extension has said how the stores are listed.
      await workbench.row("vision", experiments).waitFor();
      await workbench.runCommand("MLOps: List All Stores Together");
      await workbench.giveHeightTo("Experiments");
      // Two stores hold an experiment of this name: the good one, and the one with a run whose file is broken.
      await experiments.locator('[role="treeitem"]', { hasText: "edge.cases/metrics" }).nth(1).waitFor();
      await workbench.screenshot("bad-stores-merged");
    },

    "loses only the run whose file is broken, and says so above the tree": async ({ workbench }) => {
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.giveHeightTo("Experiments");
      await workbench.row("half/mlruns", experiments).waitFor();
      await workbench.expand(experiments.locator('[role="treeitem"]', { hasText: BROKEN }).last());
      await experiments
        .getByText(/could not be read/)
        .first()
        .waitFor();
      await workbench.screenshot("broken-run");
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
  const metrics = readdirSync(mlruns).find(
    (name) => /^\d+$/.test(name) && readFileSync(join(mlruns, name, "meta.yaml"), "utf8").includes(BROKEN),
  );
  const run = readdirSync(join(mlruns, metrics ?? "")).find((name) => /^[0-9a-f]{32}$/.test(name));
  if (metrics === undefined || run === undefined) {
    throw new Error(`The fixture has no run in ${BROKEN}.`);
  }
  writeFileSync(join(mlruns, metrics, run, "meta.yaml"), "run_id: [unclosed\n");
}
