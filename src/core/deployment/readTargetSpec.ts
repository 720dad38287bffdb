import { isAppError } from "../base/appError";
import { closestWord } from "../base/closestWord";
import { oneLine } from "../base/oneLine";
import { ownValue } from "../base/ownValue";
import { withoutLogin } from "../base/withoutLogin";
import { durationDays, parseDuration } from "../config/dates";
import type { Product } from "../config/product";
import { indexed } from "../lint/indexed";
import { findSecrets } from "../lint/secrets";
import { folderOf } from "../lint/workspace/workspacePath";
import type { StoreLocation } from "../tracking/storeLocation";
import { COMMAND_PLACE } from "../training/fillCommand";
import type { TargetSpec, TargetType } from "./targetSpec";

/** What is missing or wrong, and how to mend it; each one sentence. */
export interface TargetFault {
  readonly message: string;
  readonly remedy: string;
}

export interface TargetReading {
  /** As far as the file says it; null where it names no such target. */
  readonly spec: TargetSpec | null;
  /** With one of these nothing can be released there. */
  readonly faults: readonly TargetFault[];
  /** What a person should know. */
  readonly notes: readonly TargetFault[];
}

/** What a file alone does not tell. */
export interface TargetPlaces {
  /** The product's file, relative to the workspace. */
  readonly config: string;
  /** Of a path of the workspace. */
  readonly toAbsolute: (path: string) => string;
  /** The store that `tracking.uri` names, or the nearest one for null; null where there is none. @throws AppError `usage` for a kind that cannot be read. */
  readonly storeOf: (config: string, uri: string | null) => StoreLocation | null;
  /** Absolute path of the Python for a folder, by what the file names or by itself; null where none is found, or nothing may be run. */
  readonly python: (folder: string, configured: string | null) => Promise<string | null>;
}

type TargetField = NonNullable<NonNullable<NonNullable<Product["deploy"]>["targets"]>[string]>;

const DAY_MS = 86_400_000;
const DEFAULT_TIMEOUT_MS = 600_000;
/** What a command may ask for in braces. */
const PLACES: readonly string[] = ["version", "model", "target", "previous", "source"];
/** MLflow keeps these for itself. */
const RESERVED_ALIAS = /^(?:latest|v\d+)$/i;

/** One target of a product's file. @param name key below `deploy.targets`. */
export async function readTargetSpec(product: Product, name: string, places: TargetPlaces): Promise<TargetReading> {
  const targets = product.deploy?.targets ?? {};
  const found = ownValue(targets, name);
  const names = Object.keys(targets);
  if (found === undefined) {
    const near = closestWord(name, names);
    const message = `${places.config} names no target "${oneLine(name, 80)}" under deploy.targets.`;
    const remedy =
      names.length === 0
        ? "Add one, such as deploy: {targets: {production: {type: mlflow_alias, alias: champion}}}."
        : near === undefined
          ? `Choose one of ${names.slice(0, 10).join(", ")}.`
          : `Did you mean "${near}"?`;
    return { spec: null, faults: [{ message, remedy }], notes: [] };
  }
  if (found.type === undefined) {
    const message = `${places.config} does not say what kind of place deploy.targets.${name} is.`;
    return { spec: null, faults: [{ message, remedy: "Add type: mlflow_alias, mlflow_serve, ray_serve or command." }], notes: [] };
  }
  return new TargetReader(product, name, found, found.type, places).read();
}

class TargetReader {
  private readonly faults: TargetFault[] = [];
  private readonly notes: TargetFault[] = [];

  constructor(
    private readonly product: Product,
    private readonly name: string,
    private readonly field: TargetField,
    private readonly type: TargetType,
    private readonly places: TargetPlaces,
  ) {}

  async read(): Promise<TargetReading> {
    const { field, type, product, name } = this;
    const { config, toAbsolute } = this.places;
    const folder = toAbsolute(folderOf(config));
    const store = this.store();
    const needsPython = type === "mlflow_serve" || (type === "mlflow_alias" && store !== null && store.kind !== "rest");
    const spec: TargetSpec = {
      type,
      name,
      config,
      folder,
      model: product.model?.name ?? "",
      store,
      alias: type === "mlflow_alias" ? (field.alias ?? null) : null,
      stage: type === "mlflow_alias" ? (field.stage ?? null) : null,
      address: this.address(),
      application: field.application ?? null,
      importPath: field.import_path ?? null,
      routePrefix: field.route_prefix ?? null,
      runtimeEnv: this.runtimeEnv(),
      replicas: field.replicas ?? null,
      command: this.command("command", field.command),
      shell: type === "command" && field.shell === true,
      rollbackCommand: this.command("rollback_command", field.rollback_command),
      health: this.url("health", field.health),
      score: this.url("score", field.score),
      python: needsPython ? await this.places.python(folder, this.python()) : null,
      timeoutMs: this.timeout(),
    };
    this.demand(spec, needsPython);
    return { spec, faults: this.faults, notes: this.notes };
  }

  private store(): StoreLocation | null {
    const [tracking] = indexed(this.product.tracking).map(([, one]) => one);
    const uri = tracking?.uri === undefined ? null : this.withoutLogin("tracking.uri", tracking.uri);
    try {
      return this.places.storeOf(this.places.config, uri);
    } catch (error) {
      if (!isAppError(error)) {
        throw error;
      }
      this.fault(error.message, error.remedy ?? "Name a store that can be read.");
      return null;
    }
  }

  private address(): string | null {
    const written = this.url("address", this.field.address);
    if (written !== null && !isHttp(written)) {
      this.fault(`${this.at("address")} has to be an address that begins with http:// or https://.`, "Correct it.");
      return null;
    }
    return written?.replace(/\/+$/, "") ?? null;
  }

