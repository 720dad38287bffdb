import * as vscode from "vscode";

import { AppError } from "../../core/base/appError";
import { NEVER_CANCELLED } from "../../core/base/cancel";
import { oneLine } from "../../core/base/oneLine";
import type { ApprovalDecision, WaitingApproval } from "../../core/deployment/waitingApproval";
import type { KnownReview } from "../../core/health/withReviews";
import type { DeploymentFolder } from "./deploymentServices";

const LONGEST_COMMENT = 2000;

/** Shows the evidence, asks for a comment, and gives the person's decision. @returns false where the person gave up. */
export async function reviewApproval({ approval }: KnownReview, folder: DeploymentFolder, decision: ApprovalDecision): Promise<boolean> {
  const { title, environment, cannot } = approval;
  if (cannot !== null) {
    throw new AppError("usage", cannot, { remedy: vscode.l10n.t("Ask one of them to review it.") });
  }
  await showEvidence(approval, folder);
  const isApproval = decision === "approved";
  const name = oneLine(title, 100);
  const comment = await vscode.window.showInputBox({
    title: isApproval
      ? vscode.l10n.t("Approve {0} for {1}", name, environment.name)
      : vscode.l10n.t("Reject {0} for {1}", name, environment.name),
    prompt: vscode.l10n.t("Why, in your own words. It is kept with the run on GitHub."),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === ""
        ? vscode.l10n.t("A reason is needed.")
        : text.length > LONGEST_COMMENT
          ? vscode.l10n.t("At most {0} characters.", LONGEST_COMMENT)
          : null,
  });
  if (comment === undefined) {
    return false;
  }
  const yes = isApproval ? vscode.l10n.t("Approve") : vscode.l10n.t("Reject");
  const question = isApproval
    ? vscode.l10n.t("Approve the deployment of {0} to {1}?", name, environment.name)
    : vscode.l10n.t("Reject the deployment of {0} to {1}?", name, environment.name);
  const detail = [comment.trim(), isApproval ? vscode.l10n.t("The workflow goes on at once.") : vscode.l10n.t("The workflow ends.")].join(
    "\n\n",
  );
  if ((await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) !== yes) {
    return false;
  }
  await folder.approvals.decide(approval, decision, comment.trim(), NEVER_CANCELLED);
  void vscode.window.showInformationMessage(
    isApproval
      ? vscode.l10n.t("{0} was approved for {1}.", name, environment.name)
      : vscode.l10n.t("{0} was rejected for {1}.", name, environment.name),
  );
  return true;
}

/** What the gate says of the product that has a target of that name, beside the question. */
export async function showEvidence(approval: WaitingApproval, folder: DeploymentFolder): Promise<void> {
  const { environment, title, branch, commit, startedBy, reviewers, webUrl } = approval;
  const evidence = await folder.evidenceFor(environment.name, NEVER_CANCELLED);
  const lines = [
    `# ${plain(title)}`,
    "",
    `- ${vscode.l10n.t("Environment")}: ${plain(environment.name)}`,
    `- ${vscode.l10n.t("Branch and commit")}: ${plain(branch ?? "?")}, ${plain(commit?.slice(0, 10) ?? "?")}`,
    `- ${vscode.l10n.t("Started by")}: ${plain(startedBy ?? "?")}`,
    `- ${vscode.l10n.t("Reviewers")}: ${reviewers.map(plain).join(", ")}`,
    `- ${webUrl}`,
    "",
    ...(evidence.length === 0
      ? [vscode.l10n.t("No mlops.yaml in this folder has a target of this name, so that there is no evidence of the gate.")]
      : evidence.flatMap((page) => [...otherCommit(commit, page.commit), page.markdown])),
    "",
  ];
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content: lines.join("\n") });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active, preview: true });
}

/** A run is of a commit, and the gate judges the files that are here: where these differ, the evidence may be of something else. */
function otherCommit(wanted: string | null, judged: string | null): readonly string[] {
  if (wanted !== null && wanted === judged) {
    return [];
  }
  const warning =
    wanted === null || judged === null
      ? vscode.l10n.t("Whether the files here are those of the run is not known.")
      : vscode.l10n.t(
          "The run is of commit {0}, and the files here are of {1}: this may not be what would be deployed.",
          wanted.slice(0, 10),
          judged.slice(0, 10),
        );
  return [`> **${warning}** ${vscode.l10n.t("Check out the commit of the run to judge exactly that.")}`, ""];
}

/** Words of a repository, which must not become a link or a heading. */
function plain(text: string): string {
  return oneLine(text, 200).replace(/[\\`*_<>[\]#|]/g, (sign) => `\\${sign}`);
}
