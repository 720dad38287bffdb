import type { RunsTableHost, RunsTableView } from "../../src/protocol/runsTable";
import { connectHost, writeViewState } from "../shared/host";
import { useTranslations } from "../shared/l10n";
import { installPageStyles } from "../shared/theme";
import "./runsTablePage";
import type { RunsTablePage } from "./runsTablePage";

installPageStyles();
const page = document.createElement("mlops-runs-table") as RunsTablePage;
const peer = connectHost<RunsTableView, RunsTableHost>({
  state: (state) => {
    page.state = state;
  },
  columns: (columns) => {
    page.columnList = columns;
  },
  linesChanged: ({ revision }) => page.linesChanged(revision),
});
page.host = {
  connect: (params) => peer.call("connect", params),
  rows: (params) => peer.call("rows", params),
  setLayout: (params) => peer.call("setLayout", params),
  setFilter: (params) => peer.call("setFilter", params),
  completeFilter: (params) => peer.call("completeFilter", params),
  toggle: (params) => peer.call("toggle", params),
  select: (params) => peer.call("select", params),
  open: (params) => peer.call("open", params),
  copy: (params) => peer.call("copy", params),
  // A save dialog stays open for as long as a person thinks.
  exportCsv: (params) => peer.call("exportCsv", params, { timeoutMs: 0 }),
  cancelLoading: (params) => peer.call("cancelLoading", params),
  reload: (params) => peer.call("reload", params),
};

const { title, target, texts, columns, state } = await peer.call("connect", {});
useTranslations(texts);
page.heading = title;
page.columnList = columns;
page.state = state;
writeViewState(target);
// The filter belongs to what the user looks at; it comes back with the ids.
page.addEventListener("filter-kept", (event) => writeViewState({ ...(target as object), filter: (event as CustomEvent<string>).detail }));
document.body.append(page);