  /** A text that is shown and kept, so that it holds no login. */
  private url(key: "address" | "health" | "score", written: string | undefined): string | null {
    const text = written?.trim() ?? "";
    return text === "" ? null : this.withoutLogin(this.at(key), text);
  }

  private withoutLogin(field: string, uri: string): string {
    const bare = withoutLogin(uri);
    if (bare !== uri) {
      this.notes.push({
        message: `The login in ${field} is left out: plans and logs hold no logins.`,
        remedy: "Give the login in the environment, or sign in in the editor.",
      });
    }
    return bare;
  }

  private command(key: "command" | "rollback_command", written: TargetField["command"]): readonly string[] | null {
    const words = indexed(written).map(([, word]) => String(word ?? ""));
    if (this.type !== "command" || words.length === 0) {
      return null;
    }
    const [secret] = findSecrets(words);
    if (secret !== undefined) {
      this.fault(
        `${this.at(key)} holds ${secret.what}, which everybody who sees the plan or the list of processes could read.`,
        "Let the program read it from a variable of the environment.",
      );
      return words.map(() => "***");
    }
    const unknown = words.flatMap((word) =>
      [...word.matchAll(COMMAND_PLACE)].flatMap(([, place]) => (place === undefined || PLACES.includes(place) ? [] : [place])),
    );
    if (unknown[0] !== undefined) {
      this.fault(
        `${this.at(key)} asks for {${oneLine(unknown[0], 80)}}, which a release does not know.`,
        `It knows ${PLACES.map((place) => `{${place}}`).join(", ")}; write {{ and }} for braces.`,
      );
    }
    if (this.field.shell === true && words.length > 1) {
      this.fault(`With shell, ${this.at(key)} is one line, and it has several items.`, "Write the line as one text, or take shell out.");
    }
    return words;
  }

  private runtimeEnv(): Readonly<Record<string, unknown>> | null {
    const { runtime_env: written } = this.field;
    if (written === undefined || this.type !== "ray_serve") {
      return null;
    }
    const [secret] = findSecrets(written);
    if (secret !== undefined) {
      this.fault(
        `${this.at("runtime_env")} holds ${secret.what}, which plans and the cluster's pages would show.`,
        "Let the application read it where it runs.",
      );
      return null;
    }
    return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
  }

  private python(): string | null {
    const written = (this.field.python ?? this.product.train?.python)?.trim() ?? "";
    return written === "" ? null : written;
  }

  private timeout(): number {
    const duration = parseDuration(this.field.timeout ?? "");
    const written = duration === undefined ? 0 : Math.round(durationDays(duration) * DAY_MS);
    return written > 0 ? written : DEFAULT_TIMEOUT_MS;
  }

  private demand(spec: TargetSpec, needsPython: boolean): void {
    const { config } = this.places;
    const isOwn = spec.type === "command";
    if (spec.model === "") {
      this.fault(`${config} does not name the registered model.`, "Add it, such as model: {name: churn}.");
    }
    if (spec.store === null && !isOwn && this.faults.length === 0) {
      this.fault(
        `${config} names no registry, and its folder holds none.`,
        'Add it, such as tracking: {uri: "sqlite:///mlflow.db"} or the address of a server.',
      );
    }
    if (needsPython && spec.python === null) {
      this.fault(
        `No Python was found that could ${spec.type === "mlflow_serve" ? "serve the model" : "move the alias"}.`,
        "Name it in python, such as python: .venv/bin/python.",
      );
    }
    switch (spec.type) {
      case "mlflow_alias":
        this.demandAlias(spec);
        break;
      case "mlflow_serve":
        this.demandField("address", spec.address, '"http://127.0.0.1:5001"', "where the server listens");
        break;
      case "ray_serve":
        this.demandField("address", spec.address, '"http://127.0.0.1:8265"', "where the dashboard of the Ray cluster is");
        this.demandField("application", spec.application, "churn", "which application is released");
        break;
      case "command":
        this.demandField("command", spec.command, '[./release.sh, "{version}"]', "which command releases the model");
        this.demandUrl("health", spec);
        this.demandUrl("score", spec);
        break;
    }
  }

  private demandAlias({ alias, stage }: TargetSpec): void {
    if (alias === null && stage === null) {
      this.fault(`${this.places.config} does not say which alias is moved.`, `Add ${this.at("alias")}, such as champion.`);
    } else if (alias !== null && (!/^[\w-]{1,255}$/.test(alias) || RESERVED_ALIAS.test(alias))) {
      this.fault(
        `MLflow takes no alias "${oneLine(alias, 80)}".`,
        "Use letters, digits, - and _; latest and v with a number are MLflow's own.",
      );
    }
  }

  private demandField(key: string, value: unknown, example: string, what: string): void {
    if (value === null && !this.faults.some(({ message }) => message.startsWith(this.at(key)))) {
      this.fault(`${this.places.config} does not say ${what}.`, `Add ${this.at(key)}, such as ${example}.`);
    }
  }

  private demandUrl(key: "health" | "score", spec: TargetSpec): void {
    const text = spec[key];
    if (text !== null && !isHttp(text) && spec.address === null) {
      this.fault(`${this.at(key)} is a path, and there is no address that it is below.`, `Add ${this.at("address")}, or write it whole.`);
    }
  }

  private at(key: string): string {
    return `deploy.targets.${this.name}.${key}`;
  }

  private fault(message: string, remedy: string): void {
    this.faults.push({ message, remedy });
  }
}

/** An address of a server, without a login. */
const HTTP = /^https?:\/\/(?:\[[0-9a-f:.]+\]|[^\s/?#:@[\]]+)(?::\d{1,5})?(?:[/?#]\S*)?$/i;

function isHttp(text: string): boolean {
  return HTTP.test(text);
}
