import type * as WorkflowParser from "@actions/workflow-parser";
import { build } from "esbuild";

/** GitHub's own parser of workflows. Bundled, because it imports JSON without the attribute that Node asks for. */
export async function loadWorkflowParser(): Promise<typeof WorkflowParser> {
  const { outputFiles } = await build({
    entryPoints: ["@actions/workflow-parser"],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    banner: { js: 'import { createRequire } from "node:module"; const require = createRequire("/");' },
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return (await import(/* @vite-ignore */ `data:text/javascript;base64,${code}`)) as typeof WorkflowParser;
}
