import type { HeaderView } from "../../src/protocol/runPage";
import type { IconName } from "./icons";

/** MLflow's states of a run: an icon, and a word in English that `t` translates. */
export const RUN_STATES: Readonly<Record<HeaderView["status"], { readonly icon: IconName; readonly label: string }>> = {
  RUNNING: { icon: "sync", label: "Running" },
  SCHEDULED: { icon: "clock", label: "Scheduled" },
  FINISHED: { icon: "pass-filled", label: "Finished" },
  FAILED: { icon: "error", label: "Failed" },
  KILLED: { icon: "circle-slash", label: "Killed" },
  UNKNOWN: { icon: "question", label: "Unknown status" },
};
