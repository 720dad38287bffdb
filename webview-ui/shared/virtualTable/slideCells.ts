/**
 * Moves the cells that are not pinned as far as the grid was scrolled sideways. Sticky cells would do it by themselves, but
 * each would be a layer of its own for the browser to put together, a hundred of them a frame.
 */
export function slideCells(root: ParentNode, left: number): void {
  const transform = `translateX(${-left}px)`;
  for (const element of root.querySelectorAll<HTMLElement>(".slide")) {
    if (element.style.transform !== transform) {
      element.style.transform = transform;
    }
  }
}
