/**
 * One tab stop for a list: of the elements marked `data-roving` inside `container` only one is in the tab order, and the
 * arrow keys move among them. Without it a run with 200 parameters would take 200 presses of Tab.
 */
export function moveRoving(event: KeyboardEvent, container: ParentNode): void {
  const items = [...container.querySelectorAll<HTMLElement>("[data-roving]")];
  const current = items.indexOf(event.target as HTMLElement);
  const next = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: items.length - 1 }[event.key];
  const target = next === undefined ? undefined : items[next];
  if (current === -1 || target === undefined) {
    return;
  }
  event.preventDefault();
  for (const item of items) {
    item.tabIndex = item === target ? 0 : -1;
  }
  target.focus();
}
