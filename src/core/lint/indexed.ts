/** The readable items of a list, each with its place in the file. */
export function indexed<T>(list: readonly (T | undefined)[] | undefined): readonly (readonly [index: number, item: T])[] {
  return (list ?? []).flatMap((item, index) => (item === undefined ? [] : [[index, item] as const]));
}
