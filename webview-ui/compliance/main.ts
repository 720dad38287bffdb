import type { ComplianceHost, CompliancePage } from "../../src/protocol/compliance";
import { connectHost, writeViewState } from "../shared/host";
import { useTranslations } from "../shared/l10n";
import { installPageStyles } from "../shared/theme";
import "./compliancePage";
import type { CompliancePageElement } from "./compliancePage";

installPageStyles();
const page = document.createElement("mlops-compliance") as CompliancePageElement;
const peer = connectHost<CompliancePage, ComplianceHost>({
  view: (view) => {
    page.view = view;
  },
});
// Git may have much to read, and dialogs stay open for as long as a person thinks.
const unhurried = { timeoutMs: 0 };
page.host = {
  refresh: () => peer.call("refresh", {}, unhurried),
  open: (params) => peer.call("open", params, unhurried),
  export: (params) => peer.call("export", params, unhurried),
  requestSignOff: (params) => peer.call("requestSignOff", params, unhurried),
};

const connected = await peer.call("connect", {}, unhurried);
useTranslations(connected.texts);
// What the host needs to bring the page back: names only.
writeViewState(connected.target);
page.view = page.view ?? connected.view;
document.body.append(page);
