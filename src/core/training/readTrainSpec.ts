import { withoutLogin } from "../base/withoutLogin";
import { durationDays, parseDuration } from "../config/dates";
import type { Product } from "../config/product";
import { indexed } from "../lint/indexed";
import { findSecrets } from "../lint/secrets";
import { folderOf, inFolder, relativePath, resolvePath } from "../lint/workspace/workspacePath";
import type { MlprojectEntry } from "./paramSources/mlprojectFields";
import type { EngineId, ParamValue, TrainSpec } from "./trainSpec";

/** Where a product's file lies. */
export interface SpecPlaces {
  /** Relative to the workspace, with forward slashes. */
  readonly config: string;
  /** Absolute: the workspace, and the folder of the file. */
  readonly root: string;
  readonly folder: string;
}

/** What is missing or wrong, and how to mend it; each one sentence. */
export interface SpecFault {
  readonly message: string;
  readonly remedy: string;
}

export interface SpecReading {
  /** As far as the file says it. */
  readonly spec: TrainSpec;
  /** With one of these nothing can be trained. */
  readonly faults: readonly SpecFault[];
  /** What a person should know. */
  readonly notes: readonly SpecFault[];
}

const DAY_MS = 86_400_000;
const DVC_FILE = "dvc.yaml";
/** The pipeline's `MLproject` in the workspace; null where the product has none. */
export function mlprojectPath({ pipeline }: Product, config: string): string | null {
  return pipeline !== undefined && /(?:^|\/)MLproject$/.test(pipeline) ? resolvePath(folderOf(config), pipeline) : null;
}

/**
 * @param wished engine in place of `train.engine`.
 * @param project what an `MLproject` runs, or why it cannot be read; null where the product has none.
 */
export function readTrainSpec(
  product: Product,
  places: SpecPlaces,
  wished: EngineId | null,
  project: MlprojectEntry | string | null,
): SpecReading {
  return new SpecReader(product, places, project).read(wished);
}

class SpecReader {
  private readonly faults: SpecFault[] = [];
  private readonly notes: SpecFault[] = [];

  constructor(
    private readonly product: Product,
    private readonly places: SpecPlaces,
    private readonly project: MlprojectEntry | string | null,
  ) {}

  read(wished: EngineId | null): SpecReading {
    const { product, places } = this;
    const { train } = product;
    const pipeline = this.place("pipeline", product.pipeline);
    const engine = wished ?? train?.engine ?? this.guessEngine(pipeline);
    const isCommand = engine === "local" || engine === "ray";
    const command = isCommand ? this.command(pipeline) : [];
    const [tracking] = indexed(product.tracking).map(([, one]) => one);
    const spec: TrainSpec = {
      product: product.name ?? places.config,
      ...places,
      engine: engine ?? "local",
      command,
      shell: isCommand && train?.shell === true,
      pipeline: pipeline ?? (engine === "dvc" ? inFolder(folderOf(places.config), DVC_FILE) : null),
      params: this.params(),
      paramsFile: this.place("train.params_file", train?.params_file),
      tracking: { uri: this.withoutLogin("tracking.uri", tracking?.uri) ?? null, experiment: tracking?.experiment ?? null },
      python: this.python(),
      resources: this.resources(),
      ray:
        train?.ray?.address === undefined
          ? null
          : {
              address: this.withoutLogin("train.ray.address", train.ray.address),
              workingDir: this.withoutLogin("train.ray.working_dir", train.ray.working_dir) ?? null,
            },
      airflow:
        train?.airflow?.url === undefined || train.airflow.dag === undefined
          ? null
          : { url: this.withoutLogin("train.airflow.url", train.airflow.url), dag: train.airflow.dag },
      githubActions:
        train?.github_actions?.workflow === undefined
          ? null
          : { workflow: train.github_actions.workflow, ref: train.github_actions.ref ?? null },
    };
    this.demand(engine, spec);
    return { spec, faults: this.faults, notes: this.notes };
  }

  private guessEngine(pipeline: string | null): EngineId | null {
    if (pipeline !== null && /(?:^|\/)dvc\.yaml$/.test(pipeline)) {
      return "dvc";
    }
    return indexed(this.product.train?.command).length > 0 || this.project !== null ? "local" : null;
  }

  private command(pipeline: string | null): readonly string[] {
    const written = indexed(this.product.train?.command).map(([, word]) => String(word ?? ""));
    if (written.length > 0) {
      return this.withoutSecrets(written);
    }
    if (typeof this.project === "string") {
      this.fault(this.project, "Correct the file, or write the command in train.command.");
      return [];
    }
    if (this.project === null || pipeline === null) {
      return [];
    }
    const { name, fields } = this.project;
    const folder = folderOf(relativePath(folderOf(this.places.config), pipeline));
    const params = fields.flatMap((field) => ["-P", `${braces(field.name)}={${field.name}}`]);
    return ["mlflow", "run", folder === "" ? "." : braces(folder), "--env-manager", "local", "--entry-point", braces(name), ...params];
  }

