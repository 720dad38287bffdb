import { createHook } from "node:async_hooks";

/** What keeps a process busy: timers, threads, sockets, watchers and child processes, by Node's names for them. */
const KINDS = new Set(["Timeout", "Immediate", "WORKER", "FSEVENTWRAP", "TCPWRAP", "PROCESSWRAP", "STATWATCHER"]);

interface Resource {
  readonly kind: string;
  readonly madeAt: string;
  readonly object: WeakRef<object>;
}

/**
 * Notes every timer, thread, socket, watcher and child process that code below `folder` creates, and says which are still alive.
 * Start it before that code is loaded. The stack tells whose a resource is, because an extension host runs much else.
 */
export function trackResources(folder: string): { alive: () => string[]; stop: () => void } {
  const resources = new Map<number, Resource>();
  const hook = createHook({
    init: (id, kind, _trigger, object: object) => {
      if (KINDS.has(kind)) {
        const madeAt = stackHere();
        if (madeAt.includes(folder)) {
          resources.set(id, { kind, madeAt, object: new WeakRef(object) });
        }
      }
    },
    destroy: (id) => {
      resources.delete(id);
    },
  });
  hook.enable();
  return {
    alive: () => [...resources.values()].filter(isAlive).map(({ kind, madeAt }) => `${kind} made at\n${madeAt}`),
    stop: () => {
      hook.disable();
    },
  };
}

/** A cleared timer is reported as destroyed only once it is collected, but says so itself at once. */
function isAlive({ object }: Resource): boolean {
  const target = object.deref();
  return target !== undefined && !("_destroyed" in target && target._destroyed === true);
}

function stackHere(): string {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 50; // VS Code's own frames come first.
  const stack = new Error().stack ?? "";
  Error.stackTraceLimit = limit;
  return stack;
}
