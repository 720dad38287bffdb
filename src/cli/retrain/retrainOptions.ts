import { AppError } from "../../core/base/appError";
import type { EngineId } from "../../core/training/trainSpec";
import { didYouMean } from "../closestWord";
import type { OptionValues } from "../command";
import { printable } from "../printable";

const ENGINES: readonly EngineId[] = ["local", "dvc", "ray", "airflow", "github_actions"];

export interface RetrainRequest {
  readonly product: string;
  readonly params: Readonly<Record<string, string>>;
  readonly engine: EngineId | null;
  readonly planOnly: boolean;
  readonly ifNeeded: boolean;
  readonly yes: boolean;
  readonly detach: boolean;
  readonly reason: string | null;
  readonly againBecause: string | null;
  readonly consents: readonly string[];
}

/** @throws AppError `usage` for a value that makes no sense, and for options that exclude each other. */
export function readRetrainRequest(options: OptionValues): RetrainRequest {
  const request = {
    product: options.args[0] ?? "",
    params: readParams(options.all("param")),
    engine: readEngine(options.text("engine")),
    planOnly: options.has("plan-only"),
    ifNeeded: options.has("if-needed"),
    yes: options.has("yes"),
    detach: options.has("detach"),
    reason: readWords(options, "reason"),
    againBecause: readWords(options, "again-because"),
    consents: options.all("consent"),
  };
  if (request.planOnly && (request.yes || request.detach)) {
    throw usage(`--plan-only and --${request.yes ? "yes" : "detach"} exclude each other.`, "--plan-only starts nothing.");
  }
  return request;
}

function readParams(written: readonly string[]): Readonly<Record<string, string>> {
  const params = new Map<string, string>();
  for (const text of written) {
    const at = text.indexOf("=");
    const name = text.slice(0, Math.max(0, at)).trim();
    if (name === "") {
      throw usage(`--param takes a name and a value, and "${printable(text.slice(0, 100))}" is none.`, "For example --param lr=0.05.");
    }
    if (params.has(name)) {
      throw usage(`The parameter "${printable(name.slice(0, 100))}" is given twice.`, "Give each parameter once.");
    }
    params.set(name, text.slice(at + 1));
  }
  return Object.fromEntries(params);
}

function readEngine(text: string | undefined): EngineId | null {
  const engine = ENGINES.find((one) => one === text);
  if (text !== undefined && engine === undefined) {
    throw usage(
      `There is no engine "${printable(text.slice(0, 100))}".${didYouMean(text, ENGINES)}`,
      `Choose one of ${ENGINES.join(", ")}.`,
    );
  }
  return engine ?? null;
}

function readWords(options: OptionValues, name: string): string | null {
  const text = options.text(name)?.trim() ?? null;
  if (text === "") {
    throw usage(`--${name} is empty.`, "Write a sentence, or leave it out.");
  }
  return text;
}

function usage(message: string, remedy: string): AppError {
  return new AppError("usage", message, { remedy });
}
