import type { RetrainHost, RetrainPage } from "../../src/protocol/retrain";
import { connectHost, writeViewState } from "../shared/host";
import { useTranslations } from "../shared/l10n";
import { installPageStyles } from "../shared/theme";
import "./retrainPage";
import type { RetrainPageElement } from "./retrainPage";

installPageStyles();
/** A form that was typed here comes back from the host, and must not overwrite what was typed since; another plan brings its own. */
const subjectOf = (target: unknown): string => {
  const { kind, id, reason } = (target ?? {}) as { readonly kind?: unknown; readonly id?: unknown; readonly reason?: unknown };
  return JSON.stringify([kind, id, reason]);
};
let subject = "";
const page = document.createElement("mlops-retrain") as RetrainPageElement;
const peer = connectHost<RetrainPage, RetrainHost>({
  view: (view) => {
    page.view = view;
  },
  target: ({ target }) => {
    // What the host needs to bring the page back: ids and choices.
    writeViewState(target);
    if (subjectOf(target) !== subject) {
      subject = subjectOf(target);
      page.useTarget(target);
    }
  },
  log: (log) => {
    page.log = log;
  },
});
// Planning reads large files, and dialogs stay open for as long as a person thinks.
const unhurried = { timeoutMs: 0 };
page.host = {
  setForm: (params) => peer.call("setForm", params),
  replan: () => peer.call("replan", {}),
  cancelPlanning: () => peer.call("cancelPlanning", {}),
  start: (params) => peer.call("start", params, unhurried),
  exportPlan: (params) => peer.call("exportPlan", params, unhurried),
  openRun: (params) => peer.call("openRun", params, unhurried),
  openConfig: () => peer.call("openConfig", {}, unhurried),
  setLogin: () => peer.call("setLogin", {}, unhurried),
  cancelJob: () => peer.call("cancelJob", {}, unhurried),
  openLog: () => peer.call("openLog", {}, unhurried),
  openPlan: () => peer.call("openPlan", {}, unhurried),
  again: () => peer.call("again", {}),
  compare: (params) => peer.call("compare", params, unhurried),
  openWeb: () => peer.call("openWeb", {}, unhurried),
};

const connected = await peer.call("connect", {}, unhurried);
useTranslations(connected.texts);
writeViewState(connected.target);
subject = subjectOf(connected.target);
page.useTarget(connected.target);
page.log = connected.log;
page.view = page.view ?? connected.view;
document.body.append(page);
