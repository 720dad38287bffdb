import type { SampleKind } from "../../contract/trainingEngineSuite";

const START = `import json, sys, time
open("starts.txt", "a").write("x")
`;

/** What a project of the shared suite does, in Python; `echo` takes its text as the first argument. */
export const SAMPLE_SCRIPTS: Readonly<Record<SampleKind, string>> = {
  succeed: `${START}print("begin", flush=True)\ntime.sleep(0.5)\nprint("done")\n`,
  fail: `${START}print("begin")\nraise SystemExit(3)\n`,
  long: `${START}print("begin", flush=True)\ntime.sleep(600)\n`,
  echo: `${START}print(json.dumps(sys.argv[1], ensure_ascii=False))\n`,
};
