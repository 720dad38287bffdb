import { pathToFileURL } from "node:url";

import type { StoreLocation } from "../../core/tracking/storeLocation";

/** A store as MLflow is told of it, such as `sqlite:////data/mlflow.db`; without a login. */
export function storeUri(location: StoreLocation): string {
  switch (location.kind) {
    case "sqlite":
      return `sqlite:///${location.path.replaceAll("\\", "/")}`;
    case "file":
      return pathToFileURL(location.path).href;
    case "rest":
      return location.url;
  }
}
