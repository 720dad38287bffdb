/** Takes over what was read: until then nothing of it is shown. */
export type TakeOver = () => void;

/**
 * What is read again whenever it may have changed, one reading at a time: what changes while it is read is read afterwards, once, and
 * all who wait for it get the last. A reading that fails is told to all who wait, and tried again when somebody asks next.
 */
export class Rereading {
  private running: Promise<void> | undefined;
  private isStale = false;
  private isKnown = false;
  private wasForgotten = false;

  constructor(private readonly read: () => Promise<TakeOver>) {}

  /** Whether it was read, and nobody said since that it is to be read again. */
  get isRead(): boolean {
    return this.isKnown;
  }

  /** Reads what is not read yet; a reading that goes on will do. */
  async ready(): Promise<void> {
    if (!this.isKnown) {
      await (this.wasForgotten ? this.refresh() : (this.running ?? this.refresh()));
    }
  }

  /** Reads it anew; calls at once are one reading. */
  refresh(): Promise<void> {
    this.isStale = true;
    this.running ??= this.readWhileStale().finally(() => (this.running = undefined));
    return this.running;
  }

  /** It may have changed, but nobody looks at it: it is read when somebody asks next. */
  forget(): void {
    this.isKnown = false;
    this.wasForgotten = true;
  }

  private async readWhileStale(): Promise<void> {
    while (this.isStale) {
      this.isStale = this.wasForgotten = false;
      const takeOver = await this.read();
      this.isKnown = !this.wasForgotten;
      takeOver();
    }
  }
}
