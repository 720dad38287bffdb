export interface Disposable {
  dispose(): void;
}

/** Owns resources and ends them in reverse order. Adding to a disposed store disposes the newcomer at once. */
export class DisposableStore implements Disposable {
  private items: Disposable[] = [];
  private disposed = false;

  add<T extends Disposable>(item: T): T {
    if (this.disposed) {
      item.dispose();
    } else {
      this.items.push(item);
    }
    return item;
  }

  dispose(): void {
    this.disposed = true;
    const items = this.items.reverse();
    this.items = [];
    for (const item of items) {
      item.dispose();
    }
  }
}
