import type { TemplateResult } from "lit";
import { html, unsafeStatic } from "lit/static-html.js";

import add from "@vscode/codicons/src/icons/add.svg";
import arrowDown from "@vscode/codicons/src/icons/arrow-down.svg";
import arrowUp from "@vscode/codicons/src/icons/arrow-up.svg";
import check from "@vscode/codicons/src/icons/check.svg";
import chevronDown from "@vscode/codicons/src/icons/chevron-down.svg";
import chevronRight from "@vscode/codicons/src/icons/chevron-right.svg";
import circleSlash from "@vscode/codicons/src/icons/circle-slash.svg";
import clock from "@vscode/codicons/src/icons/clockface.svg";
import close from "@vscode/codicons/src/icons/close.svg";
import collapseAll from "@vscode/codicons/src/icons/collapse-all.svg";
import copy from "@vscode/codicons/src/icons/copy.svg";
import diff from "@vscode/codicons/src/icons/diff.svg";
import discard from "@vscode/codicons/src/icons/discard.svg";
import ellipsis from "@vscode/codicons/src/icons/ellipsis.svg";
import edit from "@vscode/codicons/src/icons/edit.svg";
import error from "@vscode/codicons/src/icons/error.svg";
import exportIcon from "@vscode/codicons/src/icons/export.svg";
import file from "@vscode/codicons/src/icons/file.svg";
import filter from "@vscode/codicons/src/icons/filter.svg";
import folder from "@vscode/codicons/src/icons/folder.svg";
import gitCommit from "@vscode/codicons/src/icons/git-commit.svg";
import goToFile from "@vscode/codicons/src/icons/go-to-file.svg";
import graphLine from "@vscode/codicons/src/icons/graph-line.svg";
import gripper from "@vscode/codicons/src/icons/gripper.svg";
import groupByRefType from "@vscode/codicons/src/icons/group-by-ref-type.svg";
import history from "@vscode/codicons/src/icons/history.svg";
import info from "@vscode/codicons/src/icons/info.svg";
import linkExternal from "@vscode/codicons/src/icons/link-external.svg";
import listTree from "@vscode/codicons/src/icons/list-tree.svg";
import loading from "@vscode/codicons/src/icons/loading.svg";
import note from "@vscode/codicons/src/icons/note.svg";
import passFilled from "@vscode/codicons/src/icons/pass-filled.svg";
import pinned from "@vscode/codicons/src/icons/pinned.svg";
import question from "@vscode/codicons/src/icons/question.svg";
import refresh from "@vscode/codicons/src/icons/refresh.svg";
import rocket from "@vscode/codicons/src/icons/rocket.svg";
import save from "@vscode/codicons/src/icons/save.svg";
import search from "@vscode/codicons/src/icons/search.svg";
import settings from "@vscode/codicons/src/icons/settings.svg";
import starFull from "@vscode/codicons/src/icons/star-full.svg";
import sync from "@vscode/codicons/src/icons/sync.svg";
import table from "@vscode/codicons/src/icons/table.svg";
import warning from "@vscode/codicons/src/icons/warning.svg";

const ICONS = {
  add,
  "arrow-down": arrowDown,
  "arrow-up": arrowUp,
  check,
  "chevron-down": chevronDown,
  "chevron-right": chevronRight,
  "circle-slash": circleSlash,
  clock,
  close,
  "collapse-all": collapseAll,
  copy,
  diff,
  discard,
  edit,
  ellipsis,
  error,
  export: exportIcon,
  file,
  filter,
  folder,
  "git-commit": gitCommit,
  "go-to-file": goToFile,
  "graph-line": graphLine,
  gripper,
  group: groupByRefType,
  history,
  info,
  "link-external": linkExternal,
  "list-tree": listTree,
  loading,
  note,
  "pass-filled": passFilled,
  pinned,
  question,
  refresh,
  rocket,
  save,
  search,
  settings,
  "star-full": starFull,
  sync,
  table,
  warning,
} as const;

export type IconName = keyof typeof ICONS;

const templates = new Map<IconName, TemplateResult>();

/** A codicon as inline SVG in the colour of the text around it. It is decoration: the text beside it, or a label, says the same. */
export function icon(name: IconName): TemplateResult {
  let template = templates.get(name);
  if (template === undefined) {
    // The text is our own bundle's, never a store's. A static text is parsed once for all icons of a name, `unsafeHTML` once for each.
    template = html`<span class="icon ${unsafeStatic(`icon-${name}`)}" aria-hidden="true">${unsafeStatic(ICONS[name])}</span>`;
    templates.set(name, template);
  }
  return template;
}
