import type { CancelSignal } from "../../base/cancel";
import type { ConfigFile } from "../../config/configFile";
import { EMPTY_POLICY } from "../../config/policy";
import type { Product } from "../../config/product";
import { readConfig, readPolicyFile } from "../../config/readConfig";
import type { RegulationCalendar } from "../../config/regulationCalendar";
import { ALL_RULES } from "../allRules";
import type { LintStage } from "../ruleMeta";
import { configInvalid } from "../rules/config-invalid";
import { runLint } from "../runLint";
import { unknownFacts } from "../unknownFacts";
import type { FileLint, LintOptions } from "./fileLint";
import { findPolicy } from "./findPolicy";
import { gatherFacts } from "./gatherFacts";
import type { LintPorts } from "./lintPorts";
import { configKindOf, type LintTarget } from "./lintTarget";
import { readWithIncludes } from "./readWithIncludes";
import { folderOf } from "./workspacePath";

/**
 * Lints the files of one workspace folder. Editor, command line and CI all come through here, so that they say the same in the same order.
 * It keeps nothing: what is asked for again and again is kept by the ports.
 */
export class WorkspaceLint {
  constructor(
    private readonly ports: LintPorts,
    private readonly calendar: RegulationCalendar,
  ) {}

  /** All files that lint judges, by path. */
  async targets(signal: CancelSignal): Promise<readonly LintTarget[]> {
    const paths = await this.ports.files.list(signal);
    return paths.flatMap((path): readonly LintTarget[] => {
      const kind = configKindOf(path);
      return kind === null ? [] : [{ path, kind }];
    });
  }

  /** @returns null where the file is not there any more, or is none that lint judges. */
  async lint(path: string, options: LintOptions, signal: CancelSignal): Promise<FileLint | null> {
    const kind = configKindOf(path);
    if (kind === null) {
      return null;
    }
    signal.throwIfAborted();
    const text = await this.ports.files.readText(path, signal);
    if (text === null) {
      return null;
    }
    return kind === "policy" ? this.lintPolicy(path, text, options, signal) : this.lintProduct(path, text, options, signal);
  }

  /** The product as it stands in its file, for what the editor shows of it. */
  async read(path: string, text: string, signal: CancelSignal): Promise<ConfigFile<Product>> {
    return readWithIncludes(path, (include) => readConfig(text, include), this.ports.files, signal);
  }

  private async lintProduct(path: string, text: string, options: LintOptions, signal: CancelSignal): Promise<FileLint> {
    const config = await this.read(path, text, signal);
    const policy = await findPolicy(folderOf(path), this.ports.files, signal);
    const facts = await gatherFacts({ product: config.value, path, today: options.today, pipelines: [] }, this.ports, signal);
    const context = {
      config,
      product: config.value,
      stage: options.stage ?? stageOf(config.value),
      policy,
      today: options.today,
      calendar: this.calendar,
      facts,
    };
    return { path, kind: "product", text, ...runLint(context, ALL_RULES, options.settings) };
  }

  private async lintPolicy(path: string, text: string, { settings, today }: LintOptions, signal: CancelSignal): Promise<FileLint> {
    const config = await readWithIncludes(path, (include) => readPolicyFile(text, include), this.ports.files, signal);
    const context = {
      config: { ...config, value: {} },
      product: {},
      stage: "development" as const,
      policy: EMPTY_POLICY,
      today,
      calendar: this.calendar,
      facts: unknownFacts("a policy needs no facts"),
    };
    return { path, kind: "policy", text, ...runLint(context, [configInvalid], settings) };
  }
}

/** A model that has not said how far it has come is being made; a retired one is judged like that as well. */
function stageOf({ stage }: Product): LintStage {
  return stage === undefined || stage === "retired" ? "development" : stage;
}
