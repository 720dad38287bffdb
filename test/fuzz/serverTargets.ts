import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

import { openRestStore } from "../../src/adapters/mlflowRest/openRestStore";
import { isAppError } from "../../src/core/base/appError";
import { NEVER_CANCELLED } from "../../src/core/base/cancel";
import { type Answers, FOREIGN_SERVERS, type ForeignServer } from "../fakes/foreignServers";
import { exploreStore } from "./exploreStore";
import { type FuzzTarget, type OpenTarget, values } from "./fuzzTarget";

const TIMEOUT_MS = 5000;
const SHARES: Readonly<Record<string, number>> = { "prometheus-server": 20, "scoring-server": 20 };

/** Servers of other people: any of their answers may be anything. One target for each answer; all others are good then. */
export const serverTargets: readonly FuzzTarget[] = FOREIGN_SERVERS.flatMap((server) =>
  server.answers.map(([input, answer], index): FuzzTarget => ({
    name: server.answers.length === 1 ? server.name : `${server.name}-${index + 1}`,
    kind: "json",
    seeds: values(answer),
    share: SHARES[server.name] ?? 5,
    open: () => serve(server, input),
  })),
);

async function serve({ name, answers, calls }: ForeignServer, input: RegExp): Promise<OpenTarget> {
  let current: Buffer = Buffer.alloc(0);
  const server = createServer((request, response) => {
    request.resume();
    const found = answerTo(answers, request.url);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(found?.[0] === input ? current : JSON.stringify(found?.[1] ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    run: async (bytes) => {
      current = bytes;
      if (name === "mlflow-server") {
        await exploreServer(url);
        return;
      }
      for (const call of Object.values(calls(url, TIMEOUT_MS))) {
        await refusable(call());
      }
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function answerTo(answers: Answers, url = ""): Answers[number] | undefined {
  return answers.find(([path]) => path.test(url.split("?")[0] ?? ""));
}

/** One store, and what its answers lead to. */
async function exploreServer(url: string): Promise<void> {
  const store = await openRestStore({ url, credentials: () => Promise.resolve({ kind: "none" }), timeoutMs: TIMEOUT_MS }, NEVER_CANCELLED);
  try {
    await exploreStore(store);
  } finally {
    store.dispose();
  }
}

async function refusable(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!isAppError(error)) {
      throw error;
    }
  }
}
