import { reportProducts } from "./reportProducts";

/** What `mlops report` does, loaded when it is asked for. */
export const reportPrograms = { report: reportProducts };
