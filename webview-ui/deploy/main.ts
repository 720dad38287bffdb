import type { DeployHost, DeployPage } from "../../src/protocol/deploy";
import { connectHost, writeViewState } from "../shared/host";
import { useTranslations } from "../shared/l10n";
import { installPageStyles } from "../shared/theme";
import "./deployPage";
import type { DeployPageElement } from "./deployPage";

installPageStyles();
const page = document.createElement("mlops-deploy") as DeployPageElement;
const peer = connectHost<DeployPage, DeployHost>({
  view: (view) => {
    page.view = view;
  },
  target: ({ target }) => {
    // What the host needs to bring the page back: ids and choices.
    writeViewState(target);
    page.useTarget(target);
  },
});
// Planning asks servers, a deployment takes as long as it takes, and dialogs stay open for as long as a person thinks.
const unhurried = { timeoutMs: 0 };
page.host = {
  setForm: (params) => peer.call("setForm", params),
  replan: () => peer.call("replan", {}),
  cancelPlanning: () => peer.call("cancelPlanning", {}),
  start: (params) => peer.call("start", params, unhurried),
  cancel: () => peer.call("cancel", {}, unhurried),
  rollBack: () => peer.call("rollBack", {}, unhurried),
  again: () => peer.call("again", {}),
  openEvidence: (params) => peer.call("openEvidence", params, unhurried),
  openConfig: () => peer.call("openConfig", {}, unhurried),
  requestSignOff: () => peer.call("requestSignOff", {}, unhurried),
  openCompliance: () => peer.call("openCompliance", {}, unhurried),
  exportPlan: (params) => peer.call("exportPlan", params, unhurried),
};

const connected = await peer.call("connect", {}, unhurried);
useTranslations(connected.texts);
writeViewState(connected.target);
page.useTarget(connected.target);
page.view = page.view ?? connected.view;
document.body.append(page);
