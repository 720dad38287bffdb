import { superviseJob } from "./adapters/node/jobs/superviseJob";

/** A process of its own that starts one training and sees to its end: `jobRunner.cjs FOLDER`. */
const [, , folder] = process.argv;
if (folder === undefined) {
  process.exitCode = 2;
} else {
  void superviseJob(folder).then(
    () => process.exit(0),
    () => process.exit(1),
  );
}
