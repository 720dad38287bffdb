import { describe, expect, it } from "vitest";

import { AppError } from "../../../src/core/base/appError";
import { parseCondaEnv, parsePythonEnv } from "../../../src/core/compare/parsePythonEnvironment";
import { parseRequirements } from "../../../src/core/compare/parseRequirements";
import { environmentKey, readEnvironment } from "../../../src/core/compare/readEnvironment";
import type { ArtifactOwner } from "../../../src/core/tracking/artifact";
import { aRun, MemoryStore } from "../../fakes/memoryStore";

const { signal } = new AbortController();

describe("requirements", () => {
  it.each([
    ["mlflow==2.22.5", "mlflow", "2.22.5"],
    ["scikit_learn===1.6", "scikit-learn", "1.6"],
    ["sqlalchemy < 2.1, >=1.4", "sqlalchemy", "<2.1,>=1.4"],
    ["numpy==1.*", "numpy", "==1.*"],
    ["pandas", "pandas", "any"],
    ["torch[cuda]==2.1 # the GPU one", "torch", "2.1 [cuda]"],
    ['tomli==2.0 ; python_version < "3.11"', "tomli", '2.0 ; python_version < "3.11"'],
    ["lib @ git+https://user:secret@host/lib.git@main", "lib", "git+https://host/lib.git@main"],
    ["six==1.16 --hash=sha256:abc", "six", "1.16"],
    ["six==1.16 \\\n  --hash=sha256:abc", "six", "1.16"],
  ])("reads %j", (text, name, version) => {
    expect([...parseRequirements(text)]).toEqual([[name, version]]);
  });

  it("takes options, comments, paths and noise for no package", () => {
    const text =
      "# numpy==1\n-r other.txt\n--extra-index-url https://user:token@host/\n./folder/x\n\n<script>alert(1)</script>\nnot a package at all\n";
    expect([...parseRequirements(text)]).toEqual([]);
  });

  it("keeps a name that objects have for a package", () => {
    expect(parseRequirements("__proto__==1\nconstructor==2").get("constructor")).toBe("2");
  });
});

describe("environments in YAML", () => {
  it("reads a version as text", () => {
    expect(parsePythonEnv("python: 3.10\ndependencies:\n- -r requirements.txt\n").get("python")).toBe("3.10");
  });

  it("reads conda's packages and those that pip installs", () => {
    const text = "dependencies:\n- python=3.11.7\n- conda-forge::numpy=1.26.4=py311_0\n- pip<=23.2\n- pip:\n  - mlflow==2.9\nname: env\n";
    expect(Object.fromEntries(parseCondaEnv(text))).toEqual({ python: "3.11.7", numpy: "1.26.4", pip: "<=23.2", mlflow: "2.9" });
  });

  it.each(["", "- 1\n- 2", "dependencies: 3", "a: &a [*a]", "{", "dependencies: [[1], {pip: 4}, {pip: [[2]]}]"])(
    "finds nothing in %j",
    (text) => {
      expect([[...parseCondaEnv(text)], [...parsePythonEnv(text)]]).toEqual([[], []]);
    },
  );
});

/** Files by owner and path, e.g. "run a:model/requirements.txt". */
function storeWith(files: Readonly<Record<string, string>>): MemoryStore {
  const store = new MemoryStore();
  const nameOf = (owner: ArtifactOwner): string =>
    owner.kind === "run" ? `run ${owner.runId}` : owner.kind === "loggedModel" ? `model ${owner.modelId}` : owner.modelName;
  store.listArtifacts = (owner, path) => {
    store.calls.push(`list ${nameOf(owner)}:${path}`);
    const folder = `${nameOf(owner)}:${path === "" ? "" : `${path}/`}`;
    const inside = Object.keys(files).filter((file) => file.startsWith(folder));
    const names = new Map(inside.map((file) => [file.slice(folder.length).split("/")[0] ?? "", file.slice(folder.length).includes("/")]));
    return inside.length === 0
      ? Promise.reject(new AppError("artifact/not-found", "There is no such folder."))
      : Promise.resolve(
          [...names].map(([name, isDirectory]) => ({
            ...{ path: path === "" ? name : `${path}/${name}`, isDirectory },
            ...{ size: null, modifiedTime: null },
          })),
        );
  };
  store.readArtifact = (owner, path, { maxBytes }) => {
    const bytes = new TextEncoder().encode(files[`${nameOf(owner)}:${path}`] ?? "");
    return bytes.length > maxBytes ? Promise.reject(new AppError("artifact/too-large", "The file is too large.")) : Promise.resolve(bytes);
  };
  return store;
}

