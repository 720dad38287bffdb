import type { NeededSignOff, SignOffStanding } from "../../core/governance/signOffStanding";
import type { BoardProduct } from "./signOffBoard";

export type SignOffGroup = "open" | "stale" | "expiring" | "given" | "past";

/** A line of the view of sign-offs. */
export type SignOffNode =
  | { readonly kind: "signOffGroup"; readonly group: SignOffGroup; readonly count: number }
  | SignOffItemNode
  | { readonly kind: "signOffProblem"; readonly text: string };

/** A decision that is needed, or a file that says one. */
export interface SignOffItemNode {
  readonly kind: "signOff";
  readonly group: SignOffGroup;
  /** Absolute folder of the workspace. */
  readonly root: string;
  /** The product's file in it. */
  readonly config: string;
  readonly product: string;
  /** Null for a file that nothing asks for. */
  readonly needed: NeededSignOff | null;
  readonly standing: SignOffStanding | null;
  /** Whether it waits for whoever works here. */
  readonly isMine: boolean;
}

/** What conditions of menus ask a line of the view for. */
export const SIGN_OFF_CONTEXT = {
  group: "mlops.signOffGroup",
  problem: "mlops.signOffProblem",
  item: "mlops.signOff",
  /** Behind it: a decision is needed, and nobody was asked for it yet. */
  askable: ".askable",
  /** Behind it: a draft waits for a person. */
  signable: ".signable",
} as const;

const GROUPS: readonly SignOffGroup[] = ["open", "stale", "expiring", "given", "past"];

export function isSignOffNode(value: unknown): value is SignOffItemNode {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "signOff" && "root" in value && "config" in value;
}

/** A draft is signed; for what is missing, or does not hold any more, somebody is asked. */
export function contextOf({ needed, standing }: SignOffItemNode): string {
  const isDraft = standing?.state === "draft" || standing?.state === "uncommitted";
  return [
    SIGN_OFF_CONTEXT.item,
    needed !== null && !isDraft ? SIGN_OFF_CONTEXT.askable : "",
    isDraft ? SIGN_OFF_CONTEXT.signable : "",
  ].join("");
}

/** What could not be looked up, then the groups that hold something. */
export function rootNodes(products: readonly BoardProduct[], problems: readonly string[]): SignOffNode[] {
  const items = products.flatMap(itemsOf);
  const told = [...new Set([...problems, ...products.flatMap(({ register }) => register.problems)])];
  return [
    ...told.map((text): SignOffNode => ({ kind: "signOffProblem", text })),
    ...GROUPS.map((group) => ({ kind: "signOffGroup" as const, group, count: items.filter((item) => item.group === group).length })).filter(
      ({ count }) => count > 0,
    ),
  ];
}

/** What waits for whoever works here comes first. */
export function groupNodes(products: readonly BoardProduct[], group: SignOffGroup): SignOffItemNode[] {
  return products
    .flatMap(itemsOf)
    .filter((item) => item.group === group)
    .sort((left, right) => Number(right.isMine) - Number(left.isMine));
}

function itemsOf({ root, register, mine }: BoardProduct): readonly SignOffItemNode[] {
  const { config, product, needed, all } = register;
  const base = { kind: "signOff", root, config, product } as const;
  const open = needed
    .filter(({ isDue, isMet }) => isDue && !isMet)
    .map((one): SignOffItemNode => {
      const isOver = one.standing?.state === "stale" || one.standing?.state === "expired";
      return { ...base, group: isOver ? "stale" : "open", needed: one, standing: one.standing, isMine: mine.has(one) };
    });
  const shown = new Set(open.map(({ standing }) => standing?.file));
  const files = all
    .filter(({ file }) => !shown.has(file))
    .map((standing): SignOffItemNode => {
      const serves = needed.find((one) => one.standing?.file === standing.file) ?? null;
      return { ...base, group: groupOf(standing), needed: serves, standing, isMine: false };
    });
  return [...open, ...files];
}

function groupOf({ state }: SignOffStanding): SignOffGroup {
  switch (state) {
    case "given":
    case "expiring":
      return state;
    case "draft":
    case "uncommitted":
    case "unknown":
      return "open";
    default:
      return "past";
  }
}
