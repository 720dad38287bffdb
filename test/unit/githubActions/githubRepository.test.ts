import { describe, expect, it } from "vitest";

import { readDispatchWorkflow } from "../../../src/adapters/githubActions/dispatchWorkflow";
import { apiUrlOf, readRemoteUrl, webUrlOf } from "../../../src/adapters/githubActions/githubRepository";
import { tokenFromEnvironment } from "../../../src/adapters/githubActions/tokenFromEnvironment";

describe("the address of a remote", () => {
  it.each([
    ["https://github.com/acme/churn.git", "github.com"],
    ["https://github.com/acme/churn", "github.com"],
    ["https://github.com/acme/churn/", "github.com"],
    ["https://user:secret@github.com/acme/churn.git", "github.com"],
    ["https://www.github.com/acme/churn", "github.com"],
    ["git@github.com:acme/churn.git", "github.com"],
    ["github.com:acme/churn", "github.com"],
    ["ssh://git@github.com/acme/churn.git", "github.com"],
    ["ssh://git@ssh.github.com:443/acme/churn.git", "github.com"],
    ["git://GitHub.com/acme/churn.git", "github.com"],
    ["https://git.example.org:8443/acme/churn.git", "git.example.org:8443"],
    ["ssh://git@git.example.org:2222/acme/churn.git", "git.example.org"],
    ["git@git.example.org:acme/churn.git", "git.example.org"],
    ["https://acme.ghe.com/acme/churn.git", "acme.ghe.com"],
  ])("%s", (remote, host) => {
    expect(readRemoteUrl(remote)).toEqual({ host, owner: "acme", name: "churn" });
  });

  it.each([
    "",
    "/srv/git/churn.git",
    "C:\\git\\churn",
    "C:/git/churn",
    "file:///srv/acme/churn",
    "https://github.com/acme",
    "https://gitlab.com/group/sub/churn.git",
    "https://github.com/../churn",
    "https://github.com/acme/..",
    "git@github.com:acme/ch urn",
    "../churn",
    "ext::sh -c id",
  ])("%j is none", (remote) => {
    expect(readRemoteUrl(remote)).toBeNull();
  });

  it("is that of the API of its host, and comes back from the page", () => {
    expect(apiUrlOf("github.com")).toBe("https://api.github.com");
    expect(apiUrlOf("acme.ghe.com")).toBe("https://api.acme.ghe.com");
    expect(apiUrlOf("git.example.org:8443")).toBe("https://git.example.org:8443/api/v3");
    const repository = { host: "git.example.org:8443", owner: "acme", name: "churn.js" };
    expect(readRemoteUrl(webUrlOf(repository))).toEqual(repository);
  });
});

describe("tokens of the environment", () => {
  const env = { GITHUB_TOKEN: " cloud ", GH_ENTERPRISE_TOKEN: "own", GH_HOST: "Git.example.org" };
  it.each([
    ["github.com", "cloud"],
    ["acme.ghe.com", "cloud"],
    ["git.example.org", "own"],
    ["evil.example", null],
    ["github.com.evil.example", null],
  ])("for %s", (host, token) => {
    expect(tokenFromEnvironment(env, host)).toBe(token);
  });

  it("go nowhere without GH_HOST, and empty ones are none", () => {
    expect(tokenFromEnvironment({ GH_ENTERPRISE_TOKEN: "own" }, "git.example.org")).toBeNull();
    expect(tokenFromEnvironment({ GH_TOKEN: "", GITHUB_TOKEN: "x" }, "github.com")).toBe("x");
    expect(tokenFromEnvironment({}, "github.com")).toBeNull();
  });
});

describe("a workflow's file", () => {
  const read = (text: string): ReturnType<typeof readDispatchWorkflow> => readDispatchWorkflow(text, "train.yml");

  it.each(["on: workflow_dispatch", "on: [push, workflow_dispatch]", "on:\n  workflow_dispatch:", "'on': {workflow_dispatch: {}}"])(
    "can be started with %j",
    (text) => {
      expect(read(text)).toMatchObject({ unreadable: null, isStartable: true, inputs: [], showsJob: false });
    },
  );

  it.each(["on: push", "on: {push: }", "jobs: {}", "on: [push]"])("cannot be started with %j", (text) => {
    expect(read(text).isStartable).toBe(false);
  });

  it("that is no YAML is said", () => {
    expect(read("on: [").unreadable).not.toBeNull();
    expect(read("").unreadable).not.toBeNull();
  });

  it("has inputs with kinds and values", () => {
    const text = `on:
  workflow_dispatch:
    inputs:
      plain:
      version: {default: 1.10, required: true, description: " Which one. "}
      lr: {type: number, default: 0.5}
      odd: {type: number, default: fast}
      gpu: {type: boolean, default: true}
      size: {type: choice, options: [1.0, big], default: big}
      none: {type: choice}
      place: {type: environment}
`;
    expect(
      read(text).inputs.map(({ name, kind, value, required, options, description }) => [name, kind, value, required, options, description]),
    ).toEqual([
      ["plain", "text", null, false, [], null],
      ["version", "text", "1.10", true, [], "Which one."],
      ["lr", "number", 0.5, false, [], null],
      ["odd", "number", null, false, [], null],
      ["gpu", "boolean", true, false, [], null],
      ["size", "choice", "big", false, ["1.0", "big"], null],
      ["none", "text", null, false, [], null],
      ["place", "text", null, false, [], null],
    ]);
  });

  it.each([
    ["Training ${{ inputs.mlops_job }}", true],
    ["${{ inputs['mlops_job'] || github.actor }}", true],
    ["Training ${{ inputs.mlops_job_2 }}", false],
    ["Training mlops_job", false],
  ])("shows its job by the name %j: %s", (name, shows) => {
    expect(read(`run-name: ${JSON.stringify(name)}\non: {workflow_dispatch: {inputs: {mlops_job: }}}`).showsJob).toBe(shows);
    expect(read(`run-name: ${JSON.stringify(name)}\non: workflow_dispatch`).showsJob).toBe(false);
  });
});
