/** What a script can rely on; the same for every command. */
export const EXIT = {
  fine: 0,
  /** Findings, drift or a gate that blocks. */
  findings: 1,
  /** Wrong use or input that cannot be read: one sentence on standard error. */
  unusable: 2,
  couldNotJudge: 3,
  /** 128 + SIGINT, as shells expect it. */
  interrupted: 130,
} as const;
