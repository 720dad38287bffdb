import type { DriftHost, DriftPage } from "../../src/protocol/drift";
import { connectHost, readViewState, writeViewState } from "../shared/host";
import { useTranslations } from "../shared/l10n";
import { installPageStyles } from "../shared/theme";
import "./driftPage";
import type { DriftPageElement } from "./driftPage";
import { loadPanels } from "./loadPanels";
import { focusOf, kpiOf, readDriftState, withFocus } from "./pageState";
import { reuseParts } from "./reuseParts";

installPageStyles();
const page = document.createElement("mlops-drift") as DriftPageElement;
const kept = readViewState();
page.page = readDriftState(kept);
let target: unknown = null;
/** What the host needs to bring the comparison back, with what is arranged on the page itself. */
const keep = (): void => {
  if (typeof target === "object" && target !== null) {
    writeViewState({ ...target, page: page.page });
  }
};
const peer = connectHost<DriftPage, DriftHost>({
  view: (view) => {
    page.view = reuseParts(page.view, view);
  },
  progress: ({ revision, progress }) => {
    if (page.view?.revision === revision) {
      page.view = { ...page.view, progress };
    }
  },
  target: (params) => {
    if (focusOf(params.target) !== focusOf(target)) {
      page.page = withFocus(page.page, params.target);
      page.wantedKpi = kpiOf(params.target);
    }
    target = params.target;
    keep();
  },
});
// Reading large files takes as long as it takes, and dialogs stay open for as long as a person thinks.
const unhurried = { timeoutMs: 0 };
page.host = {
  setOptions: (params) => peer.call("setOptions", params, unhurried),
  column: (params) => peer.call("column", params, unhurried),
  tools: (params) => peer.call("tools", params, unhurried),
  segments: (params) => peer.call("segments", params, unhurried),
  exportReport: (params) => peer.call("exportReport", params, unhurried),
  savePicture: (params) => peer.call("savePicture", params, unhurried),
  copyText: (params) => peer.call("copyText", params),
  writeNote: (params) => peer.call("writeNote", params, unhurried),
  openFile: (params) => peer.call("openFile", params),
  openConfig: (params) => peer.call("openConfig", params),
  retrain: (params) => peer.call("retrain", params, unhurried),
  cancel: (params) => peer.call("cancel", params),
  reload: (params) => peer.call("reload", params, unhurried),
};

const connected = await peer.call("connect", {}, unhurried);
useTranslations(connected.texts);
target = connected.target;
if (kept === undefined) {
  page.wantedKpi = kpiOf(target);
  page.page = withFocus(page.page, target); // What came back over a reload is where somebody had gone from there.
}
page.view = page.view ?? connected.view;
keep();
page.addEventListener("page-kept", keep);
document.body.append(page);
// Charts are code of their own. It comes while nobody does anything, so that the first chart need not wait for it; whoever needs it hears what failed.
requestIdleCallback(() => void loadPanels().catch(() => undefined), { timeout: 2000 });
