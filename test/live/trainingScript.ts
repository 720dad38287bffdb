import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pythonEnv, venvOf, type MlflowMajor } from "./mlflowServer";

/** Drives `trainingScript.py`, which logs to a server with MLflow's own client. */
export class TrainingScript {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  private complaints = "";

  constructor(major: MlflowMajor, trackingUri: string) {
    this.child = spawn(join(venvOf(major), "bin", "python"), [join(import.meta.dirname, "trainingScript.py")], {
      env: pythonEnv(major, { MLFLOW_TRACKING_URI: trackingUri }),
    });
    this.child.stderr.on("data", (chunk: Buffer) => (this.complaints += chunk.toString("utf8")));
    createInterface(this.child.stdout).on("line", (line) => this.waiting.shift()?.resolve(String(JSON.parse(line))));
    this.child.on("exit", () => {
      for (const { reject } of this.waiting.splice(0)) {
        reject(new Error(`The training script ended: ${this.complaints.slice(-2000)}`));
      }
    });
  }

  /** Gives the script's answer, as text. */
  tell(command: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.child.stdin.write(`${command}\n`);
    });
  }

  stop(): void {
    this.child.kill("SIGKILL");
  }
}
