/** Pixels that the pointer must travel before a press becomes a drag, so that a click still sorts. */
const THRESHOLD = 5;

export interface DragHandlers {
  readonly onMove: (deltaX: number, event: PointerEvent) => void;
  /** `moved` is false for a mere click; `cancelled` is true after Escape. */
  readonly onEnd: (deltaX: number, outcome: { readonly moved: boolean; readonly cancelled: boolean }) => void;
}

/** Follows the pointer from a press to its release, also outside the element and the window. Escape cancels. */
export function followDrag(start: PointerEvent, handlers: DragHandlers): void {
  const target = start.currentTarget as HTMLElement;
  let moved = false;
  let delta = 0;
  target.setPointerCapture(start.pointerId);
  const onMove = (event: PointerEvent): void => {
    delta = event.clientX - start.clientX;
    moved ||= Math.abs(delta) >= THRESHOLD;
    if (moved) {
      handlers.onMove(delta, event);
    }
  };
  const end = (cancelled: boolean): void => {
    target.removeEventListener("pointermove", onMove);
    target.removeEventListener("pointerup", onUp);
    target.removeEventListener("pointercancel", onCancel);
    window.removeEventListener("keydown", onKey, true);
    handlers.onEnd(delta, { moved, cancelled });
  };
  const onUp = (): void => end(false);
  const onCancel = (): void => end(true);
  const onKey = (event: KeyboardEvent): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      end(true);
    }
  };
  target.addEventListener("pointermove", onMove);
  target.addEventListener("pointerup", onUp);
  target.addEventListener("pointercancel", onCancel);
  window.addEventListener("keydown", onKey, true);
}
