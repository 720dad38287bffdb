import { readNvidiaSmi } from "../adapters/nvidiaSmi/readNvidiaSmi";
import { readDcgm } from "../adapters/prometheus/readDcgm";
import { readRayProcessors } from "../adapters/ray/readRayProcessors";
import { openWorkspaceFiles } from "../adapters/node/workspaceFiles";
import type { CancelSignal } from "../core/base/cancel";
import type { ComputeSource, ProcessorSample } from "../core/compute/processor";
import { EMPTY_POLICY, type Policy } from "../core/config/policy";
import { findPolicy } from "../core/lint/workspace/findPolicy";
import type { ComputeServices } from "../editor/compute/computeServices";
import type { CredentialStore } from "../editor/platform/credentialStore";
import { openLogins } from "./logins";

/** The ways to look at processors. Each reads only; an address gets the login that was stored for it, and no other. */
export function openComputeSources(credentials: CredentialStore, folders: () => readonly string[], now: () => number): ComputeServices {
  const logins = openLogins(credentials);
  return {
    read: ({ type, address }: ComputeSource, signal: CancelSignal): Promise<readonly ProcessorSample[] | null> =>
      type === "local"
        ? readNvidiaSmi(signal)
        : type === "ray"
          ? logins.ofServer("RAY", address ?? "").then((secrets) => readRayProcessors(address ?? "", secrets, signal))
          : headersOf(credentials, address ?? "").then((headers) => readDcgm(address ?? "", headers, signal)),
    policy: async (signal): Promise<Policy> => {
      for (const root of folders()) {
        const policy = await findPolicy(
          "",
          openWorkspaceFiles(root, () => Promise.resolve(null)),
          signal,
        );
        if (policy.prices.instances.size > 0) {
          return policy;
        }
      }
      const [first] = folders();
      return first === undefined
        ? EMPTY_POLICY
        : findPolicy(
            "",
            openWorkspaceFiles(first, () => Promise.resolve(null)),
            signal,
          );
    },
    now,
    dispose: () => undefined,
  };
}

async function headersOf(credentials: CredentialStore, address: string): Promise<Readonly<Record<string, string>>> {
  const found = await credentials.get(address);
  if (found === undefined) {
    return {};
  }
  const value =
    found.kind === "bearer" ? `Bearer ${found.token}` : `Basic ${Buffer.from(`${found.username}:${found.password}`).toString("base64")}`;
  return { authorization: value };
}
