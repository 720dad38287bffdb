import type { OverviewPlace, OverviewRow } from "../../src/protocol/overview";
import { t } from "../shared/l10n";
import type { MenuEntry } from "../shared/menu";
import { CHALLENGES } from "./lights";
import type { OverviewColumnId, OverviewPageState } from "./pageState";
import { rowText } from "./renderCell";

type Sort = OverviewPageState["sort"];

/** What can be done with a heading. */
export function headingMenu(by: OverviewColumnId, sort: Sort, choose: (sort: Sort) => void): readonly MenuEntry[] {
  const item = (label: string, descending: boolean): MenuEntry => ({
    ...{ kind: "radio", label, checked: sort.by === by && sort.descending === descending },
    run: () => choose({ by, descending }),
  });
  return [item(t("Sort"), false), item(t("Sort the Other Way"), true)];
}

export interface RowActions {
  readonly open: (row: OverviewRow) => void;
  readonly act: (row: OverviewRow, place: OverviewPlace) => void;
  readonly openFile: (row: OverviewRow) => void;
  readonly copy: (text: string) => void;
}

/** What can be done with a product, and what is next in each of its challenges. */
export function rowMenu(row: OverviewRow, actions: RowActions): readonly MenuEntry[] {
  const next = row.challenges.flatMap(({ challenge, action }): readonly MenuEntry[] =>
    action === null
      ? []
      : [
          {
            ...{ kind: "item", label: `${t(CHALLENGES[challenge])}: ${t(action)}` },
            run: () => actions.act(row, { kind: "challenge", challenge }),
          },
        ],
  );
  const file: readonly MenuEntry[] =
    row.config === null ? [] : [{ kind: "item", label: t("Open File"), icon: "go-to-file", run: () => actions.openFile(row) }];
  return [
    { kind: "item", label: t("Show Details"), run: () => actions.open(row) },
    ...file,
    ...(next.length === 0 ? [] : [{ kind: "separator" } as const, ...next]),
    { kind: "separator" },
    { kind: "item", label: t("Copy Row"), icon: "copy", run: () => actions.copy(rowText(row)) },
  ];
}
