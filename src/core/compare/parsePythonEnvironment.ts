import { plainYaml } from "../config/yaml/plainYaml";
import { parseRequirement } from "./parseRequirements";

const CONDA = /^(?:[^\s:]+::)?([a-z0-9._-]{1,200})\s*(.*)$/i;

/** What a python_env.yaml of MLflow says of the interpreter. Packages stand in the requirements.txt beside it. */
export function parsePythonEnv(text: string): ReadonlyMap<string, string> {
  const python = field(readYaml(text), "python");
  return typeof python === "string" ? new Map([["python", python]]) : new Map();
}

/** Packages and interpreter of a conda.yaml, those that pip installs included. */
export function parseCondaEnv(text: string): ReadonlyMap<string, string> {
  const packages = new Map<string, string>();
  for (const dependency of list(field(readYaml(text), "dependencies"))) {
    const found = typeof dependency === "string" ? [condaPackage(dependency)] : list(field(dependency, "pip")).map(pipPackage);
    for (const item of found) {
      if (item !== null) {
        packages.set(...item);
      }
    }
  }
  return packages;
}

function pipPackage(line: unknown): readonly [string, string] | null {
  return typeof line === "string" ? parseRequirement(line) : null;
}

/** "numpy=1.26.4=py311h64a7726_0" is a version and a build; the build says nothing that people compare. */
function condaPackage(text: string): readonly [string, string] | null {
  const [, name, spec = ""] = CONDA.exec(text.trim()) ?? [];
  const pinned = /^==?\s*([^\s=,*|]+)(?:=\S*)?$/.exec(spec)?.[1];
  return name === undefined
    ? null
    : [name.toLowerCase().replace(/[._-]+/g, "-"), pinned ?? (spec === "" ? "any" : spec.replace(/\s/g, ""))];
}

function readYaml(text: string): unknown {
  // Texts only: a Python 3.10 is not the number 3.1.
  const read = plainYaml(text, { schema: "failsafe" });
  return read.problem === null ? read.value : undefined;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}
