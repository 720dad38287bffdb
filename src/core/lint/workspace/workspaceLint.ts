import { type CancelSignal, NEVER_CANCELLED, unlessCancelled } from "../../base/cancel";
import type { ConfigFile } from "../../config/configFile";
import { EMPTY_POLICY } from "../../config/policy";
import type { Product } from "../../config/product";
import { readPolicyFile } from "../../config/readConfig";
import type { RegulationCalendar } from "../../config/regulationCalendar";
import { ALL_RULES } from "../allRules";
import type { LintContext } from "../lintRule";
import type { ProductFile } from "../pipelineRule";
import type { LintStage } from "../ruleMeta";
import { configInvalid } from "../rules/config-invalid";
import { runLint } from "../runLint";
import { mayBePipeline } from "../sources/allSources";
import { unknownFacts } from "../unknownFacts";
import type { FileLint, LintOptions } from "./fileLint";
import { findPolicy } from "./findPolicy";
import { gatherFacts } from "./gatherFacts";
import { lintPipeline } from "./lintPipeline";
import type { LintPorts } from "./lintPorts";
import { configKindOf, type LintTarget } from "./lintTarget";
import { findPipelines, pipelineOf } from "./pipelineFiles";
import { readProduct, readProductAt } from "./readProduct";
import { readWithIncludes } from "./readWithIncludes";
import { folderOf } from "./workspacePath";

/** What lint says of a product's file, and all that its rules were told. */
export interface JudgedProduct {
  readonly lint: FileLint;
  readonly context: LintContext;
}

/**
 * Lints the files of one workspace folder. Editor, command line and CI all come through here, so that they say the same in the same order.
 * Files are kept by the ports, and read anew as soon as these forget them; which products there are is kept here, so that a new object
 * has to be made after a change.
 */
export class WorkspaceLint {
  private products: Promise<readonly ProductFile[]> | undefined;

  constructor(
    private readonly ports: LintPorts,
    private readonly calendar: RegulationCalendar,
  ) {}

  /** All files that lint judges, by path. */
  async targets(signal: CancelSignal): Promise<readonly LintTarget[]> {
    const paths = await this.ports.files.list(signal);
    const pipelines = new Set((await findPipelines(paths, this.ports.files, signal)).map(({ file }) => file.path));
    return paths.flatMap((path): readonly LintTarget[] => {
      const kind = configKindOf(path) ?? (pipelines.has(path) ? "pipeline" : null);
      return kind === null ? [] : [{ path, kind }];
    });
  }

  /** @returns null where the file is not there any more, or is none that lint judges. */
  async lint(path: string, options: LintOptions, signal: CancelSignal): Promise<FileLint | null> {
    const kind = configKindOf(path);
    if (kind === null && !mayBePipeline(path)) {
      return null;
    }
    signal.throwIfAborted();
    const text = await this.ports.files.readText(path, signal);
    if (text === null) {
      return null;
    }
    switch (kind) {
      case "product":
        return this.lintProduct(path, text, options, signal);
      case "policy":
        return this.lintPolicy(path, text, options, signal);
      case null: {
        const pipeline = pipelineOf(path, text);
        return pipeline === null
          ? null
          : {
              path,
              kind: "pipeline",
              text,
              ...(await lintPipeline(pipeline, await this.allProducts(signal), options, this.ports, signal)),
            };
      }
    }
  }

  /** Judges a product's file and hands over what the rules were told, for whoever says more of it than they do. @returns null where the file is not there any more. */
  async judge(path: string, options: LintOptions, signal: CancelSignal): Promise<JudgedProduct | null> {
    const text = await this.ports.files.readText(path, signal);
    return text === null ? null : this.judgeProduct(path, text, options, signal);
  }

  /** The product as it stands in its file, for what the editor shows of it. */
  read(path: string, text: string, signal: CancelSignal): Promise<ConfigFile<Product>> {
    return readProduct(path, text, this.ports.files, signal);
  }

  private allProducts(signal: CancelSignal): Promise<readonly ProductFile[]> {
    // Whoever asked first may give up while others still wait.
    this.products ??= this.readProducts(NEVER_CANCELLED).catch((error: unknown) => {
      this.products = undefined;
      throw error;
    });
    return unlessCancelled(this.products, signal);
  }

  private async readProducts(signal: CancelSignal): Promise<readonly ProductFile[]> {
    const paths = (await this.ports.files.list(signal)).filter((path) => configKindOf(path) === "product");
    const products: ProductFile[] = [];
    for (const path of paths) {
      const product = await readProductAt(path, this.ports.files, signal);
      products.push(...(product === null ? [] : [{ path, product }]));
    }
    return products;
  }

  private async lintProduct(path: string, text: string, options: LintOptions, signal: CancelSignal): Promise<FileLint> {
    return (await this.judgeProduct(path, text, options, signal)).lint;
  }

  private async judgeProduct(path: string, text: string, options: LintOptions, signal: CancelSignal): Promise<JudgedProduct> {
    const config = await this.read(path, text, signal);
    const policy = await findPolicy(folderOf(path), this.ports.files, signal);
    const facts = await gatherFacts({ product: config.value, path, policy, today: options.today }, this.ports, signal);
    const context = {
      config,
      product: config.value,
      stage: options.stage ?? stageOf(config.value),
      policy,
      today: options.today,
      calendar: this.calendar,
      facts,
    };
    return { lint: { path, kind: "product", text, ...runLint(context, ALL_RULES, options.settings) }, context };
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
export function stageOf({ stage }: Product): LintStage {
  return stage === undefined || stage === "retired" ? "development" : stage;
}
