/**
 * The run that the pointer or the focus is at, anywhere on the page. Charts listen to it and draw their marks, so that a move
 * of the mouse makes no element render anew.
 */
export class HoveredRun {
  private current: number | null = null;
  private readonly listeners = new Set<() => void>();

  get run(): number | null {
    return this.current;
  }

  set(run: number | null): void {
    if (run !== this.current) {
      this.current = run;
      for (const listener of [...this.listeners]) {
        listener();
      }
    }
  }

  onDidChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }
}