const history = (...paths: readonly string[]): ReadonlyMap<string, string> =>
  new Map([["mlflow.log-model.history", JSON.stringify(paths.map((path) => ({ artifact_path: path })))]]);

describe("the environment of a run", () => {
  it("is read beside the models that MLflow 2 tells in a tag", async () => {
    const store = storeWith({
      "run a:model/requirements.txt": "mlflow==2.22.5\nnumpy==1.26\n",
      "run a:model/python_env.yaml": "python: 3.11.7\n",
      "run a:model/conda.yaml": "dependencies:\n- pip<=23\n",
    });
    const environment = await readEnvironment(store, aRun("a", { tags: history("model") }), signal);
    expect(Object.fromEntries(environment ?? [])).toEqual({ mlflow: "2.22.5", numpy: "1.26", python: "3.11.7" });
  });

  it("is read beside the logged models of MLflow 3, and tells where two models differ", async () => {
    const store = storeWith({ "model m-1:requirements.txt": "numpy==1.26\n", "model m-2:requirements.txt": "numpy==2.0\n" });
    const outputs = ["m-1", "m-2"].map((modelId) => ({ modelId, step: 0 }));
    expect((await readEnvironment(store, aRun("a", { outputs }), signal))?.get("numpy")).toBe("1.26 | 2.0");
  });

  it("is read from the run's own files, from conda.yaml alone, and from a model that no tag names", async () => {
    const own = storeWith({ "run a:requirements.txt": "torch==2.1\n" });
    expect((await readEnvironment(own, aRun("a"), signal))?.get("torch")).toBe("2.1");
    const untold = storeWith({ "run a:classifier/conda.yaml": "dependencies:\n- python=3.9\n" });
    expect((await readEnvironment(untold, aRun("a"), signal))?.get("python")).toBe("3.9");
  });

  it("is unknown where nothing was logged, and where the file is too large to be a list of packages", async () => {
    expect(await readEnvironment(storeWith({}), aRun("a"), signal)).toBeNull();
    const huge = storeWith({ "run a:requirements.txt": "x==1\n".repeat(100_000) });
    expect(await readEnvironment(huge, aRun("a"), signal)).toBeNull();
  });

  it("is unknown where the tag is cut and the files are on a storage that is not read", async () => {
    const store = new MemoryStore();
    store.listArtifacts = () => Promise.reject(new AppError("store/unsupported", "The files are on s3."));
    const tags = new Map([["mlflow.log-model.history", '[{"artifact_pa']]);
    expect(await readEnvironment(store, aRun("a", { tags }), signal)).toBeNull();
  });

  it("does not hide that the store is gone", async () => {
    const store = new MemoryStore();
    store.failure = new AppError("store/unreachable", "Nobody answers.");
    await expect(readEnvironment(store, aRun("a"), signal)).rejects.toThrow("Nobody answers.");
  });

  it("stays known while nothing was logged since", () => {
    const running = aRun("a", { status: "RUNNING", endTime: null });
    expect(environmentKey(running)).toBe(environmentKey({ ...running, metrics: new Map([["loss", { value: 1, step: 1, timestamp: 1 }]]) }));
    expect(environmentKey(running)).not.toBe(environmentKey({ ...running, tags: history("model") }));
  });
});
