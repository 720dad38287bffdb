export const COMPUTE_COMMAND_IDS = ["mlops.compute.refresh", "mlops.compute.configure"] as const;

/** Commands of the view of processors. */
export type ComputeCommandId = (typeof COMPUTE_COMMAND_IDS)[number];
