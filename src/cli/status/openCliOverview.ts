import { openRepositories } from "../../adapters/git/repositories";
import { runGit } from "../../adapters/git/runGit";
import { findStores } from "../../adapters/node/findStores";
import { openLintRegistry } from "../../adapters/node/lintRegistry";
import { openOverviewSources } from "../../adapters/node/overviewSources";
import { AT_ONCE, openWorkspaceFiles } from "../../adapters/node/workspaceFiles";
import { readColumnNames } from "../../adapters/tabular/readColumnNames";
import { openOverview } from "../../core/health/openOverview";
import type { Overview } from "../../core/health/overview";
import type { OverviewWorld } from "../../core/health/overviewWorld";
import { memoFiles } from "../../core/lint/workspace/memoFiles";
import type { StoreOpener } from "../../core/tracking/store";
import type { CommandContext } from "../command";
import { lintCalendar } from "../lint/lintCalendar";
import { localDay } from "../localDay";
import { openChosenStore } from "../openChosenStore";
import { readDotEnv } from "../storeChoice";

/** The overview of a folder on disk, read once. @param now milliseconds since 1970; what `--today` says. */
export function openCliOverview(root: string, context: Pick<CommandContext, "host">, now: number): Overview {
  return openOverview(openCliSources(root, context, now));
}

/** What an overview reads of a folder on disk. */
export function openCliSources(root: string, { host }: Pick<CommandContext, "host">, now: number): OverviewWorld {
  const stores: StoreOpener = {
    // A login goes to the server that its own environment names, and to that of the file only where the environment names none.
    open: async (location, signal) => openChosenStore({ location, uri: "" }, host.env, await readDotEnv(host.cwd), signal),
  };
  const files = memoFiles(openWorkspaceFiles(root, readColumnNames, AT_ONCE));
  const registry = openLintRegistry(root, stores);
  const repositories = openRepositories(root);
  return openOverviewSources(root, {
    ...{ files, repositories, registry, stores, calendar: lintCalendar() },
    knownStores: async (signal) => (await findStores(root, null, signal)).stores.map(({ location }) => location),
    userEmail: async (signal) => (await runGit(root, ["config", "user.email"], signal).catch(() => "")).trim() || null,
    now: () => now,
    today: () => localDay(now),
    pacer: () => null,
    forget: (path) => files.forget(path),
    forgetFacts: () => {
      repositories.forget();
      registry.forget();
    },
    dispose: () => registry.dispose(),
  });
}
