/** Tells which elements are on screen or about to be, for what is loaded only when somebody looks. */
export class OnScreen {
  private readonly callbacks = new Map<Element, (visible: boolean) => void>();
  private readonly observer: IntersectionObserver;

  /** @param scroller the element that scrolls; margins do not work through a scroller that is not the observer's root. */
  constructor(scroller: Element) {
    this.observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          this.callbacks.get(entry.target)?.(entry.isIntersecting);
        }
      },
      { root: scroller, rootMargin: "300px 0px" },
    );
  }

  watch(element: Element, callback: (visible: boolean) => void): void {
    this.callbacks.set(element, callback);
    this.observer.observe(element);
  }

  unwatch(element: Element): void {
    this.callbacks.delete(element);
    this.observer.unobserve(element);
  }

  dispose(): void {
    this.observer.disconnect();
    this.callbacks.clear();
  }
}
