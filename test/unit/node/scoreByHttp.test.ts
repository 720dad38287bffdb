import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";

import { scoreByHttp } from "../../../src/adapters/node/scoreByHttp";
import { NEVER_CANCELLED } from "../../../src/core/base/cancel";
import type { ScoringInput } from "../../../src/core/deployment/deployTarget";

const INPUT: ScoringInput = { dataframe_split: { columns: ["a"], data: [[1], [2]] } };

/** A model that answers always the same. @returns its address, and what it was sent. */
async function model(status: number, text: string): Promise<{ readonly url: string; readonly sent: readonly string[] }> {
  const sent: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      sent.push(`${request.method ?? ""} ${request.headers["content-type"] ?? ""} ${body}`);
      response.writeHead(status).end(text);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/invocations?token=hunter2`, sent };
}

function score(url: string, input: ScoringInput = INPUT): ReturnType<typeof scoreByHttp> {
  return scoreByHttp({ url, timeoutMs: 10_000 }, input, NEVER_CANCELLED);
}

describe("one scoring request", () => {
  it("sends the input as JSON and gives the first of the answer", async () => {
    const { url, sent } = await model(200, "7".repeat(5000));
    const scoring = await score(url);
    expect(sent).toEqual([`POST application/json ${JSON.stringify(INPUT)}`]);
    expect(scoring).toMatchObject({ ok: true, answer: "7".repeat(2000) });
    expect(scoring.message).toMatch(/^Sent 2 rows to 127\.0\.0\.1:\d+\/invocations; the answer came after \d+ ms\.$/);
  });

  it.each([
    [400, '{"error_code": "BAD_REQUEST", "message": "Missing column a."}', "the answer was HTTP 400: Missing column a."],
    [500, "Internal Server Error", "the answer was HTTP 500: Internal Server Error."],
    [422, '{"detail": [{"msg": "field required"}]}', "the answer was HTTP 422: field required."],
    [503, "<html><b>Traceback</b>", "the answer was HTTP 503."],
    [
      400,
      JSON.stringify({
        message: "Verify the input.",
        stack_trace: "Traceback:\n  File x\nModuleNotFoundError: No module named 'lightgbm'\n",
      }),
      "the answer was HTTP 400: Verify the input. ModuleNotFoundError: No module named 'lightgbm'.",
    ],
    [
      400,
      '{"message": "Missing column a.", "stack_trace": "Traceback:\\nMlflowException: Missing column a.\\n"}',
      "HTTP 400: Missing column a.",
    ],
    [400, '{"message": "Missing column a.", "stack_trace": 7}', "HTTP 400: Missing column a."],
    [404, "null", "the answer was HTTP 404."],
  ])("says what the model says with HTTP %i", async (status, text, words) => {
    const { url } = await model(status, text);
    const scoring = await score(url);
    expect(scoring).toMatchObject({ ok: false, answer: text });
    expect(scoring.message.endsWith(words)).toBe(true);
    expect(scoring.message).not.toContain("hunter2");
  });

  it("says that nobody answers, and what is no address", async () => {
    expect(await score("http://127.0.0.1:9/invocations")).toMatchObject({ ok: false, answer: null });
    expect((await score("http://127.0.0.1:9/invocations")).message).toMatch(/^Sent 2 rows to .*, and got no answer: .*cannot be reached/);
    expect((await score("http://[bad")).message).toContain("is no address that could be asked");
  });

  it.each([
    [{ dataframe_records: [{ a: 1 }] }, "1 row"],
    [{ inputs: [[1], [2], [3]] }, "3 rows"],
    [{ inputs: { a: [1] } }, "one input"],
    [{ instances: [] }, "0 rows"],
  ])("says how much it sent with %j", async (input, words) => {
    const { url } = await model(200, "{}");
    expect((await score(url, input)).message).toContain(`Sent ${words} to`);
  });

  it("ends when it is called off", async () => {
    const call = scoreByHttp({ url: "http://127.0.0.1:9/", timeoutMs: 10_000 }, INPUT, AbortSignal.abort());
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
  });
});
