import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { withFileLock } from "../node/jobs/fileLock";
import type { RayHttp } from "./rayHttp";
import { SERVE_DETAILS, type ServeDetails } from "./serveDetails";
import { SERVE_PATH } from "./serveRequest";

/** The REST interface of Ray Serve. */
export class RayServeApi {
  constructor(private readonly http: RayHttp) {}

  async details(signal: CancelSignal): Promise<ServeDetails> {
    const answer = await this.http.send("GET", SERVE_PATH, signal);
    if (answer.status === 404) {
      throw new AppError("store/unsupported", `The Ray cluster at ${this.http.host} has no Ray Serve.`, {
        remedy: 'Install "ray[serve]" on its head node.',
      });
    }
    return this.http.read(SERVE_DETAILS, answer);
  }

  /**
   * Reads what is there, and sends what is made of it, with nobody else of this machine in between; others are not kept out, since Ray has no
   * compare-and-set. @param make null changes nothing. @returns what was there before, and whether it was changed.
   */
  async change(
    make: (details: ServeDetails) => Readonly<Record<string, unknown>> | null,
    signal: CancelSignal,
  ): Promise<{ readonly before: ServeDetails; readonly isSent: boolean }> {
    const key = createHash("sha256").update(this.http.address).digest("hex").slice(0, 16);
    return withFileLock(join(tmpdir(), `mlops-ray-${process.getuid?.() ?? ""}-${key}.lock`), signal, async () => {
      const before = await this.details(signal);
      const body = make(before);
      if (body !== null) {
        this.http.accepted(await this.http.send("PUT", SERVE_PATH, signal, { body }));
      }
      return { before, isSent: body !== null };
    });
  }
}
