import { mkdtempSync, rmSync, writeFileSync, cpSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { strict as assert } from "node:assert";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { fixture, type E2eSuite } from "./suite";

const folder = mkdtempSync(join(tmpdir(), "mlops-untrusted-"));
// Also when no test of this file is chosen.
process.once("exit", () => {
  rmSync(folder, { recursive: true, force: true });
});
let asked = 0;

/** A folder that nobody trusted: its stores can be read, and nothing that it names is contacted or executed. */
export const suite: E2eSuite = {
  workspace: folder,
  trust: false,
  before: async () => {
    const server: Server = createServer((_request, response) => {
      asked++;
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    cpSync(fixture("mlflow/v3-sqlite"), join(folder, "store"), { recursive: true });
    writeFileSync(join(folder, "mlops.yaml"), `version: 1\ntracking: ${address}\n`);
    writeFileSync(join(folder, ".env"), `MLFLOW_TRACKING_URI=${address}\n`);
    return () => {
      server.closeAllConnections();
      server.close();
      return Promise.resolve();
    };
  },
  tests: {
    "browses, and contacts no server that the folder names": async ({ workbench }) => {
      await workbench.page.keyboard.press("Escape"); // The question whether to trust, if it is shown.
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.row("vision", experiments).waitFor();
      assert.equal(asked, 0);
      await workbench.screenshot("restricted");
    },

    "compares runs, and starts no git": async ({ workbench }) => {
      await workbench.page.keyboard.press("Escape");
      await workbench.openSidebar("MLOps");
      const experiments = workbench.view("Experiments");
      await workbench.giveHeightTo("Experiments");
      await workbench.expand(workbench.row("vision", experiments));
      await workbench.expand(workbench.row("resnet.50", experiments));
      await workbench.row("resnet-11", experiments).click();
      await workbench.row("resnet-10", experiments).click({ modifiers: ["Control"] });
      await workbench.chooseFromMenu(workbench.row("resnet-10", experiments), "Compare Runs");
      const page = workbench.webview();
      await page.getByRole("columnheader", { name: "resnet-10" }).click({ button: "right" });
      await page.getByRole("menuitem", { name: "Compare Code with the Other Run" }).click();
      await page.getByText("Git is not started in a folder that you do not trust.").waitFor();
      await page.getByRole("row", { name: /^acc\b/ }).waitFor();
      assert.equal(asked, 0);
    },
  },
};
