import { LitElement } from "lit";
import { state } from "lit/decorators.js";

const callbacks = new WeakMap<Element, (seen: boolean) => void>();
let observer: IntersectionObserver | undefined;

/** One observer for all charts of the page: a chart is read and drawn when it comes into sight. */
function watch(element: Element, callback: (seen: boolean) => void): void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        callbacks.get(entry.target)?.(entry.isIntersecting);
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
    watch(this, (seen) => {
      this.seen = seen;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    observer?.unobserve(this);
    this.seen = false;
  }
}
