import { describe, expect, it } from "vitest";

import { isHeld, isNobody, isReachable, sameAddress } from "../../../src/core/lint/person";

describe("isReachable", () => {
  it.each([
    "ana@example.org",
    "ana.ruiz@example.org",
    "ML-Team@acme.com",
    "team@acme.com",
    "owner@acme.de",
    "a.b+c@sub.acme.co.uk",
    "@ana-ruiz",
    "@acme/ml-team",
    "  ana@acme.com ",
    "naïve@acme.com",
  ])("%s can be written to", (address) => {
    expect(isReachable(address)).toBe(true);
  });

  it.each([
    "",
    " ",
    "TODO",
    "todo: ask Ana",
    "TBD",
    "tbd",
    "tba",
    "n/a",
    "N/A",
    "na",
    "none",
    "null",
    "nobody",
    "unknown",
    "unsure",
    "xxx",
    "XXXX",
    "?",
    "???",
    "-",
    "...",
    "…",
    "<owner>",
    "{{ owner }}",
    "[name]",
    "${OWNER}",
    "team",
    "Team",
    "the team",
    "our team",
    "@team",
    "everyone",
    "someone",
    "me",
    "owner",
    "your name",
    "Your.Name@example.com",
    "your-email@acme.com",
    "first.last@acme.com",
    "owner@example.com",
    "user@example.org",
    "team@example.com",
    "name@company.com",
    "you@your-company.com",
    "admin@localhost",
    "noreply@acme.com",
    "no-reply@github.com",
    "todo@acme.com",
    "john.doe@acme.com",
    "someone@acme.com",
    "placeholder@acme.com",
    "changeme",
    "change me",
    "to be decided",
    "ana",
    "Ana Ruiz",
    "ana@",
    "@example.com@",
    "ana@acme",
    "a b@acme.com",
    "airflow",
    "data scientist",
    "unassigned",
    "x".repeat(10_000),
    "__proto__",
    "ana@acme.com\nleo@acme.com",
  ])("%j reaches nobody", (address) => {
    expect(isReachable(address)).toBe(false);
  });

  it("does not take a missing address for one", () => {
    expect(isReachable(undefined)).toBe(false);
  });
});

describe("isHeld", () => {
  it.each([
    [{ email: "ana@acme.com" }, true],
    [{ team: "ml-ops" }, true],
    [{ team: "@acme/ml-team" }, true],
    [{ team: "team" }, false],
    [{ email: "TODO", team: "ml-ops" }, false],
    [{}, false],
    [undefined, false],
  ])("%j is held: %s", (role, held) => {
    expect(isHeld(role)).toBe(held);
  });
});

describe("isNobody", () => {
  it.each(["Ana Ruiz", "ml-ops", "Team Blue", "Noah"])("%s is somebody", (name) => {
    expect(isNobody(name)).toBe(false);
  });
});

describe("sameAddress", () => {
  it("has no regard to case, and knows no missing address", () => {
    expect(sameAddress("Ana@Example.org ", "ana@example.org")).toBe(true);
    expect(sameAddress("ana@example.org", "leo@example.org")).toBe(false);
    expect(sameAddress(undefined, undefined)).toBe(false);
    expect(sameAddress(null, "ana@example.org")).toBe(false);
  });
});
