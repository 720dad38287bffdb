import Mocha from "mocha";

/** The suite that ends the extension; nothing can run after it. */
const last = "shutdown.hosttest.ts";

/**
 * Runs suites inside the extension host and writes mocha's JSON report to the file that MLOPS_HOST_REPORT names.
 * Rejects when a test failed, which VS Code turns into its exit code.
 */
export async function runMocha(suites: Record<string, () => Promise<unknown>>): Promise<void> {
  const output = process.env["MLOPS_HOST_REPORT"];
  const grep = process.env["MLOPS_HOST_GREP"];
  const mocha = new Mocha({ ui: "bdd", timeout: 60_000, reporter: "json", reporterOptions: { output } });
  if (grep !== undefined) {
    mocha.fgrep(grep);
  }
  for (const name of Object.keys(suites).sort((a, b) => Number(a === last) - Number(b === last))) {
    mocha.suite.emit("pre-require", globalThis, name, mocha);
    await suites[name]?.();
  }
  const failures = await new Promise<number>((resolve) => {
    mocha.run(resolve);
  });
  if (output !== undefined && failures > 0) {
    throw new Error(`${failures} tests failed.`);
  }
}
