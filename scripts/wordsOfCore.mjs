/** What is next for a product; a subject or the title of a fix in it stays as it is. */
const ACTIONS = [
  ...["productWaits", "unownedModel", "withReviews"].map((name) => `src/core/health/${name}.ts#actionFor(2)`),
  ...["costLight", "effortLight", "knowledgeLight", "lightPart", "signOffLights"].map(
    (name) => `src/core/health/lights/${name}.ts#actionFor(2)`,
  ),
  "Show the place in the file",
];

/**
 * Words that the core and the sessions behind the pages write in English, and that a page translates when it draws them: the pages
 * see them as `string` only. For each such call of `t` (its file and its first argument) the places that hold the words.
 *
 * A place is a table of words ("file#TABLE"), one argument of all calls of a function ("file#fact(0)", from 0), the values of a property
 * ("file#.label"), what is assigned to one ("file#=step"), the members of a type ("file#type SignOffState") or one word itself.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const wordsOfCore = {
  "webview-ui/compliance/compliancePage.ts: label": ["src/core/governance/page/toCompliancePage.ts#fact(0)"],
  'webview-ui/compliance/signOffTable.ts: state.replaceAll("_", " ")': [
    "src/core/governance/signOffStanding.ts#type SignOffState",
    "later",
    "not enough",
    "open",
  ],
  "webview-ui/deploy/deployPage.ts: deployment.label": ["src/core/deployment/view/deployWords.ts#DEPLOY_STATE_LABELS"],
  "webview-ui/deploy/deployPage.ts: step": [
    "src/editor/deployment/deploySession.ts#say(0)",
    "src/editor/deployment/deploySession.ts#=step",
    "src/editor/deployment/deploySession.ts#JUDGING",
    "src/editor/deployment/deploySession.ts#LOOKING_AGAIN",
  ],
  "webview-ui/deploy/deploymentView.ts: label": ["src/core/deployment/view/deployWords.ts#DEPLOY_STATE_LABELS"],
  "webview-ui/deploy/deploymentView.ts: step.label": ["src/core/deployment/view/deployWords.ts#STEP_LABELS"],
  "webview-ui/deploy/planView.ts: group": ["src/core/deployment/view/toDeployPlanView.ts#GROUPS"],
  "webview-ui/drift/pageStates.ts: english": ["src/editor/drift/driftSession.ts#.text"],
  "webview-ui/drift/pageStates.ts: progress.text": ["src/editor/drift/driftSession.ts#.text"],
  "webview-ui/drift/columnsPane.ts: label": ["webview-ui/drift/driftStates.ts#TYPES"],
  "webview-ui/drift/detailTables.ts: label": ["webview-ui/drift/detailTables.ts#QUANTILES"],
  "webview-ui/drift/readingForm.ts: text": ["Comma", "Semicolon", "Tab", "Vertical bar"],
  "webview-ui/overview/detailPane.ts: action": ACTIONS,
  "webview-ui/overview/effortTab.ts: action": ACTIONS,
  "webview-ui/overview/overviewMenus.ts: action": ACTIONS,
  "webview-ui/overview/renderCell.ts: state.action": ACTIONS,
  "webview-ui/overview/renderCell.ts: stage": ["webview-ui/overview/lights.ts#STAGES"],
  "webview-ui/retrain/jobView.ts: comparison": ["better", "equal", "worse"],
  "webview-ui/retrain/jobView.ts: job.label": ["src/core/training/view/trainingWords.ts#STATE_LABELS"],
  "webview-ui/retrain/jobView.ts: label": [
    "src/core/training/view/trainingWords.ts#STATE_LABELS",
    "src/core/training/view/toJobPage.ts#KPI_LABELS",
    "no target",
  ],
  "webview-ui/retrain/planForm.ts: plan.reason.label": ["src/core/training/view/trainingWords.ts#REASON_LABELS"],
  "webview-ui/retrain/planView.ts: plan.action.label": ["Command", "Line for the shell", "Request"],
  "webview-ui/retrain/planView.ts: title": ["src/core/training/view/toPlanPage.ts#CHECK_TITLES"],
  "webview-ui/retrain/retrainPage.ts: job.label": ["src/core/training/view/trainingWords.ts#STATE_LABELS"],
  "webview-ui/retrain/retrainPage.ts: step": [
    "src/editor/training/retrainSession.ts#=step",
    "src/core/training/retrainPlanner.ts#onProgress(0)",
  ],
  "webview-ui/runs/columnLabels.ts: column.label": ["src/core/table/tableColumns.ts#ATTRIBUTE_LABELS"],
  "webview-ui/shared/planning/factList.ts: t": [
    "src/core/training/view/toJobPage.ts#fact(0)",
    "src/core/training/view/toPlanPage.ts#fact(0)",
    "src/core/deployment/view/toDeploymentView.ts#fact(0)",
    "src/core/deployment/view/toDeployPlanView.ts#fact(0)",
    "webview-ui/overview/detailPane.ts#.label",
  ],
};
