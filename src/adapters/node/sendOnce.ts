import type { JobHandle } from "../../core/training/trainingEngine";

/** What is asked twice at the same time is sent once. */
export class SendOnce {
  private readonly sending = new Map<string, Promise<JobHandle>>();

  /** @param send starts the job; not called while the same job is being started. */
  start(jobId: string, send: () => Promise<JobHandle>): Promise<JobHandle> {
    const known = this.sending.get(jobId);
    if (known !== undefined) {
      return known;
    }
    const work = send();
    this.sending.set(jobId, work);
    const forget = (): boolean => this.sending.delete(jobId);
    work.then(forget, forget);
    return work;
  }
}
