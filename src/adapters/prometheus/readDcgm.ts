import * as v from "valibot";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import type { ProcessorSample } from "../../core/compute/processor";
import { type HttpAnswer, readJson, sendHttp, serverAddress } from "../node/httpJson";
import { type MetricPoint, parseExposition } from "./parseExposition";
import { DCGM, toProcessors } from "./toProcessors";

const ANSWER = v.object({
  status: v.literal("success"),
  data: v.object({
    resultType: v.literal("vector"),
    result: v.array(v.object({ metric: v.record(v.string(), v.string()), value: v.tuple([v.number(), v.string()]) })),
  }),
});
const TIMEOUT_MS = 15_000;

/**
 * The processors that NVIDIA's exporter (DCGM) tells of: from its own page where the address ends with `/metrics`, else from Prometheus.
 * Source: https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 * @param headers of a login, for this address only. @param timeoutMs for the whole call. @throws AppError
 */
export async function readDcgm(
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: CancelSignal,
  timeoutMs = TIMEOUT_MS,
): Promise<readonly ProcessorSample[]> {
  const server = serverAddress(address, "The address of a source in mlops.compute.sources");
  const { host, hostname } = new URL(server);
  const ask = async (url: string): Promise<HttpAnswer> =>
    accepted(await sendHttp({ method: "GET", url, headers: { accept: "*/*", ...headers }, timeoutMs, signal }), host);
  if (server.endsWith("/metrics")) {
    return toProcessors(parseExposition((await ask(server)).text), hostname);
  }
  const query = `{__name__=~"${Object.values(DCGM).join("|")}"}`;
  const { data } = readJson(ANSWER, await ask(`${server}/api/v1/query?query=${encodeURIComponent(query)}`), host);
  const points = data.result.flatMap(({ metric, value }): readonly MetricPoint[] => {
    const number = Number(value[1]);
    return Number.isFinite(number) ? [{ name: metric["__name__"] ?? "", labels: metric, value: number }] : [];
  });
  return toProcessors(points, hostname);
}

function accepted(answer: HttpAnswer, host: string): HttpAnswer {
  const { status } = answer;
  if (status === 200) {
    return answer;
  }
  if (status === 401 || status === 403) {
    throw new AppError("store/unauthorized", `${host} does not accept the login.`, { remedy: "Set a login for this server." });
  }
  throw new AppError("store/bad-reply", `${host} refused the request (HTTP ${status}).`, {
    remedy: "Write the address of Prometheus itself, or that of an exporter with /metrics at its end.",
  });
}
