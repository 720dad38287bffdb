import { createHook } from "node:async_hooks";
import type { Worker } from "node:worker_threads";

/** What keeps a process busy, by Node's names: timers, watchers, sockets and child processes. Threads are told apart below. */
const KINDS = new Set(["Timeout", "Immediate", "FSEVENTWRAP", "STATWATCHER", "TCPWRAP", "PROCESSWRAP"]);

interface Resource {
  readonly kind: string;
  readonly madeAt: string;
  readonly isAlive: () => boolean;
}

/**
 * Notes every timer, thread, watcher, socket and child process that code below `folder` (with its last slash) creates, and says
 * which are still alive. Start it before that code is loaded. The stack tells whose a resource is: an extension host runs much else.
 */
export function trackResources(folder: string): { alive: () => string[]; stop: () => void } {
  const resources = new Map<number, Resource>();
  const startedThreads: { id: number; isOurs: boolean; madeAt: string }[] = [];
  const hook = createHook({
    init: (id, kind, _trigger, object: object) => {
      if (kind === "WORKER" || KINDS.has(kind)) {
        const madeAt = stackHere();
        const isOurs = madeAt.includes(folder);
        if (kind === "WORKER") {
          startedThreads.push({ id, isOurs, madeAt });
        } else if (isOurs) {
          resources.set(id, { kind, madeAt, isAlive: () => !isClearedTimer(object) });
        }
      }
    },
    destroy: (id) => {
      resources.delete(id);
    },
  });
  // A thread that has ended is reported as destroyed only once it is collected, so its own exit event counts. Node announces
  // threads in the order in which they were made.
  const onThread = (thread: Worker): void => {
    const { id, isOurs, madeAt } = startedThreads.shift() ?? { id: 0, isOurs: false, madeAt: "" };
    if (isOurs) {
      let ended = false;
      thread.once("exit", () => {
        ended = true;
      });
      resources.set(id, { kind: "Thread", madeAt, isAlive: () => !ended });
    }
  };
  process.on("worker", onThread);
  hook.enable();
  return {
    alive: () => [...resources.values()].filter(({ isAlive }) => isAlive()).map(({ kind, madeAt }) => `${kind} made at\n${madeAt}`),
    stop: () => {
      hook.disable();
      process.off("worker", onThread);
    },
  };
}

/** A cleared timer, too, is reported as destroyed late, but says so itself at once. */
function isClearedTimer(object: object): boolean {
  return "_destroyed" in object && object._destroyed === true;
}

function stackHere(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50; // VS Code's own frames come first.
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = limit;
  return stack;
}
