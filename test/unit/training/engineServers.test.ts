import { expect, it } from "vitest";

import { engineServers } from "../../../src/editor/training/engineServers";

const ray = (name: string, address: string) => ({ name, product: { train: { ray: { address } } } });

it("names each server once, with the products that it trains", () => {
  expect(engineServers([ray("churn", "http://head:8265"), ray("credit", "http://head:8265/"), ray("demand", "http://other:8265")])).toEqual(
    [
      { address: "http://head:8265/", engine: "ray", products: ["churn", "credit"] },
      { address: "http://other:8265", engine: "ray", products: ["demand"] },
    ],
  );
});

it("tells Airflow from Ray at the same address, and a product may name both", () => {
  const both = { name: "churn", product: { train: { ray: { address: "http://h" }, airflow: { url: "http://h", dag: "train" } } } };
  expect(engineServers([both]).map(({ engine }) => engine)).toEqual(["ray", "airflow"]);
});

it("finds none where no file can be read, none is named, or a place is still empty", () => {
  expect(engineServers([{ name: "a", product: null }, { name: "b", product: {} }, ray("c", "")])).toEqual([]);
});
