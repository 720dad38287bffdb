import type { ReactiveControllerHost } from "lit";

import { errorText } from "../shared/errorText";
import { reuseParts } from "./reuseParts";

/** Something asked of the host: only the answer to the last question counts, and an old one stays until then. */
export class Fetched<T> {
  value: T | null = null;
  error: string | null = null;
  private asked: string | null = null;
  private answered: string | null = null;

  constructor(private readonly owner: Pick<ReactiveControllerHost, "requestUpdate">) {}

  get isWaiting(): boolean {
    return this.asked !== this.answered;
  }

  /** Asks once for each question. @param keepOld shows the old answer until the new one is there. */
  ask(question: string, load: () => Promise<T>, keepOld: boolean): void {
    if (question === this.asked) {
      return;
    }
    this.asked = question;
    this.error = null;
    if (!keepOld) {
      this.value = null;
    }
    const answer = (value: T | null, error: string | null): void => {
      if (this.asked === question) {
        // Equal parts stay the same objects, so that their charts stay as they are.
        this.value = value === null ? this.value : reuseParts(this.value, value);
        [this.error, this.answered] = [error, question];
        this.owner.requestUpdate();
      }
    };
    load().then(
      (value) => answer(value, null),
      (error: unknown) => answer(null, errorText(error)),
    );
  }

  /** The same question may be asked again. */
  forget(): void {
    [this.asked, this.answered, this.value, this.error] = [null, null, null, null];
  }
}
