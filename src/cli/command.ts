import type { Store, StoreOpener } from "../core/tracking/store";
import type { StoreId } from "../core/tracking/storeLocation";
import type { CliHost } from "./cliHost";
import type { Output } from "./output";

export interface OptionSpec {
  readonly name: string;
  /** How help names the value; absent for a switch. */
  readonly value?: string;
  readonly repeatable?: boolean;
  readonly required?: boolean;
  readonly help: string;
}

/** What a command takes besides its options. */
export interface ArgumentSpec {
  /** How help names it. */
  readonly value: string;
  readonly repeatable?: boolean;
  readonly required?: boolean;
  readonly help: string;
}

/** What the user gave, by option name. */
export interface OptionValues {
  /** Words that belong to no option, in the order given. */
  readonly args: readonly string[];
  has(name: string): boolean;
  /** The only or last value. */
  text(name: string): string | undefined;
  all(name: string): readonly string[];
}

export interface CommandContext {
  readonly options: OptionValues;
  readonly host: CliHost;
  /** Of this program. */
  readonly version: string;
  readonly output: Output;
  /** Opens the store that `--store` names, or the default one. It is disposed of when the command ends. */
  readonly openStore: () => Promise<Store>;
  /** Opens each store that `--store` names, or the default one, in this order. They are disposed of when the command ends. */
  readonly openStores: () => Promise<readonly OpenedStore[]>;
  /** Opens a store by its place alone: what the environment says of logins and workspaces does not count. */
  readonly stores: StoreOpener;
}

export interface OpenedStore {
  readonly store: Store;
  readonly id: StoreId;
  /** How people call it: the end of its path, or its address without a login. */
  readonly label: string;
}

/** One word behind `mlops`. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** Paragraphs for `--help`. */
  readonly description: string;
  readonly argument?: ArgumentSpec;
  readonly options: readonly OptionSpec[];
  readonly examples: readonly string[];
  run(context: CommandContext): Promise<number>;
}

export const STORE_OPTION: OptionSpec = {
  name: "store",
  value: "URI",
  help: "mlflow.db or sqlite:///…, an mlruns folder, or http(s)://host:port. Default: MLFLOW_TRACKING_URI, else what this folder holds.",
};

export const COMMON_OPTIONS: readonly OptionSpec[] = [
  { name: "json", help: "Write JSON to standard output." },
  { name: "quiet", help: "Write no messages to standard error except failures." },
  { name: "color", help: "Colour the output also where the output is no terminal." },
  { name: "help", help: "Show this help." },
];
