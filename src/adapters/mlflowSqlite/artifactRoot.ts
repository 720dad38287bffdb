import { dirname, join } from "node:path";

import { AppError } from "../../core/base/appError";
import type { CancelSignal } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ArtifactOwner } from "../../core/tracking/artifact";
import { artifactPathSegments } from "../node/localArtifacts";
import { rebaseArtifactUri } from "../node/rebaseArtifactUri";
import type { Connection } from "./connection";
import { findVersionSource } from "./registryQueries";
import { textOf } from "./values";

/** A copied version points to another version, that one to a run; longer chains are circles. */
const MAX_HOPS = 5;

/** The local folder of an owner's artifacts, below the folder that holds the database. */
export async function artifactRootOf(connection: Connection, owner: ArtifactOwner, signal: CancelSignal): Promise<string> {
  return resolve(connection, owner, MAX_HOPS, signal);
}

async function resolve(connection: Connection, owner: ArtifactOwner, hops: number, signal: CancelSignal): Promise<string> {
  const rebase = (uri: string): Promise<string> => rebaseArtifactUri(uri, [dirname(connection.path)]);
  switch (owner.kind) {
    case "run": {
      const row = await connection.get("SELECT artifact_uri AS uri FROM runs WHERE run_uuid = ?", [owner.runId], signal);
      if (row === undefined) {
        throw new AppError("run/not-found", `There is no run "${oneLine(owner.runId)}".`, { remedy: "Refresh the view." });
      }
      return rebase(textOf(row["uri"]));
    }
    case "loggedModel": {
      const row = connection.schema.has("logged_models")
        ? await connection.get("SELECT artifact_location AS uri FROM logged_models WHERE model_id = ?", [owner.modelId], signal)
        : undefined;
      if (row === undefined) {
        throw new AppError("model/not-found", `There is no logged model "${oneLine(owner.modelId)}".`, { remedy: "Refresh the view." });
      }
      return rebase(textOf(row["uri"]));
    }
    case "modelVersion": {
      const found = await findVersionSource(connection, owner.modelName, owner.version, signal);
      if (found === undefined) {
        throw new AppError("model/not-found", `There is no version ${oneLine(owner.version)} of the model "${oneLine(owner.modelName)}".`, {
          remedy: "Refresh the view.",
        });
      }
      return resolveSource(connection, found.storageLocation ?? found.source, hops - 1, signal);
    }
  }
}

/** A version's source is a place, `models:/m-…` (logged model), `models:/name/3` (copied version) or `runs:/id/path`. */
async function resolveSource(connection: Connection, source: string, hops: number, signal: CancelSignal): Promise<string> {
  const run = /^runs:\/+([^/]+)\/?(.*)$/s.exec(source);
  if (run?.[1] !== undefined) {
    const root = await resolve(connection, { kind: "run", runId: run[1] }, hops, signal);
    return join(root, ...artifactPathSegments(run[2] ?? ""));
  }
  const model = /^models:\/+([^/]+)(?:\/(\d+))?$/s.exec(source);
  if (model?.[1] === undefined) {
    return rebaseArtifactUri(source, [dirname(connection.path)]);
  }
  if (hops <= 0) {
    throw new AppError("artifact/not-found", `The source "${oneLine(source)}" leads in a circle.`);
  }
  const owner: ArtifactOwner =
    model[2] === undefined ? { kind: "loggedModel", modelId: model[1] } : { kind: "modelVersion", modelName: model[1], version: model[2] };
  return resolve(connection, owner, hops, signal);
}
