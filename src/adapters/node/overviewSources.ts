import { existsSync } from "node:fs";
import { relative, resolve, sep } from "node:path";

import { AppError } from "../../core/base/appError";
import { oneLine } from "../../core/base/oneLine";
import type { OverviewWorld } from "../../core/health/overviewWorld";
import { parseStoreUri, type StoreLocation } from "../../core/tracking/storeLocation";
import { openDeploymentFolders } from "./deploymentFolders";
import { openJobFolders } from "./jobFolders";
import { nearestStore } from "./nearestStore";
import { openResultFiles } from "./resultFiles";
import { withinTime } from "./timeLimit";

type Opened = "results" | "jobs" | "deployments" | "locate" | "storeLabel" | "within" | "timeZone";

/** The world of an overview of a folder on disk. @param root absolute. @param rest what does not lie in it as files. */
export function openOverviewSources(root: string, rest: Omit<OverviewWorld, Opened>): OverviewWorld {
  const { files, repositories, registry, calendar, stores, knownStores, userEmail, now, today, pacer } = rest;
  return {
    ...{ files, repositories, registry, calendar, stores, userEmail, now, today, pacer },
    // One that a product names and that is not there is told of at the product.
    knownStores: async (signal) => (await knownStores(signal)).filter((one) => one.kind === "rest" || existsSync(one.path)),
    results: openResultFiles(root),
    jobs: openJobFolders(root),
    deployments: openDeploymentFolders(root),
    locate: (folder, uri) => locateStore(root, folder, uri),
    storeLabel: (location) => storeLabel(root, location),
    within: withinTime,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
    forget: (path) => rest.forget(path),
    forgetFacts: () => rest.forgetFacts(),
    dispose: () => rest.dispose(),
  };
}

/** Where a product's store is; see `OverviewWorld.locate`. @param root absolute. */
export function locateStore(root: string, folder: string, uri: string | null): StoreLocation | null {
  if (uri === null) {
    return nearestStore(root, folder);
  }
  const location = parseStoreUri(uri, (path) => resolve(root, folder, path));
  if (location.kind !== "rest" && !existsSync(location.path)) {
    throw new AppError("store/not-found", `The store ${oneLine(storeLabel(root, location))}, which tracking.uri names, is not there.`, {
      remedy: "Bring it back, or say in tracking.uri where it is now.",
    });
  }
  return location;
}

/** A path below the folder, an address without its scheme. */
function storeLabel(root: string, location: StoreLocation): string {
  if (location.kind === "rest") {
    return location.url.replace(/^https?:\/\//, "");
  }
  const below = relative(root, location.path);
  return below === "" || below.startsWith("..") ? location.path : below.split(sep).join("/");
}
