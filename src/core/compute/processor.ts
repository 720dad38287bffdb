/** One graphics processor, or a slice of one, as a source tells of it at one moment. What it does not tell is null, which is never zero. */
export interface ProcessorSample {
  /** The same in each reading of a source. */
  readonly id: string;
  /** The machine that it is in. */
  readonly node: string;
  /** As the machine counts, e.g. "0", or "0/3" for a slice. */
  readonly index: string;
  readonly name: string | null;
  /** Percent, 0 to 100; null where nobody measures it, as for slices (MIG). */
  readonly use: number | null;
  /** MiB. */
  readonly memoryUsed: number | null;
  /** MiB. */
  readonly memoryTotal: number | null;
  /** Watt. */
  readonly power: number | null;
}

/** Where processors are looked at. */
export interface ComputeSource {
  readonly type: "local" | "ray" | "prometheus";
  /** Of a dashboard of Ray, of Prometheus, or of an exporter's `/metrics`; null for this machine. */
  readonly address: string | null;
  /** Kind of machine, as the policy prices it; null where nobody says. */
  readonly instance: string | null;
}
