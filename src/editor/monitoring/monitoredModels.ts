import * as vscode from "vscode";

import type { ModelStates } from "./modelStates";

/** Where the trees learn how models are at work; monitoring is loaded apart from them and fills it in. */
export class MonitoredModels implements ModelStates, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  private states: ModelStates | undefined;

  hasAny: ModelStates["hasAny"] = () => this.states?.hasAny() === true;

  of: ModelStates["of"] = (model, location) => this.states?.of(model, location);

  update(states: ModelStates): void {
    this.states = states;
    this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}
