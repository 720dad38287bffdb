import { LitElement } from "lit";
import { state } from "lit/decorators.js";

const callbacks = new WeakMap<Element, (entry: IntersectionObserverEntry) => void>();
let observer: IntersectionObserver | undefined;

/** One observer for all charts of the page: a chart is read and drawn when it comes into sight. */
function watch(element: Element, callback: (entry: IntersectionObserverEntry) => void): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        callbacks.get(entry.target)?.(entry);
      }
    },
    { scrollMargin: "200px 0px", rootMargin: "200px 0px" },
  );
  callbacks.set(element, callback);
  observer.observe(element);
}

/** An element that knows whether it is in sight, or nearly. */
export abstract class SeenElement extends LitElement {
  @state() protected seen = false;

  override connectedCallback(): void {
    super.connectedCallback();
    watch(this, ({ isIntersecting, boundingClientRect }) => {
      // Out of sight it keeps its height, so that the page does not jump while it scrolls.
      if (this.seen && !isIntersecting) {
        this.style.minHeight = `${Math.round(boundingClientRect.height)}px`;
      }
      this.seen = isIntersecting;
      if (isIntersecting) {
        void this.updateComplete.then(() => (this.style.minHeight = ""));
      }
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    observer?.unobserve(this);
    this.seen = false;
  }
}