  private withoutSecrets(command: readonly string[]): readonly string[] {
    const isLine = this.product.train?.shell === true;
    const found = isLine
      ? command.flatMap((line, index) => secretsOfLine(line).map((one) => ({ ...one, path: [index] })))
      : findSecrets(command);
    const [first] = found;
    if (first === undefined) {
      return command;
    }
    this.fault(
      `train.command holds ${first.what}, which everybody who sees the plan or the list of processes could read.`,
      "Let the program read it from a variable of the environment.",
    );
    const hidden = new Set(found.map(({ path }) => path[0]));
    return command.map((argument, index) => (hidden.has(index) ? "***" : argument));
  }

  private params(): Readonly<Record<string, ParamValue>> {
    const written = Object.entries(this.product.train?.params ?? {}).filter(
      (entry): entry is [string, ParamValue] => entry[1] !== undefined && entry[1] !== null,
    );
    const kept = written.filter(([name, value]) => {
      const [secret] = findSecrets({ [name]: value });
      if (secret !== undefined) {
        this.fault(
          `The parameter "${name}" in train.params looks like ${secret.what}: plans, logs and runs would show it.`,
          "Let the program read it from a variable of the environment.",
        );
      }
      return secret === undefined;
    });
    return Object.fromEntries(kept);
  }

  private place(field: string, path: string | undefined): string | null {
    const place = path === undefined ? null : resolvePath(folderOf(this.places.config), path);
    if (path !== undefined && place === null) {
      this.fault(`${field} leads out of the opened folder.`, "Name a file in the opened folder, relative to this file.");
    }
    return place;
  }

  private python(): string | null {
    const written = this.product.train?.python?.trim() ?? "";
    if (written === "") {
      return null;
    }
    const isName = !/[\\/]/.test(written);
    const isAbsolute = /^(?:[\\/]|[A-Za-z]:[\\/])/.test(written);
    return isName || isAbsolute ? written : `${this.places.folder}/${written.replace(/^\.\//, "")}`;
  }

  private resources(): TrainSpec["resources"] {
    const { cpus, gpus, memory, instance, timeout } = this.product.train?.resources ?? {};
    const duration = parseDuration(timeout ?? "");
    return {
      cpus: cpus ?? null,
      gpus: gpus ?? null,
      memory: memory ?? null,
      instance: instance ?? null,
      timeoutMs: duration === undefined ? null : Math.round(durationDays(duration) * DAY_MS),
    };
  }

  /** A plan is shown and kept, so that no login may be in it. */
  private withoutLogin<T extends string | undefined>(field: string, uri: T): T {
    const bare = uri === undefined ? undefined : withoutLogin(uri);
    if (bare !== uri) {
      this.notes.push({
        message: `The login in ${field} is left out: plans and logs hold no logins.`,
        remedy: "Give the login in the environment, or sign in in the editor.",
      });
    }
    return bare as T;
  }

  private demand(engine: EngineId | null, spec: TrainSpec): void {
    const { config } = this.places;
    if (engine === null) {
      this.fault(
        `${config} does not say how the model is trained.`,
        "Add the command, such as train: {command: [python, train.py]}, or the pipeline, such as pipeline: dvc.yaml.",
      );
      return;
    }
    switch (engine) {
      case "local":
      case "ray":
        if (spec.command.length === 0 && typeof this.project !== "string") {
          this.fault(`${config} names no command for the training.`, "Add it under train, such as command: [python, train.py].");
        }
        if (spec.shell && spec.command.length > 1) {
          this.fault(
            "With train.shell the command is one line, and train.command has several items.",
            "Write the line as one text, or take shell out.",
          );
        }
        if (engine === "ray" && spec.ray === null) {
          this.fault(
            `${config} does not say where the Ray cluster is.`,
            'Add it under train, such as ray: {address: "http://127.0.0.1:8265"}.',
          );
        }
        break;
      case "airflow":
        if (spec.airflow === null) {
          this.fault(
            `${config} does not say which DAG of which Airflow server trains the model.`,
            'Add it under train, such as airflow: {url: "http://127.0.0.1:8080", dag: churn_training}.',
          );
        }
        break;
      case "github_actions":
        if (spec.githubActions === null) {
          this.fault(
            `${config} does not name the workflow that trains the model.`,
            "Add it under train, such as github_actions: {workflow: train.yml}.",
          );
        }
        break;
      case "dvc":
        break; // What the pipeline's file says is for DVC to judge.
    }
  }

  private fault(message: string, remedy: string): void {
    this.faults.push({ message, remedy });
  }
}

/** Secrets in a line for a shell, whose words are told apart roughly: what comes from a variable or another program is none. */
function secretsOfLine(line: string): ReturnType<typeof findSecrets> {
  const words = (line.match(/"[^"]*"|'[^']*'|[^\s"']+(?:"[^"]*"|'[^']*')?/g) ?? []).map((word) =>
    word.replaceAll(/["']/g, "").replace(/(^|=)`/, "$1$"),
  );
  const settings = words.flatMap((word) => {
    const [, name, value] = /^([A-Za-z_]\w*)=(.+)$/.exec(word) ?? [];
    return name === undefined || value === undefined ? [] : [{ [name]: value }];
  });
  return [...findSecrets([line]), ...findSecrets(words), ...findSecrets(settings)];
}

/** A text in which braces are no placeholder. */
function braces(text: string): string {
  return text.replaceAll("{", "{{").replaceAll("}", "}}");
}
