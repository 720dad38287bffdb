import * as v from "valibot";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { EngineSecrets } from "../../core/training/trainingEngine";
import { type HttpAnswer, type HttpCall, readJson, sendHttp, wordsOf } from "../node/httpJson";

const TOKEN = v.object({ access_token: v.string() });
const VERSION = v.object({ version: v.string() });

export interface ApiCall {
  readonly method: HttpCall["method"];
  /** Below the API's own prefix, such as `/dags/train`. */
  readonly path: string;
  readonly body?: unknown;
  /** What is asked for, such as `the DAG "train"`. */
  readonly what: string;
  /** Statuses beside success that the caller reads itself. */
  readonly accept?: readonly number[];
}

/** The REST interface of one Airflow; `/api/v2` of Airflow 3, or `/api/v1` of Airflow 2. */
export class AirflowApi {
  private token: string | null = null;
  private found: { readonly prefix: "/api/v2" | "/api/v1"; readonly version: string } | null = null;

  constructor(
    readonly address: string,
    private readonly secrets: Pick<EngineSecrets, "token" | "login">,
    private readonly timeoutMs: number,
  ) {}

  /** @throws AppError for what is no Airflow. */
  async version(signal: CancelSignal): Promise<{ readonly prefix: "/api/v2" | "/api/v1"; readonly version: string }> {
    if (this.found === null) {
      const answer = await this.send("GET", "/api/v2/version", signal);
      const prefix = answer.status === 404 ? "/api/v1" : "/api/v2";
      const said = answer.status === 404 ? await this.send("GET", "/api/v1/version", signal) : answer;
      if (said.status === 404) {
        throw new AppError("usage", `What answers at ${this.host} is no Airflow.`, { remedy: "Check train.airflow.url." });
      }
      this.found = { prefix, version: readJson(VERSION, this.accepted(said, "its version"), this.host).version };
    }
    return this.found;
  }

  async get<T>(path: string, schema: v.GenericSchema<unknown, T>, what: string, signal: CancelSignal): Promise<T> {
    return readJson(schema, await this.call({ method: "GET", path, what }, signal), this.host);
  }

  /** Null where there is none. */
  async getIfThere<T>(path: string, schema: v.GenericSchema<unknown, T>, what: string, signal: CancelSignal): Promise<T | null> {
    const answer = await this.call({ method: "GET", path, what, accept: [404] }, signal);
    return answer.status === 404 ? null : readJson(schema, answer, this.host);
  }

  async call(call: ApiCall, signal: CancelSignal): Promise<HttpAnswer> {
    const { prefix } = await this.version(signal);
    const url = `${prefix}${call.path}`;
    const had = await this.authorization(prefix, signal);
    let answer = await this.send(call.method, url, signal, had, call.body);
    if (answer.status === 401 && this.token !== null && this.secrets.login !== null) {
      this.token = null;
      answer = await this.send(call.method, url, signal, await this.authorization(prefix, signal), call.body);
    }
    return call.accept?.includes(answer.status) === true ? answer : this.accepted(answer, call.what);
  }

  get host(): string {
    return new URL(this.address).host;
  }

  private async authorization(prefix: string, signal: CancelSignal): Promise<string | null> {
    const { token, login } = this.secrets;
    if (token !== null) {
      return `Bearer ${token}`;
    }
    if (login === null) {
      return null;
    }
    if (prefix === "/api/v1") {
      return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString("base64")}`;
    }
    if (this.token === null) {
      const body = { username: login.username, password: login.password };
      const answer = await this.send("POST", "/auth/token", signal, null, body);
      this.token = readJson(TOKEN, this.accepted(answer, "the login"), this.host).access_token;
    }
    return `Bearer ${this.token}`;
  }

  private send(
    method: HttpCall["method"],
    path: string,
    signal: CancelSignal,
    authorization: string | null = null,
    body?: unknown,
  ): Promise<HttpAnswer> {
    const headers = authorization === null ? {} : { authorization };
    return sendHttp({ method, url: `${this.address}${path}`, headers, body, timeoutMs: this.timeoutMs, signal });
  }

  private accepted(answer: HttpAnswer, what: string): HttpAnswer {
    const { status } = answer;
    if (status < 300) {
      return answer;
    }
    const words = oneLine(this.masked(wordsOf(answer)), 300);
    const said = words === "" ? "" : ` It says: ${words}`;
    if (status === 401) {
      throw new AppError("store/unauthorized", `Airflow at ${this.host} does not accept the login.`, {
        remedy: "Sign in with a user and a password, or a token, that it knows.",
      });
    }
    if (status === 403) {
      throw new AppError("store/forbidden", `The login may not see or use ${what} of Airflow at ${this.host}.`, {
        remedy: "Ask whoever looks after it for the permission to see and start the DAG.",
      });
    }
    if (status >= 500) {
      throw new AppError("store/unreachable", `Airflow at ${this.host} is not available at the moment (HTTP ${status}).`, {
        remedy: "Wait a little, then retry; its log says more.",
      });
    }
    throw new AppError("usage", `Airflow at ${this.host} refused ${what} (HTTP ${status}).${said}`, {
      remedy: status === 404 ? "Check that the name is right and the login may see it." : "Mend what it names, then make a new plan.",
    });
  }

  /** Should a server echo the login, it is not shown. */
  private masked(text: string): string {
    return [this.secrets.token, this.secrets.login?.password, this.token].reduce<string>(
      (shown, secret) => (secret === null || secret === undefined || secret === "" ? shown : shown.replaceAll(secret, "…")),
      text,
    );
  }
}
