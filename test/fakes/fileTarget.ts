import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { AppError } from "../../src/core/base/appError";
import type { DeployDraft, DeployTarget, TargetFacts, TargetHealth, TargetStep } from "../../src/core/deployment/deployTarget";
import type { TargetSpec } from "../../src/core/deployment/targetSpec";

/** What a test may do to a place between two calls. */
export interface FileTargetHooks {
  /** Before and after each step has taken effect, and in between: `before prepare`, `halfway switch`, … */
  readonly at?: (when: string) => Promise<void> | void;
}

const HELD = "held.txt";
const READY = "ready.txt";

/** What a place holds, asked past the target. */
export function heldAt(folder: string): string | null {
  const path = join(folder, HELD);
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

export function holdAt(folder: string, version: string | null): void {
  if (version === null) {
    rmSync(join(folder, HELD), { force: true });
  } else {
    writeFileSync(join(folder, HELD), version);
  }
}

/**
 * A target that is two files, so that several processes share it and a killed one leaves it as it was: `prepare` writes the first and `switch`
 * the second. A version of which `broken-<version>` lies in the folder never works; `refused-<version>` is refused at the switch; `gone` takes
 * the whole place away.
 */
export function fileTarget(hooks: FileTargetHooks = {}): DeployTarget {
  const at = async (when: string): Promise<void> => hooks.at?.(when);
  const look = (spec: TargetSpec): string | null => {
    if (existsSync(join(spec.folder, "gone"))) {
      throw new AppError("store/unreachable", "The place is gone.");
    }
    return heldAt(spec.folder);
  };
  const has = (spec: TargetSpec, name: string): boolean => existsSync(join(spec.folder, name));
  return {
    type: "command",
    stop: null,
    restart: null,
    scale: null,
    inspect: async (spec, signal): Promise<TargetFacts> => {
      signal.throwIfAborted();
      const version = look(spec);
      const ready = has(spec, READY) ? readFileSync(join(spec.folder, READY), "utf8") : null;
      await at("inspect");
      return {
        health: { ok: true, message: version === null ? "Nothing is there." : `Version ${version} is there.` },
        ...{ version, canTell: true, since: null, state: JSON.stringify([version, ready]), warnings: [], blockers: [], webUrl: null },
      };
    },
    steps: ({ version }) => [step("prepare", `Prepare version ${version}.`), step("switch", `Switch to version ${version}.`)],
    removal: () => [step("remove", "Take away what was not there before.")],
    apply: async ({ spec, version }: DeployDraft, { id }: TargetStep, log, signal) => {
      signal.throwIfAborted();
      await at(`before ${id}`);
      signal.throwIfAborted();
      look(spec);
      if (id === "switch" && has(spec, `refused-${version}`)) {
        throw new AppError("usage", `Version ${version} is refused here.`);
      }
      if (id === "remove") {
        holdAt(spec.folder, null);
        rmSync(join(spec.folder, READY), { force: true });
      } else {
        writeFileSync(join(spec.folder, id === "prepare" ? READY : HELD), version);
      }
      log(`Did ${id} with version ${version}.`);
      await at(`after ${id}`);
    },
    health: async (spec, signal): Promise<TargetHealth> => {
      signal.throwIfAborted();
      await at("health");
      const version = look(spec);
      const nothing = { version, requests: null, replicas: null, since: null };
      return version === null
        ? { ...nothing, state: "stopped", message: "Nothing is there." }
        : has(spec, `broken-${version}`)
          ? { ...nothing, state: "unhealthy", message: `Version ${version} does not work.` }
          : { ...nothing, state: "healthy", message: `Version ${version} works.` };
    },
    score: async (spec, input, signal) => {
      signal.throwIfAborted();
      await at("score");
      const version = look(spec) ?? "";
      return has(spec, `silly-${version}`)
        ? { ok: false, message: `Version ${version} answers nonsense.`, tookMs: 1, answer: "?" }
        : { ok: true, message: `Version ${version} answered.`, tookMs: 1, answer: JSON.stringify(input) };
    },
  };
}

function step(id: string, text: string): TargetStep {
  return { id, text, risk: null, action: { kind: "own", what: text } };
}
