import type { CompareHost, ComparePage as CompareEvents } from "../../src/protocol/compare";
import { connectHost, readViewState, writeViewState } from "../shared/host";
import { useTranslations } from "../shared/l10n";
import { installPageStyles } from "../shared/theme";
import "./comparePage";
import type { ComparePage } from "./comparePage";
import { readPageState } from "./compareState";

installPageStyles();
const page = document.createElement("mlops-compare") as ComparePage;
page.page = readPageState(readViewState());
let target: unknown = null;
/** What the host needs to bring the comparison back, with what is arranged on the page itself. */
const keep = (): void => {
  if (typeof target === "object" && target !== null) {
    writeViewState({ ...target, page: page.page });
  }
};
const peer = connectHost<CompareEvents, CompareHost>({
  view: (view) => {
    page.view = view;
  },
  target: (params) => {
    target = params.target;
    keep();
  },
  curvesChanged: ({ runs }) => page.curvesChanged(runs),
});
// Dialogs stay open for as long as a person thinks.
const unhurried = { timeoutMs: 0 };
page.chartsHost = peer;
page.host = {
  connect: (params) => peer.call("connect", params),
  setOptions: (params) => peer.call("setOptions", params),
  addRuns: (params) => peer.call("addRuns", params),
  removeRun: (params) => peer.call("removeRun", params),
  removeMissing: (params) => peer.call("removeMissing", params),
  moveRun: (params) => peer.call("moveRun", params),
  openRun: (params) => peer.call("openRun", params),
  diffValues: (params) => peer.call("diffValues", params),
  diffCommits: (params) => peer.call("diffCommits", params),
  showCommit: (params) => peer.call("showCommit", params),
  artifacts: (params) => peer.call("artifacts", params),
  diffArtifacts: (params) => peer.call("diffArtifacts", params),
  openArtifact: (params) => peer.call("openArtifact", params),
  curves: (params) => peer.call("curves", params),
  importance: (params) => peer.call("importance", params),
  exportTable: (params) => peer.call("exportTable", params, unhurried),
  savePicture: (params) => peer.call("savePicture", params, unhurried),
  copyText: (params) => peer.call("copyText", params),
  reload: (params) => peer.call("reload", params),
};

const connected = await peer.call("connect", {});
useTranslations(connected.texts);
target = connected.target;
page.view = page.view ?? connected.view;
keep();
page.addEventListener("page-kept", keep);
document.body.append(page);
