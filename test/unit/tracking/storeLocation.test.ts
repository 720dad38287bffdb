import { describe, expect, it } from "vitest";

import { isAppError } from "../../../src/core/base/appError";
import { parseStoreUri, storeIdOf, storeLocationOf } from "../../../src/core/tracking/storeLocation";

const parse = (uri: string) => parseStoreUri(uri, (path) => (/^([A-Za-z]:[\\/]|\/)/.test(path) ? path : `/base/${path}`));

describe("parseStoreUri", () => {
  it.each([
    ["mlflow.db", { kind: "sqlite", path: "/base/mlflow.db" }],
    ["sqlite:///mlflow.db", { kind: "sqlite", path: "/base/mlflow.db" }],
    ["sqlite:////srv/mlflow.db", { kind: "sqlite", path: "/srv/mlflow.db" }],
    ["sqlite+pysqlite:///x.db?timeout=5", { kind: "sqlite", path: "/base/x.db" }],
    ["sqlite:///C:/data/mlflow.db", { kind: "sqlite", path: "C:/data/mlflow.db" }],
    ["./mlruns", { kind: "file", path: "/base/./mlruns" }],
    ["file:///srv/ml%20runs", { kind: "file", path: "/srv/ml runs" }],
    ["file:/srv/mlruns", { kind: "file", path: "/srv/mlruns" }],
    ["file:./mlruns", { kind: "file", path: "/base/./mlruns" }],
    ["file://localhost/srv/mlruns", { kind: "file", path: "/srv/mlruns" }],
    ["file:///C:/data/mlruns", { kind: "file", path: "C:/data/mlruns" }],
    ["file:///srv/100%", { kind: "file", path: "/srv/100%" }],
    ["http://localhost:5000/", { kind: "rest", url: "http://localhost:5000" }],
    ["HTTPS://Host/prefix/#/experiments", { kind: "rest", url: "HTTPS://Host/prefix" }],
    ["https://user:secret@host", { kind: "rest", url: "https://host" }],
    ["C:\\data\\mlruns", { kind: "file", path: "C:\\data\\mlruns" }],
  ])("reads %s", (uri, location) => {
    expect(parse(uri)).toEqual(location);
  });

  it.each(["", "  ", "postgresql://host/db", "databricks://profile", "s3://bucket"])("refuses %j with what is allowed", (uri) => {
    let thrown: unknown;
    try {
      parse(uri);
    } catch (error) {
      thrown = error;
    }
    expect(isAppError(thrown, "usage") && thrown.remedy).toContain("mlflow.db");
  });

  it("turns ids back into locations", () => {
    for (const uri of ["mlflow.db", "mlruns", "http://localhost:5000"]) {
      expect(storeLocationOf(storeIdOf(parse(uri)))).toEqual(parse(uri));
    }
  });
});
