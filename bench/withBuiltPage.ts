import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, normalize } from "node:path";

import { build } from "esbuild";
import type { Browser } from "playwright-core";

import { launchChromium } from "../test/harness/chromium.mjs";

const BODY = '<!DOCTYPE html><html lang="en"><body><script type="module" src="/main.js"></script></body></html>';

/** Builds one of our pages as it is shipped, and measures it in a browser. @param name the page's folder in webview-ui. */
export async function withBuiltPage<T>(
  root: string,
  folder: string,
  name: string,
  measure: (browser: Browser, url: string) => Promise<T>,
): Promise<T> {
  const page = join(folder, "page");
  await build({
    absWorkingDir: root,
    entryPoints: [`webview-ui/${name}/main.ts`],
    outdir: page,
    bundle: true,
    minify: true,
    platform: "browser",
    target: "es2022",
    format: "esm",
    splitting: true,
    tsconfig: "webview-ui/tsconfig.json",
    loader: { ".svg": "text" },
    logLevel: "warning",
  });
  const server = createServer((request, response) => {
    const path = normalize(request.url ?? "/");
    response.setHeader("Content-Type", path === "/" ? "text/html" : "text/javascript");
    if (path === "/") {
      response.end(BODY);
    } else {
      createReadStream(join(page, path))
        .on("error", () => response.writeHead(404).end())
        .pipe(response);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await launchChromium();
  try {
    return await measure(browser, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`);
  } finally {
    await browser.close();
    server.close();
  }
}
