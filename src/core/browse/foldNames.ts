/** A level of names: what ends here, and the folders below, both in the order of the input. */
export interface NameFolder<T> {
  /** The last part of the folder's path, with its separator, e.g. "fraud/" or "team.". */
  readonly label: string;
  /** The whole path, unique among folders. */
  readonly path: string;
  readonly folders: NameFolder<T>[];
  readonly leaves: { readonly label: string; readonly item: T }[];
}

/**
 * Folds names that share a prefix up to `/` or `.` into folders. A folder that would hold a single entry is not made, a
 * name that is itself a prefix of others stays an entry beside its folder, and a dot folds only between letters, so that
 * "v1.2" and "…" stay whole.
 */
export function foldNames<T>(items: readonly T[], nameOf: (item: T) => string): NameFolder<T> {
  const root: NameFolder<T> = { label: "", path: "", folders: [], leaves: [] };
  fill(
    root,
    items.map((item) => ({ item, rest: nameOf(item) })),
  );
  return root;
}

interface Entry<T> {
  readonly item: T;
  readonly rest: string;
}

const SEPARATED = /^([^/.]*?(?:\/+|(?<=\p{L})\.(?=\p{L})))(.+)$/u;

function fill<T>(folder: NameFolder<T>, entries: readonly Entry<T>[]): void {
  const groups = new Map<string, { entry: Entry<T>; rest: string }[]>();
  const order: (string | Entry<T>)[] = [];
  for (const entry of entries) {
    const match = split(entry.rest);
    if (match === null) {
      order.push(entry);
    } else {
      const group = groups.get(match.head);
      if (group === undefined) {
        groups.set(match.head, [{ entry, rest: match.tail }]);
        order.push(match.head);
      } else {
        group.push({ entry, rest: match.tail });
      }
    }
  }
  for (const slot of order) {
    if (typeof slot !== "string") {
      folder.leaves.push({ label: slot.rest, item: slot.item });
      continue;
    }
    const group = groups.get(slot) ?? [];
    const only = group.length === 1 ? group[0] : undefined;
    if (only !== undefined) {
      folder.leaves.push({ label: only.entry.rest, item: only.entry.item });
    } else {
      const child: NameFolder<T> = { label: slot, path: folder.path + slot, folders: [], leaves: [] };
      fill(
        child,
        group.map(({ entry, rest }) => ({ item: entry.item, rest })),
      );
      folder.folders.push(collapse(child));
    }
  }
}

function split(name: string): { head: string; tail: string } | null {
  const match = SEPARATED.exec(name);
  return match?.[1] !== undefined && match[2] !== undefined ? { head: match[1], tail: match[2] } : null;
}

/** A folder whose only content is another folder shows as one: "team/fraud/" instead of two clicks. */
function collapse<T>(folder: NameFolder<T>): NameFolder<T> {
  const only = folder.folders[0];
  if (folder.leaves.length === 0 && folder.folders.length === 1 && only !== undefined) {
    return { ...only, label: folder.label + only.label };
  }
  return folder;
}
