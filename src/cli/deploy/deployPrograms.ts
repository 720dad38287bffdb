import { deployProduct } from "./deployProduct";

/** What `mlops deploy` and `rollback` do. The build puts it into a file of its own, which only these commands load. */
export const deployPrograms = { deploy: deployProduct };
