import type { OverviewHost, OverviewPage } from "../../src/protocol/overview";
import { connectHost, readViewState, writeViewState } from "../shared/host";
import { useTranslations } from "../shared/l10n";
import { installPageStyles } from "../shared/theme";
import "./overviewPage";
import type { OverviewPageElement } from "./overviewPage";
import { readOverviewState } from "./pageState";

installPageStyles();
const page = document.createElement("mlops-overview") as OverviewPageElement;
page.page = readOverviewState(readViewState());
const peer = connectHost<OverviewPage, OverviewHost>({
  view: (view) => {
    page.view = view;
  },
  work: (work) => {
    page.view = { page: page.view?.page ?? null, work };
  },
});
// Stores may be large, and dialogs stay open for as long as a person thinks.
const unhurried = { timeoutMs: 0 };
page.host = {
  refresh: () => peer.call("refresh", {}, unhurried),
  cancel: () => peer.call("cancel", {}),
  act: (params) => peer.call("act", params, unhurried),
  openFile: (params) => peer.call("openFile", params, unhurried),
  openRun: (params) => peer.call("openRun", params, unhurried),
  newModel: () => peer.call("newModel", {}, unhurried),
  openPolicy: () => peer.call("openPolicy", {}, unhurried),
  copyText: (params) => peer.call("copyText", params),
};

const connected = await peer.call("connect", {}, unhurried);
useTranslations(connected.texts);
const keep = (): void => writeViewState({ page: page.page });
page.view = page.view ?? connected.view;
keep();
page.addEventListener("page-kept", keep);
document.body.append(page);
