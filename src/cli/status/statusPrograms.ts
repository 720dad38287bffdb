import { showStatus } from "./showStatus";

/** What `mlops status` does. The build puts it into a file of its own, which only this command loads, so that the others start as fast as without it. */
export const statusPrograms = { status: showStatus };
