import type { RunPageHost, RunPageView } from "../../src/protocol/runPage";
import { registerControls } from "../shared/controls";
import { connectHost, readViewState, writeViewState } from "../shared/host";
import { installPageStyles } from "../shared/theme";
import { RunPage } from "./runPage";

registerControls();
installPageStyles();

const page = new RunPage();
page.host = connectHost<RunPageView, RunPageHost>({ changed: (change) => page.changed(change) });
page.kept = readViewState() ?? {};
page.keep = writeViewState;
document.body.append(page);
