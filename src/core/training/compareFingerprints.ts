import type { Fingerprint, FingerprintChange, FingerprintKind } from "./fingerprint";
import { shortParts, type ShortPart } from "./trainingTags";
import type { ParamValue } from "./trainSpec";

const KINDS: Readonly<Record<FingerprintKind, string>> = {
  data: "data",
  code: "code",
  param: "parameter",
  command: "command",
  environment: "environment",
  base_model: "base model",
};

/** What differs from an earlier training, in the order of the fingerprint; what was removed comes last. */
export function compareFingerprints(
  before: readonly ShortPart[],
  now: Fingerprint,
  values: { readonly before: Readonly<Record<string, string>>; readonly now: Readonly<Record<string, ParamValue>> },
): readonly FingerprintChange[] {
  const key = ({ kind, name }: ShortPart): string => `${kind} ${name}`;
  const old = new Map(before.map((part) => [key(part), part]));
  const current = shortParts(now);
  const kept = new Set(current.map(key));
  return [
    ...current.flatMap((part) => {
      const known = old.get(key(part));
      return known?.hash === part.hash ? [] : [change(part, known ?? null)];
    }),
    ...before
      .filter((part) => !kept.has(key(part)))
      .map(({ kind, name }) => ({ kind, name, change: "removed" as const, text: `${subject(kind, name)} was removed` })),
  ];

  function change({ kind, name, hash }: ShortPart, known: ShortPart | null): FingerprintChange {
    const isAdded = known === null;
    const detail = kind === "param" ? paramDetail(name, isAdded) : isAdded ? " was added" : contentDetail(kind, known, hash);
    return { kind, name, change: isAdded ? "added" : "changed", text: `${subject(kind, name)}${detail}` };
  }

  function paramDetail(name: string, isAdded: boolean): string {
    const value = values.now[name];
    const past = values.before[name];
    const shown = value === undefined ? "" : String(value);
    return isAdded ? ` was added: ${shown}` : past === undefined ? ` changed to ${shown}` : `: ${past} → ${shown}`;
  }
}

function contentDetail(kind: FingerprintKind, known: ShortPart, hash: string): string {
  return kind === "command" || kind === "base_model" ? " changed" : `: content changed (${known.hash.slice(0, 4)}… → ${hash.slice(0, 4)}…)`;
}

function subject(kind: FingerprintKind, name: string): string {
  return kind === "param" || kind === "data" ? name : kind === "command" ? "the command" : `${KINDS[kind]} ${name}`;
}
