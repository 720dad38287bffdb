import type * as v from "valibot";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { EngineSecrets } from "../../core/training/trainingEngine";
import { type HttpAnswer, type HttpCall, readJson, sendHttp, wordsOf } from "../node/httpJson";

/** Requests to one cluster's dashboard, with its login. */
export class RayHttp {
  constructor(
    readonly address: string,
    private readonly secrets: Pick<EngineSecrets, "token" | "login">,
    private readonly timeoutMs: number,
  ) {}

  get host(): string {
    return new URL(this.address).host;
  }

  async get<T>(path: string, schema: v.GenericSchema<unknown, T>, signal: CancelSignal): Promise<T> {
    return this.read(schema, await this.send("GET", path, signal));
  }

  /** @throws AppError for an answer that is no success, or of another shape. */
  read<T>(schema: v.GenericSchema<unknown, T>, answer: HttpAnswer): T {
    return readJson(schema, this.accepted(answer), this.host);
  }

  /** @returns any answer, whatever its status. */
  send(
    method: HttpCall["method"],
    path: string,
    signal: CancelSignal,
    more: Pick<HttpCall, "body" | "maxBytes"> = {},
  ): Promise<HttpAnswer> {
    const { token, login } = this.secrets;
    const basic = login === null ? null : `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
    const authorization = token === null ? basic : `Bearer ${token}`;
    const headers = authorization === null ? {} : { authorization };
    return sendHttp({ method, url: `${this.address}${path}`, headers, timeoutMs: this.timeoutMs, signal, ...more });
  }

  /** @throws AppError with what the cluster says, for an answer that is no success. */
  accepted(answer: HttpAnswer): HttpAnswer {
    const { status } = answer;
    if (status < 300) {
      return answer;
    }
    if (status === 401 || status === 403) {
      throw new AppError(
        status === 401 ? "store/unauthorized" : "store/forbidden",
        `The Ray cluster at ${this.host} does not accept the login.`,
        {
          remedy: "Give a token, or a user and a password, that the cluster knows.",
        },
      );
    }
    if (status === 502 || status === 503 || status === 504) {
      throw new AppError("store/unreachable", `The Ray cluster at ${this.host} is not available at the moment (HTTP ${status}).`, {
        remedy: "Wait a little, then retry.",
      });
    }
    const said = oneLine(this.masked(wordsOf(answer)), 300);
    throw new AppError(
      status >= 500 ? "store/bad-reply" : "usage",
      `Ray at ${this.host} refused the request (HTTP ${status}).${said === "" ? "" : ` It says: ${said}`}`,
      {
        remedy: "The log of the cluster's dashboard says more.",
      },
    );
  }

  /** Should a proxy echo the login, it is not shown. */
  private masked(text: string): string {
    return [this.secrets.token, this.secrets.login?.password].reduce<string>(
      (shown, secret) => (secret === null || secret === undefined || secret === "" ? shown : shown.replaceAll(secret, "…")),
      text,
    );
  }
}
